"""Where complaints rise while the charts are calm: the measure may be wrong."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from andon.mechanisms.models import Measure, Mechanism
from andon.people.access import at_work, is_any
from andon.people.models import Person
from andon.signals.access import SEE_ALL
from andon.watch.models import Complaints
from andon.watch.rules import disagree
from andon.web.links import raise_url, voice_url
from andon.web.voice import curves
from andon.web.wall.tiles import Tile, tile

MOST = 12
NOTE = "Is the measure itself wrong?"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Complaints beside the calm charts; `ask` leads to the question, ready to be put, `voice` to what was said."""

    complaints: Complaints
    svg: str
    tiles: list[Tile]
    ask: str
    voice: str


def all_of(person: Person) -> list[Disagreement]:
    """Two queries. Everybody at work: no customer and no word of theirs is in it."""
    return _told(Complaints.objects.all()) if at_work(person) else []


def of_mechanism(mechanism: Mechanism, measures: Iterable[Measure]) -> list[Disagreement]:
    """One or none; needs `mechanism.complaints` and `measure.chart` at hand and asks the database nothing."""
    complaints = getattr(mechanism, "complaints", None)
    drawn = [measure for measure in measures if _latest(measure) is not None]
    if complaints is None or not disagree(complaints.rising, [measure.chart.out for measure in drawn]):
        return []
    for measure in drawn:
        measure.mechanism = mechanism
    return [_one(complaints, drawn)] if mechanism.retired_at is None else []


def to_look_at(person: Person) -> list[Disagreement]:
    """What concerns `person`: what they answer for; everything for those who read everything."""
    if is_any(person, *SEE_ALL):
        return all_of(person)
    answers = Q(mechanism__in=Mechanism.objects.owned_by(person).order_by().values("pk"))
    return _told(Complaints.objects.filter(answers)) if at_work(person) else []


def _told(complaints) -> list[Disagreement]:
    measures = Measure.objects.filter(retired_at=None, chart__latest__isnull=False)
    measures = measures.select_related("chart", "mechanism").defer("chart__points").order_by("name")
    charted = Prefetch("mechanism__measures", measures, to_attr="charted")
    rows = complaints.against_the_chart().select_related("mechanism").prefetch_related(charted)
    return [_one(row, row.mechanism.charted) for row in rows[:MOST]]


def _latest(measure: Measure) -> float | None:
    chart = getattr(measure, "chart", None)
    return chart.latest if chart else None


def _one(complaints: Complaints, measures: list[Measure]) -> Disagreement:
    mechanism, tiles = complaints.mechanism, [tile(one) for one in measures]
    svg = curves.small(complaints, _("%(name)s: customers who complain") % {"name": mechanism.name})
    voice = voice_url(mechanism.slug, complaints.since, complaints.computed_at)
    return Disagreement(complaints, svg, tiles, _ask(mechanism, measures), voice)


def _ask(mechanism: Mechanism, measures: list[Measure]) -> str:
    """About the measure where there is only one, so that those who wonder alike join one question."""
    if len(measures) == 1:
        return raise_url(measure=measures[0].pk, note=NOTE)
    return raise_url(mechanism=mechanism.slug, note=NOTE)
