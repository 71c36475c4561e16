"""The curve of a cluster or of complaints: small on a card, large with its axes, and as numbers."""

from django.core.cache import cache
from django.utils.translation import get_language

from andon import plots
from andon.people import drawing
from andon.plots.counts import counts, counts_table
from andon.watch.models import Cluster, Complaints
from andon.watch.pictures import control_counts, count_chart

KEPT_FOR = 7 * 86400  # seconds; a curve computed anew has another key, so nothing stale is shown
SHOWN = 52  # windows on a card: a year of weeks
WIDTH, HEIGHT = 360, 72


def small(counted: Cluster | Complaints, title: str = "") -> str:
    """SVG; "" without a curve."""
    if not counted.curve.get("at"):
        return ""
    return counts(count_chart(counted, title, SHOWN), WIDTH, HEIGHT)


def large(cluster: Cluster) -> str:
    """SVG with axes, drawn once for each computation; "" without a curve."""
    if not cluster.curve.get("at"):
        return ""
    kept = (cluster.pk, cluster.last_seen.timestamp(), len(cluster.curve["at"]), get_language())
    return cache.get_or_set(f"cluster:{':'.join(map(str, kept))}", lambda: _drawn(cluster), KEPT_FOR)


def _drawn(cluster: Cluster) -> str:
    return plots.to_svg(drawing.specification(plots.large(control_counts(cluster))))


def table(cluster: Cluster) -> tuple:
    """For `parts/chart_table.html`: header and rows, newest first."""
    return counts_table(count_chart(cluster))
