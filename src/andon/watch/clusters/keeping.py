"""Writing clusters: found again they are the same row, and none is ever deleted, as questions point at them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from andon.signals.models import Signal
from andon.watch.clusters.found import MEMBERS, Candidate
from andon.watch.clusters.rules import TOUCHING, Facts, follows, match
from andon.watch.models import Cluster, Membership

NUMBERS = [
    "slice", "terms", "starts", "ends", "observed", "expected", "ratio", "p", "customers", "contacts", "sentence",
    "artefacts", "curve", "kind", "mechanism", "last_seen", "over_at",
]  # fmt: skip


@transaction.atomic
def keep(found: Iterable[Candidate], now: datetime, *, going_on: bool) -> list[int]:
    """Adds what is new and brings up to date what was known; keys of both.

    `going_on`: what was found goes on now, so that what was not found is over; else it is past.
    """
    found = _chained(list(found))
    known = list(_near(found, going_on).select_for_update(of=("self",)))
    met = match([_facts(one) for one in known], [_facts(one.cluster) for one in found])
    kept = []
    for one, place in zip(found, met, strict=True):
        kept.append(_keep(one, None if place is None else known[place], now, going_on))
    if going_on:
        _end([one for one in known if one.over_at is None and one.pk not in kept])
    return kept


def _chained(found: list[Candidate]) -> list[Candidate]:
    """What was found in stretches, one after the other, as one: the numbers of its last, the dates of all."""
    whole: list[Candidate] = []
    for one in sorted(found, key=lambda candidate: candidate.cluster.starts):
        before = next((old for old in whole if follows(_facts(old.cluster), _facts(one.cluster))), None)
        if before is not None:
            one.cluster.starts = before.cluster.starts
            one.members.extend(key for key in before.members if key not in set(one.members))
            whole.remove(before)
        whole.append(one)
    return sorted(whole, key=lambda candidate: candidate.cluster.p)


def _near(found: list[Candidate], going_on: bool):
    """Known ones that could be met again, and those that go on."""
    first = min((one.cluster.starts for one in found), default=None)
    near = Cluster.objects.filter(ends__gte=first - TOUCHING) if first else Cluster.objects.none()
    return near | Cluster.objects.going_on() if going_on else near


def _facts(cluster: Cluster) -> Facts:
    return Facts(cluster.slice, cluster.terms, cluster.starts, cluster.ends)


def _keep(one: Candidate, known: Cluster | None, now: datetime, going_on: bool) -> int:
    cluster = one.cluster
    cluster.last_seen = now
    if known is None:
        cluster.first_seen = now
        cluster.over_at = None if going_on else cluster.ends
        cluster.save(force_insert=True)
    elif going_on or known.over_at is not None:
        _grow(cluster, known, going_on)
        cluster.save(update_fields=NUMBERS)
    else:  # it goes on, and is known better from now than from a look back
        return known.pk
    _enrol(cluster, one.members)
    return cluster.pk


def _grow(cluster: Cluster, known: Cluster, going_on: bool) -> None:
    """Its dates reach back to when it was first found, as far as they touch."""
    cluster.pk, cluster.first_seen = known.pk, known.first_seen
    cluster.starts, cluster.ends = min(known.starts, cluster.starts), max(known.ends, cluster.ends)
    cluster.over_at = None if going_on else cluster.ends
    cluster.mechanism_id = cluster.mechanism_id or known.mechanism_id


def _enrol(cluster: Cluster, members: list[int]) -> None:
    """Its signals as they rank now; those that it had before stay, behind."""
    before = Membership.objects.filter(cluster=cluster).order_by("rank").values_list("signal_id", flat=True)
    there = set(
        Signal.objects.filter(pk__in=members).values_list("pk", flat=True)
    )  # some may have gone meanwhile
    every = list(dict.fromkeys([*(key for key in members if key in there), *before]))[:MEMBERS]
    Membership.objects.filter(cluster=cluster).delete()
    rows = (Membership(cluster=cluster, signal_id=key, rank=rank) for rank, key in enumerate(every))
    Membership.objects.bulk_create(rows, batch_size=300)


def _end(gone: list[Cluster]) -> None:
    for cluster in gone:
        cluster.over_at = cluster.ends
    Cluster.objects.bulk_update(gone, ["over_at"])
