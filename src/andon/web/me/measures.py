"""How the measures of my standards run: first the mechanism, then what can be said of me."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from andon.attribution.models import Estimate, Separation
from andon.attribution.outcomes import asked_by
from andon.mechanisms.models import Measure
from andon.people import saying
from andon.people.models import Person
from andon.standards.models import StandardVersion
from andon.watch.models import Chart
from andon.web.me.cards import LINE_TITLES, TITLES
from andon.web.system.shares import bar
from andon.web.wall.tiles import Tile, tile

HEAVY = ("mechanisms", "teams", "funnels", "watched", "model", "notes", "rankings")


@dataclass(frozen=True, slots=True)
class Run:
    """One measure: its chart as a tile, how much is the system's, and what the numbers can say of the person."""

    tile: Tile
    system: str
    me: str
    interval: str


def of(person: Person, versions: Sequence[StandardVersion]) -> list[Run]:
    """One line for each measure that a standard names, its own or the customer outcome it serves. Three queries."""
    found = {one.pk: one for version in versions for one in _named(version)}
    if not found:
        return []
    charts = {one.measure_id: one for one in Chart.objects.filter(measure__in=found).defer("points")}
    for key, measure in found.items():
        measure.chart = charts.get(key)
    computed, mine = _computed(person, list(found.values())), _mine(person)
    return [_run(measure, computed, mine) for measure in found.values()]


def _named(version: StandardVersion) -> list[Measure]:
    standard = version.standard
    return [one for one in (standard.measure, standard.outcome_measure) if one and not one.retired_at]


def _computed(person: Person, measures: list[Measure]) -> dict[tuple, Separation]:
    asked = {one.outcome for one in map(asked_by, measures) if one}
    seen = Separation.objects.visible_to(person).filter(outcome__in=asked, problem="").defer(*HEAVY)
    return {(one.outcome, one.kind, one.good): one for one in seen}


def _mine(person: Person) -> dict[int, Estimate]:
    return {one.separation_id: one for one in Estimate.objects.visible_to(person)}


def _run(measure: Measure, computed: dict[tuple, Separation], mine: dict[int, Estimate]) -> Run:
    asked = asked_by(measure)
    separation = computed.get(tuple(asked)) if asked else None
    estimate = mine.get(separation.pk) if separation else None
    return Run(
        tile(measure), _system(separation), _said(separation, estimate), _interval(separation, estimate)
    )


def _system(separation: Separation | None) -> str:
    """How much of the differences in this outcome lies with people, chance set apart."""
    drawn = bar(separation.shares) if separation else None
    if drawn is None or not separation.verdicts:
        return ""
    return _("%(share)s of the differences that can be told from chance are the system’s.") % {
        "share": saying.value(drawn.system, "share")
    }


def _said(separation: Separation | None, estimate: Estimate | None) -> str:
    if separation is None:
        return _("Nothing has been computed that could tell your part from the work’s.")
    if estimate is None:
        return _("No cases here name you, so nothing is said of you.")
    return str((LINE_TITLES if separation.standard_basis else TITLES)[estimate.verdict])


def _interval(separation: Separation | None, estimate: Estimate | None) -> str:
    """What one would reach on the usual mix of work, never without its interval."""
    if separation is None or estimate is None or None in (estimate.adjusted, estimate.low, estimate.high):
        return ""
    if estimate.verdict == Estimate.Verdict.INSEPARABLE:
        return ""
    unit = "" if separation.unit == "score" else separation.unit
    value, low, high = (saying.value(x, unit) for x in (estimate.adjusted, estimate.low, estimate.high))
    return _("On the usual mix of work you would reach %(value)s; anything from %(low)s to %(high)s fits as well.") % {
        "value": value, "low": low, "high": high,
    }  # fmt: skip
