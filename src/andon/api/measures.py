"""Measures with their charts."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from andon.api.paging import Paging, Word, page
from andon.mechanisms.models import Measure
from andon.watch.queries import WallFilters, wall

router = Router(tags=["watch"])


class MeasureLine(Schema):
    """A measure and where it stands."""

    mechanism: str
    measure: str
    name: str
    kind: str
    unit: str
    good: str
    every: str
    spec_lower: float | None
    spec_upper: float | None
    target: float | None
    latest: float | None = None
    out: bool = False
    since: datetime | None = None
    customers: int = 0
    sentence: str = ""

    @staticmethod
    def resolve_mechanism(measure) -> str:
        return measure.mechanism.slug

    @staticmethod
    def resolve_measure(measure) -> str:
        return measure.slug

    @staticmethod
    def resolve_latest(measure) -> float | None:
        return _chart(measure, "latest", None)

    @staticmethod
    def resolve_out(measure) -> bool:
        return _chart(measure, "out", False)

    @staticmethod
    def resolve_since(measure) -> datetime | None:
        return _chart(measure, "since", None)

    @staticmethod
    def resolve_customers(measure) -> int:
        return _chart(measure, "customers", 0)

    @staticmethod
    def resolve_sentence(measure) -> str:
        return _chart(measure, "sentence", "")


class MeasurePage(Schema):
    items: list[MeasureLine]
    next: str


class MeasureOut(MeasureLine):
    """A measure with its points, as columns of one length."""

    computed_at: datetime | None = None
    chart_kind: str = ""
    why: str = ""
    warnings: list[str] = []
    points: dict[str, Any] = {}

    @staticmethod
    def resolve_computed_at(measure) -> datetime | None:
        return _chart(measure, "computed_at", None)

    @staticmethod
    def resolve_chart_kind(measure) -> str:
        return _chart(measure, "chart_kind", "")

    @staticmethod
    def resolve_why(measure) -> str:
        return _chart(measure, "why", "")

    @staticmethod
    def resolve_warnings(measure) -> list[str]:
        return _chart(measure, "warnings", [])

    @staticmethod
    def resolve_points(measure) -> dict[str, Any]:
        return _chart(measure, "points", {})


class Narrow(Paging):
    """Which measures. `after` is how many to pass over, as they are in order of what needs a look first."""

    team: Word = ""
    every: Word = ""
    kind: Word = ""
    q: Word = ""
    out: bool = False


def _chart(measure: Measure, name: str, otherwise: Any) -> Any:
    chart = getattr(measure, "chart", None)
    return otherwise if chart is None else getattr(chart, name)


@router.get("", response=MeasurePage)
def measures(request: HttpRequest, narrow: Query[Narrow]):
    """Every measure in use, exceptions first, as on the wall."""
    filters = WallFilters(narrow.team, narrow.every, narrow.kind, narrow.out, narrow.q)
    start = int(narrow.after) if narrow.after.isdecimal() and len(narrow.after) < 10 else 0
    rows = list(wall(request.user, filters).measures[start : start + narrow.limit + 1])
    return page(rows, narrow, lambda _: start + narrow.limit)


@router.get("/{slug:mechanism}/{slug:measure}", response=MeasureOut)
def measure(request: HttpRequest, mechanism: str, measure: str):
    """One measure with the points of its chart."""
    visible = Measure.objects.visible_to(request.user).select_related("mechanism", "chart")
    return get_object_or_404(visible, mechanism__slug=mechanism, slug=measure)
