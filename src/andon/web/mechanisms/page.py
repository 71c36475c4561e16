"""All that the page of one mechanism shows, gathered in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet

from andon.escalations.models import Escalation
from andon.mechanisms.models import Measure, Mechanism, Phase
from andon.people.models import Team
from andon.watch.models import Chart
from andon.web.links import raise_url, voice_url
from andon.web.mechanisms import pictures, points
from andon.web.mechanisms.points import Point

TABLE = 120  # rows shown at once; the file holds every one
HEAVY = ("chart__points",)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table behind the chart, with its two ways on."""

    point: Point
    voice: str
    ask: str


def mechanisms() -> QuerySet[Mechanism]:
    """With owner, consumers and complaints; retired ones stay readable, for their history."""
    consumers = Prefetch("consumers", Team.objects.order_by("name"))
    rows = Mechanism.objects.select_related("owner_team", "owner", "complaints")
    return rows.prefetch_related(consumers)


def measures(mechanism: Mechanism) -> list[Measure]:
    """In use, out of spec first; without the points, which are many."""
    worst = [F("chart__out").desc(nulls_last=True), F("chart__customers").desc(nulls_last=True), "name"]
    return list(
        Measure.objects.filter(mechanism=mechanism, retired_at=None)
        .select_related("chart")
        .defer(*HEAVY)
        .order_by(*worst)
    )


def chart_of(measure: Measure) -> Chart | None:
    """With its points, and whether a phase was recorded since it was drawn (`redrawn`)."""
    newer = Phase.objects.filter(measure=OuterRef("measure"), at__gt=OuterRef("computed_at"))
    found = Chart.objects.filter(measure=measure).annotate(redrawn=Exists(newer)).first()
    if found:
        found.measure = measure
    return found


def shown(measure: Measure, asked: list[Escalation]) -> dict[str, Any]:
    """The chart of a measure, its picture and its table, newest point first."""
    chart = chart_of(measure)
    if not chart or not chart.points.get("at"):
        return {"chart": chart, "points": [], "rows": [], "picture": None}
    found = points.points(chart)
    rows = [row(measure, point) for point in found[: -TABLE - 1 : -1]]
    return {"chart": chart, "points": found, "rows": rows, "picture": pictures.picture(chart, asked)}


def row(measure: Measure, point: Point) -> Row:
    return Row(
        point,
        voice=voice_url(measure.mechanism.slug, point.at, point.until),
        ask=raise_url(measure=measure.pk, at=point.at.isoformat()),
    )
