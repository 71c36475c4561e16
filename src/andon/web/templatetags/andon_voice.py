"""How clusters read on a page."""

from datetime import datetime, timedelta

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from andon.people import saying
from andon.watch.models import Cluster

register = template.Library()

NEVER = 0.05  # expected signals below which a ratio says nothing


@register.filter
def times(cluster: Cluster) -> str:
    """“4.2 times the usual”; what was never there before is new."""
    if cluster.ratio is None or cluster.expected < NEVER:
        return pgettext("cluster", "new")
    return _("%(times)s times the usual") % {"times": saying.number(round(cluster.ratio, 1))}


@register.filter
def chance(p: float) -> str:
    """“1 in 2,000”, as few people read p-values."""
    if p <= 1e-6:
        return _("less than 1 in a million")
    if p > 0.1:
        return _("%(n)d in 100") % {"n": round(100 * p)}
    return _("1 in %(n)s") % {"n": saying.number(round(1 / p))}


@register.filter
def last_day(cluster: Cluster) -> datetime:
    """The last day in it, as people say it: a week up to Monday ends on Sunday."""
    return max(cluster.starts, cluster.ends - timedelta(microseconds=1))
