"""Complaints of each mechanism, counted anew."""

from datetime import datetime

import numpy as np
from django.db import transaction

from andon.mechanisms.models import Mechanism
from andon.watch import anecdote
from andon.watch.anecdote import Rise, Weeks
from andon.watch.clusters.heard import Heard, moment
from andon.watch.models import Complaints
from andon.watch.pictures import column


def refresh(said: Heard, now: datetime) -> int:
    """How many mechanisms have complaints that rise."""
    names = dict(Mechanism.objects.in_use().values_list("pk", "name"))
    counted = said.complaint & np.isin(said.mechanisms, list(names))
    rows = _rows(said, counted, names, now) if counted.any() else []
    with transaction.atomic():
        Complaints.objects.all().delete()
        Complaints.objects.bulk_create(rows)
    return sum(row.rising for row in rows)


def _rows(said: Heard, counted: np.ndarray, names: dict[int, str], now: datetime) -> list[Complaints]:
    mechanisms = said.mechanisms[counted]
    keys = [int(key) for key in np.unique(mechanisms)]
    customers = said.records.customers.codes[counted].astype(np.int64)
    weeks = anecdote.by_week(said.records.at[counted], mechanisms, customers, keys)
    found = zip(keys, weeks.about, anecdote.rises(weeks), strict=True)
    return [_row(key, names[key], about, rise, weeks, now) for key, about, rise in found if rise]


def _row(key: int, name: str, about: np.ndarray, rise: Rise, weeks: Weeks, now: datetime) -> Complaints:
    rising = rise.first is not None
    inside = np.zeros(len(about), int)
    if rising:
        inside[rise.first :] = 1
    return Complaints(
        mechanism_id=key,
        computed_at=now,
        curve={
            "at": [str(at) for at in weeks.at],
            "count": column(about),
            "expected": column(rise.expected),
            "upper": column(rise.upper),
            "inside": inside.tolist(),
            "every": "week",
        },
        rising=rising,
        since=moment(weeks.at[rise.first]) if rising else None,
        customers=round(rise.customers(about)),
        expected=rise.usual(),
        sentence=anecdote.sentence(name, rise, weeks, about),
    )
