"""Is it the system? What was separated of each outcome, and of oneself."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from andon.api.paging import Paging, page
from andon.attribution.models import Estimate, Separation

router = Router(tags=["attribution"])
mine = Router(tags=["attribution"])
HEAVY = ("mechanisms", "teams", "small_teams", "funnels", "watched", "model", "rankings", "counts", "notes")


class SeparationLine(Schema):
    """An outcome and how much of it comes from where. `problem` says why nothing could be separated."""

    id: int
    outcome: str
    kind: str
    good: str
    unit: str
    computed_at: datetime
    starts: datetime | None
    ends: datetime | None
    n: int
    workers: int
    sentence: str
    problem: str
    shares: list[dict[str, Any]]
    standard: float | None
    standard_basis: str
    usual: float | None
    verdicts: bool
    warnings: list[str]


class SeparationPage(Schema):
    items: list[SeparationLine]
    next: str


class SeparationOut(SeparationLine):
    """All that was computed; of people there are counts only."""

    unknown: int
    mechanisms: list[dict[str, Any]]
    teams: list[dict[str, Any]]
    small_teams: dict[str, Any]
    funnels: dict[str, Any]
    watched: dict[str, Any]
    counts: dict[str, int]
    rankings: list[dict[str, Any]]
    model: dict[str, Any]
    notes: list[str]


class EstimateOut(Schema):
    """What the numbers can say of whoever asks, with its 95 % interval, on the scale of the outcome."""

    separation: int
    outcome: str
    unit: str
    good: str
    computed_at: datetime
    n: int
    mechanisms: int
    raw: float | None
    adjusted: float | None
    low: float | None
    high: float | None
    p_below: float | None
    reliability: float | None
    standard: float | None
    standard_basis: str
    usual: float | None
    verdict: str
    why: str

    @staticmethod
    def of(estimate: Estimate) -> "EstimateOut":
        told = {name: getattr(estimate, name) for name in OF_ESTIMATE}
        told |= {name: getattr(estimate.separation, name) for name in OF_SEPARATION}
        return EstimateOut(separation=estimate.separation_id, **told)


OF_SEPARATION = ("outcome", "unit", "good", "computed_at", "standard", "standard_basis", "usual")
OF_ESTIMATE = tuple(name for name in EstimateOut.model_fields if name not in (*OF_SEPARATION, "separation"))


@router.get("", response=SeparationPage)
def separations(request: HttpRequest, paging: Query[Paging]):
    """Every outcome that was separated, by name. `after` is how many to pass over."""
    start = int(paging.after) if paging.after.isdecimal() and len(paging.after) < 10 else 0
    visible = Separation.objects.visible_to(request.user).defer(*HEAVY)
    rows = list(visible[start : start + paging.limit + 1])
    return page(rows, paging, lambda _: start + paging.limit)


@router.get("/{int:pk}", response=SeparationOut)
def separation(request: HttpRequest, pk: int):
    """One outcome with its mechanisms, teams and the model."""
    return get_object_or_404(Separation.objects.visible_to(request.user), pk=pk)


@mine.get("/estimates", response=list[EstimateOut])
def estimates(request: HttpRequest):
    """What was computed of whoever asks; of nobody else, whatever their role."""
    return [
        EstimateOut.of(one) for one in Estimate.objects.visible_to(request.user).select_related("separation")
    ]
