"""Clusters: signals alike in words, attributes and time, as far as whoever asks may know of them."""

from datetime import datetime
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from andon.api.paging import Paging, after_key, page
from andon.signals.models import Signal
from andon.watch.models import Cluster

router = Router(tags=["clusters"])
LARGEST = 2**63  # beyond what a database can look for
EXAMPLES = 5


class ClusterLine(Schema):
    """What stands out and by how much; `ratio` is null where none was expected, `over_at` while it goes on."""

    id: int
    title: str
    slice: dict[str, str]
    terms: list[str]
    starts: datetime
    ends: datetime
    observed: int
    expected: float
    ratio: float | None
    p: float
    customers: int
    contacts: int
    sentence: str
    artefacts: list[str]
    mechanism: str | None = None
    first_seen: datetime
    last_seen: datetime
    over_at: datetime | None

    @staticmethod
    def resolve_mechanism(cluster) -> str | None:
        return cluster.mechanism and cluster.mechanism.slug


class ClusterPage(Schema):
    items: list[ClusterLine]
    next: str


class ClusterOut(ClusterLine):
    """With its curve, and keys of those of its signals that whoever asks may read; `GET /signals?cluster=` has all."""

    curve: dict[str, Any]
    signals: list[str] = []

    @staticmethod
    def resolve_signals(cluster, context) -> list[str]:
        seen = Signal.objects.visible_to(context["request"].user).filter(memberships__cluster=cluster)
        return list(seen.order_by("memberships__rank").values_list("key", flat=True)[:EXAMPLES])


class Which(Paging):
    """Those that go on, those that are over, or all."""

    state: Literal["now", "over", "all"] = "now"


@router.get("", response=ClusterPage)
def clusters(request: HttpRequest, which: Query[Which]):
    """Clusters, those found last first."""
    which.after = str(_small(int(which.after))) if which.after.isascii() and which.after.isdecimal() else ""
    found = Cluster.objects.visible_to(request.user).select_related("mechanism").defer("curve")
    states = {"now": found.going_on, "over": found.over, "all": found.all}
    return page(after_key(states[which.state](), "id", which, int), which, lambda one: one.pk)


@router.get("/{int:number}", response=ClusterOut)
def cluster(request: HttpRequest, number: int):
    """One cluster."""
    seen = Cluster.objects.visible_to(request.user).select_related("mechanism")
    return get_object_or_404(seen, pk=_small(number))


def _small(number: int) -> int:
    if number >= LARGEST:
        raise Http404
    return number
