"""The curve of a cluster: small on its card, large on its page, and as numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from andon import plots
from andon.plots import words
from andon.watch.models import Cluster, Complaints
from andon.watch.pictures import counts_chart

KEPT_FOR = 7 * 86400  # seconds; a curve computed anew has another key, so nothing stale is shown


@dataclass(frozen=True, slots=True)
class Row:
    when: str
    count: float
    expected: float | None
    inside: bool


def small(counted: Cluster | Complaints, title: str = "") -> str:
    """SVG; "" without a curve."""
    return plots.tile(counts_chart(counted, title)) if counted.curve.get("at") else ""


def large(cluster: Cluster) -> str:
    """SVG with axes, drawn once for each computation; "" without a curve."""
    if not cluster.curve.get("at"):
        return ""
    key = f"cluster:{cluster.pk}:{cluster.last_seen.timestamp()}:{len(cluster.curve['at'])}"
    return cache.get_or_set(key, lambda: plots.to_svg(plots.large(counts_chart(cluster))), KEPT_FOR)


def rows(cluster: Cluster) -> list[Row]:
    """Newest first."""
    return list(_rows(cluster.curve))[::-1]


def _rows(curve: dict) -> Iterator[Row]:
    columns = (curve.get(name, []) for name in ("at", "count", "expected", "inside"))
    for at, count, expected, inside in zip(*columns, strict=True):
        yield Row(_when(at, curve), count, expected, bool(inside))


def _when(at: str, curve: dict) -> str:
    return words.period(datetime.fromisoformat(at), curve.get("every", "week"))
