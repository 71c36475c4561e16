"""Stored clusters for the pages to show, as if computed from signals."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from andon.mechanisms.models import Mechanism
from andon.signals.models import Signal
from andon.watch.models import Cluster, Complaints, Membership

WEEKS = 20


def curve(at: datetime, last: float = 14, weeks: int = WEEKS) -> dict:
    """Two a week, and then many."""
    starts = [at - timedelta(weeks=weeks - i) for i in range(weeks)]
    return {
        "at": [start.replace(tzinfo=None).isoformat() for start in starts],
        "count": [2.0] * (weeks - 1) + [last],
        "expected": [2.0] * weeks,
        "upper": [6.0] * weeks,
        "inside": [0] * (weeks - 1) + [1],
        "every": "week",
    }


def clustered(
    signals: Iterable[Signal], at: datetime, mechanism: Mechanism | None = None, **fields
) -> Cluster:
    """A cluster of the week before `at`; the first signal is the best example."""
    signals = list(signals)
    given = {
        "slice": {"product": "Kettle"},
        "terms": ["descaling light"],
        "starts": at - timedelta(days=7),
        "ends": at,
        "observed": 14,
        "expected": 2.0,
        "ratio": 7.0,
        "p": 0.0004,
        "customers": 12,
        "sentence": "12 customers wrote about “descaling light” of the Kettle, where two were to be expected.",
        "curve": curve(at),
        "contacts": len(signals),
        "first_seen": at,
        "last_seen": at,
    }
    cluster = Cluster.objects.create(mechanism=mechanism, **given | fields)
    Membership.objects.bulk_create(
        Membership(cluster=cluster, signal=signal, rank=rank) for rank, signal in enumerate(signals)
    )
    return cluster


def complained(mechanism: Mechanism, at: datetime, rising: bool = True) -> Complaints:
    """Complaints about a mechanism, week by week."""
    return Complaints.objects.create(
        mechanism=mechanism,
        computed_at=at,
        curve=curve(at),
        rising=rising,
        since=at - timedelta(days=7) if rising else None,
        customers=14,
        expected=2.0,
        sentence="14 customers complained in the last week, where two were to be expected.",
    )
