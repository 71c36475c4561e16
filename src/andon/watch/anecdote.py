"""Anecdote against metric: whether complaints about a mechanism rise. Pure.

A share of all complaints, and not their number alone, so that a busy December or a new survey makes no mechanism
look worse; and by customers, so that one who writes often counts once a week.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from andon.analysis import Reviewed, ReviewSpec, review
from andon.lake import Cells
from andon.lake.cells import Factor
from andon.plots import words
from andon.watch.definition import spell

Floats = NDArray[np.float64]
Times = NDArray[np.datetime64]
FEWEST_WEEKS = 12
CALM = 1.2  # times the usual below which a rise, however certain, changes little
RECENT = 4  # weeks: a rise that was over longer ago is history


@dataclass(frozen=True, slots=True, eq=False)
class Weeks:
    """Customers who complained: `about` (M, W) each mechanism, `all` (W,) anything; `at` (W,) is each Monday."""

    at: Times
    about: Floats
    all: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Rise:
    """One mechanism: `expected` and `upper` (W,) in customers; `first` is the week since which more complain."""

    expected: Floats
    upper: Floats
    first: int | None

    def customers(self, about: Floats) -> float:
        """Weekly customers since then, added up."""
        return float(about[self.first :].sum()) if self.first is not None else 0.0

    def usual(self) -> float:
        return float(np.nansum(self.expected[self.first :])) if self.first is not None else 0.0


def rises(weeks: Weeks) -> list[Rise | None]:
    """One for each mechanism, with false alarms controlled over all of them; None where too little is known."""
    mechanisms, known = weeks.about.shape
    if known < FEWEST_WEEKS or not mechanisms:
        return [None] * mechanisms
    spec = ReviewSpec(kind="proportion" if mechanisms > 2 else "count", measure="complaints", good="low")
    found = {int(one.name): one for one in review(_cells(weeks, mechanisms), spec).series}
    return [_rise(found.get(i), weeks, i, spec.kind == "proportion") for i in range(mechanisms)]


def _cells(weeks: Weeks, mechanisms: int) -> Cells:
    count = len(weeks.at)
    total = weeks.about.ravel()
    n = np.tile(weeks.all, mechanisms)
    names = [f"{i:06d}" for i in range(mechanisms)]
    nothing = np.full(len(n), np.nan)
    return Cells(
        by={"mechanism": Factor(np.repeat(np.arange(mechanisms, dtype=np.int32), count), names)},
        at=np.tile(weeks.at, mechanisms),
        n=n,
        total=total,
        squares=total,
        customers=nothing,
        every="week",
        lows=np.zeros(len(n)),
        highs=np.ones(len(n)),
        rows=n,
        since=weeks.at[0],
        until=weeks.at[-1] + np.timedelta64(7 * 86400 - 1, "s"),
        has_outcome=True,
    )


def _rise(found: Reviewed | None, weeks: Weeks, i: int, shares: bool) -> Rise | None:
    if found is None or len(found.chart) != len(weeks.at):
        return None
    each = weeks.all if shares else np.ones(len(weeks.at))
    chart = found.chart
    going_on = (
        spell(chart.worse & np.isfinite(chart.value), RECENT) if found.out and not found.better else None
    )
    rise = Rise(chart.centre * each, chart.upper * each, going_on.first if going_on else None)
    return rise if _matters(rise, weeks.about[i]) else Rise(rise.expected, rise.upper, None)


def _matters(rise: Rise, about: Floats) -> bool:
    """More customers than usual, and not only a larger share of fewer."""
    if not rise.first:
        return False
    before = about[: rise.first].mean()
    return rise.customers(about) > CALM * rise.usual() and about[rise.first :].mean() > before


def sentence(name: str, rise: Rise, weeks: Weeks, about: Floats) -> str:
    """Since the week of ..., 214 customers complained about Home delivery, where about 120 were to be expected."""
    if rise.first is None:
        return f"Complaints about {name} are as usual."
    since = words.period(weeks.at[rise.first], "week")
    many, usual = words.number(rise.customers(about)), words.number(round(rise.usual(), 1))
    return (
        f"Since the {since}, {many} customers complained about {name}, counting each once a week, "
        f"where about {usual} were to be expected."
    )


def by_week(
    at: Times, mechanism: NDArray[np.int64], customer: NDArray[np.int64], keys: Sequence[int]
) -> Weeks:
    """Weeks from complaints (N,): each known customer counts once a week, each unknown one every time."""
    week = (at.astype("datetime64[D]").astype(np.int64) + 3) // 7
    first, last = int(week.min()), int(week.max())
    starts = ((np.arange(first, last + 1) * 7 - 3) * 86400).astype("datetime64[s]")
    who = np.where(customer >= 0, customer, -1 - np.arange(len(customer)))
    rows = [_distinct(week[here], who[here], first, last) for here in _parts(mechanism, keys)]
    about = np.stack(rows) if rows else np.zeros((0, len(starts)))
    return Weeks(starts, about, _distinct(week, who, first, last))


def _parts(mechanism: NDArray[np.int64], keys: Sequence[int]) -> Iterator[NDArray[np.bool_]]:
    for key in keys:
        yield mechanism == key


def _distinct(week: NDArray[np.int64], who: NDArray[np.int64], first: int, last: int) -> Floats:
    pairs = np.unique(np.stack([week, who], axis=1), axis=0)[:, 0] if len(week) else week
    return np.bincount(pairs - first, minlength=last - first + 1).astype(np.float64)
