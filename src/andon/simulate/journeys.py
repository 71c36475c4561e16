"""Customers over time: whoever had to come back does come back, and one customer comes back 86 times."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .causes import CALLER_CONTACTS
from .frame import Rows
from .outcomes import Outcomes
from .setting import Setting

Index = NDArray[np.int64]
BACK_WITHIN_HOURS = 30.0
CALLERS_PRODUCT = 3
DESKS_OF_CALLER = (
    "phone-line",
    "live-chat",
    "mail-desk",
    "callback",
    "complaint-desk",
    "returns-and-refunds",
)


def link_repeats(rng: np.random.Generator, rows: Rows, outcomes: Outcomes, setting: Setting) -> None:
    """Give the contact after a repeat to the same customer and product. Changes `rows`."""
    contacts = np.flatnonzero(setting.served[rows.mechanism])
    again = np.flatnonzero(outcomes["repeat_contact"] == 1)
    delay = (rng.exponential(BACK_WITHIN_HOURS * 3600, len(again)) + 600).astype("timedelta64[s]")
    place = _all_different(np.searchsorted(rows.at[contacts], rows.at[again] + delay))
    inside = place < len(contacts)
    _hand_down(rows, again[inside], contacts[place[inside]])


def _all_different(places: Index) -> Index:
    """The same places, each moved on just far enough that no two are equal."""
    order = np.argsort(places, kind="stable")
    steps = np.arange(len(places))
    moved = np.empty_like(places)
    moved[order] = np.maximum.accumulate(places[order] - steps) + steps if len(places) else places
    return moved


def _hand_down(rows: Rows, earlier: Index, later: Index) -> None:
    """`later` rows take over the customer and product of `earlier` ones, through whole chains."""
    root = np.arange(len(rows))
    root[later] = earlier
    while True:
        further = root[root]
        if np.array_equal(further, root):
            break
        root = further
    rows.customer, rows.product = rows.customer[root], rows.product[root]


def add_caller(rng: np.random.Generator, rows: Rows, setting: Setting) -> Index:
    """Rows of the one customer with many contacts: 86, or one in eight of those there are. Changes `rows`."""
    cause = setting.planted("one-caller")
    if cause is None:
        return np.empty(0, dtype=np.int64)
    desks = [place for place, m in enumerate(setting.mechanisms) if m.base in DESKS_OF_CALLER]
    fits = (rows.at >= cause.start) & (rows.at < cause.end) & np.isin(rows.mechanism, desks)
    candidates = np.flatnonzero(fits)
    count = min(CALLER_CONTACTS, len(candidates) // 8)
    chosen = np.sort(rng.choice(candidates, count, replace=False))
    rows.customer[chosen] = len(rows.region_of) - 1
    rows.product[chosen] = CALLERS_PRODUCT
    return chosen
