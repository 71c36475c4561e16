"""The page of one step: what it costs customers, over time, and the ways to it and from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Subquery

from andon.culture.journeys.models import JourneyReport, JourneySlice
from andon.culture.journeys.slicing import ALL, FROM
from andon.mechanisms.models import Measure, Mechanism
from andon.people import saying
from andon.web.journeys.naming import Names
from andon.web.journeys.page import label
from andon.web.journeys.rows import SavingRow, StepRow, passages, savings, steps
from andon.web.wall.tiles import tile


@dataclass(frozen=True, slots=True)
class Stretch:
    """A step in a stretch of time."""

    label: str
    step: StepRow | None
    saving: SavingRow | None


def shown(report: JourneyReport, mechanism: Mechanism, names: Names, person) -> dict[str, Any] | None:
    """None where journeys do not pass there, or of too few. Two queries."""
    kept = dict(report.slices.filter(Q(key=ALL) | Q(key__startswith=FROM)).values_list("key", "content"))
    whole = _stretch(kept[ALL], mechanism.slug, label(ALL, report, names), names)
    if whole.step is None:
        return None
    times = sorted(key for key in kept if key.startswith(FROM))
    ways = kept[ALL]["passages"]
    return {
        "mechanism": mechanism, "report": report, "span": whole.label, "step": whole.step, "saving": whole.saving,
        "stretches": [_stretch(kept[key], mechanism.slug, label(key, report, names), names) for key in times],
        "from": passages(_with(ways, "end", mechanism.slug), names),
        "to": passages(_with(ways, "start", mechanism.slug), names),
        "tiles": [tile(one) for one in _measures(mechanism, person)], "gap": saying.counted(round(report.gap), "day"),
    }  # fmt: skip


def passed(mechanism: Mechanism, person) -> bool:
    """Whether the ways of customers, as last computed, lead through it. One query."""
    last = JourneyReport.objects.visible_to(person).filter(problem="").values("pk")[:1]
    kept = JourneySlice.objects.filter(report=Subquery(last), key=ALL).values_list(
        "content__steps", flat=True
    )
    return any(one["name"] == mechanism.slug for one in kept.first() or ())


def _stretch(kept: Mapping[str, Any], slug: str, said: str, names: Names) -> Stretch:
    found = steps([one for one in kept["steps"] if one["name"] == slug], names)
    return Stretch(said, next(iter(found), None), next(iter(savings(found)), None))


def _with(ways: Iterable[Mapping[str, Any]], end: str, slug: str) -> list[Mapping[str, Any]]:
    return [one for one in ways if one[end] == slug]


def _measures(mechanism: Mechanism, person) -> QuerySet[Measure]:
    """Those in use that have a chart, the ones that are out first."""
    seen = Measure.objects.visible_to(person).in_use().filter(mechanism=mechanism, chart__isnull=False)
    return seen.select_related("chart", "mechanism").defer("chart__points").order_by("-chart__out", "name")
