"""Coming back: how many contacts are followed by another soon, and how many the same customers make anyway.

A customer who was just served is compared with the same customer a little later: contacts within `gap` days after a
contact against contacts within the `gap` days after those. Who comes often, comes often in both; what is more in the
first is what the contact brought about (a self-controlled comparison of two risk windows; Whitaker et al. 2006,
Tutorial in biostatistics: the self-controlled case series method). Of those who would have come anyway, nobody can see
whether the contact brought them as well, so the difference is taken of the others (Abbott 1925, A method of computing
the effectiveness of an insecticide). Bursts that outlast the first window count against it: it is rather too small.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from andon.analysis.journeys.spec import Amount, Saving
from andon.lake.contacts import Contacts

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
DAY = 86_400
OUTSIDE = 0.05
"""How often any of the intervals of all steps together may miss (Bonferroni): the largest of many is looked at."""
MANY, STRAGGLERS, LONG_TAIL = 500, 0.02, 0.1
"""Where the first and the last of 50 contacts take up more than a tenth of the time, they are stragglers."""
FEWEST = 20
"""Customers whose two windows lie within the data, below which nothing is said of what would be saved."""
ALWAYS = 0.8
"""Share of contacts after which the customer comes anyway, above which nothing can be told apart from it."""


@dataclass(frozen=True, slots=True, eq=False)
class Returns:
    """For each contact (N,): whether another follows within the gap, and whether one does in the gap after; how many
    seconds after the beginning of each window (0 where none). watched: both windows lie within the data.
    """

    soon: Bools
    later: Bools
    after: Floats
    after_later: Floats
    watched: Bools

    def take(self, rows: Ints) -> Returns:
        return Returns(
            self.soon[rows], self.later[rows], self.after[rows], self.after_later[rows], self.watched[rows]
        )


def returns(contacts: Contacts, gap: float) -> Returns:
    """Looks both windows of every contact up. Contacts are ordered by customer and time."""
    n, length = len(contacts), round(gap * DAY)
    if not n:
        none, no = np.empty(0), np.empty(0, np.bool_)
        return Returns(no, no, none, none, no)
    at = contacts.at.astype("datetime64[s]").astype(np.int64)
    at = at - int(at.min())
    last, until = (
        int(at.max()),
        int((bulk(contacts)[1] - contacts.at.min()).astype("timedelta64[s]").astype(int)),
    )
    key = contacts.customer * (last + 4 * length + 1) + at
    after = _until(key, np.arange(1, n + 1)) - 0.0
    after_later = _until(key, np.searchsorted(key, key + length, "right")) - float(length)
    soon, later = after <= length, after_later <= length
    return Returns(
        soon, later, np.where(soon, after, 0.0), np.where(later, after_later, 0.0), at + 2 * length <= until
    )


def _until(key: Ints, place: Ints) -> Floats:
    """Seconds to the contact at `place`; beyond all windows where that is another customer's, or none."""
    inside = place < len(key)
    found = np.full(len(key), np.inf)
    found[inside] = (key[place[inside]] - key[inside]).astype(np.float64)
    return found


def savings(contacts: Contacts, found: Returns, steps: int, months: float) -> Sequence[Saving | None]:
    """What a fix at each step would save customers a month; None where too few were watched long enough."""
    code, rows = contacts.step.codes, np.flatnonzero(found.watched)
    every = np.bincount(code, minlength=steps)
    here = [rows[code[rows] == step] for step in range(steps)]
    enough = [_enough(contacts.customer[one]) and months > 0 for one in here]
    z = NormalDist().inv_cdf(1 - OUTSIDE / 2 / max(sum(enough), 1))
    return [
        _saving(found.take(one), contacts.customer[one], float(every[step]) / len(one) / months, z)
        if known
        else None
        for step, (one, known) in enumerate(zip(here, enough, strict=True))
    ]


def _enough(who: Ints) -> bool:
    return bool(len(who)) and int((np.diff(who) != 0).sum()) + 1 >= FEWEST


def _saving(found: Returns, who: Ints, scale: float, z: float) -> Saving | None:
    """Of the contacts of one step that could be watched; `scale` makes of each how many they stand for a month."""
    anyway = float(found.later.mean())
    if anyway > ALWAYS:
        return None
    others = scale / (1 - anyway)
    saved = _total(found.soon.astype(np.float64) - found.later, who, others, z)
    rest = 1 - max(
        saved.value / (scale * len(who)), 0.0
    )  # who comes back because of it does not come anyway as well
    days = _total((found.after - rest * found.after_later) / DAY, who, scale, z)
    return Saving(len(who) * scale, float(found.soon.sum()) * scale, anyway * len(who) * scale, saved, days)


def bulk(contacts: Contacts) -> tuple[np.datetime64, np.datetime64]:
    """From when to when nearly all contacts are: a few stragglers make no year of a month."""
    if len(contacts) < MANY:
        return contacts.at.min(), contacts.at.max()
    beyond = int(len(contacts) * STRAGGLERS)
    order = (0, beyond, len(contacts) - 1 - beyond, len(contacts) - 1)
    at = np.partition(contacts.at, order)[list(order)]
    ends = at[1], at[2]
    inside, all_ = (
        float((end - start).astype("timedelta64[s]").astype(int)) for start, end in (ends, (at[0], at[-1]))
    )
    return ends if inside < all_ * (1 - LONG_TAIL) else (at[0], at[-1])


def months_of(contacts: Contacts) -> float:
    """How long they span."""
    if not len(contacts):
        return 0.0
    start, end = bulk(contacts)
    return max(float((end - start).astype("timedelta64[s]").astype(np.int64)) / DAY, 1.0) / 30.44


def _total(values: Floats, who: Ints, scale: float, z: float) -> Amount:
    """The sum with its interval; all contacts of a customer vary together. `who` is in order."""
    starts = np.flatnonzero(np.append(True, np.diff(who) != 0))
    sums = np.add.reduceat(values, starts)
    total = float(sums.sum())
    spread = z * float(np.sqrt(max(float((sums**2).sum()) - total**2 / len(sums), 0.0)))
    return Amount(total * scale, (total - spread) * scale, (total + spread) * scale)
