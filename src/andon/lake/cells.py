"""Cells: counts and sums by series and period, and the calendar that numbers the periods."""

from dataclasses import dataclass, field
from typing import Literal

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

Every = Literal["second", "hour", "day", "week", "month", "quarter", "year"]
Times = NDArray[np.datetime64]
Floats = NDArray[np.float64]
EARLIEST, LATEST = np.datetime64("1901-01-01", "s"), np.datetime64("2100-01-01", "s")


@dataclass(frozen=True, slots=True)
class Factor:
    """A grouping: `codes` (N,) point into `levels`."""

    codes: NDArray[np.int32]
    levels: list[str]


@dataclass(frozen=True, slots=True)
class CellSpec:
    """Which cells to make. Columns by name; `where` pairs of one column are alternatives, columns combine."""

    at: str
    every: Every
    by: tuple[str, ...] = ("mechanism",)
    outcome: str | None = None
    of: str | None = None
    customer: str | None = None
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the rows: read = used + refused + filtered (by `where`); `missing` of the used have no
    outcome.
    """

    read: int = 0
    used: int = 0
    refused: int = 0
    filtered: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Counts and sums by series and period, ordered by the codes of `by` and then `at`; every array has
    shape (N,).

    `at` is the start of each period, datetime64[s], UTC. `n` counts rows with an outcome (or sums the
    denominators, if any were given), `total` and `squares` are Σy and Σy² (the number of rows again, where
    there
    is no outcome). `customers` counts distinct customers, NaN without such a column. `lows` and `highs` are
    the
    least and greatest outcome. `since` and `until` are the first and last moment seen.
    """

    by: dict[str, Factor]
    at: Times
    n: Floats
    total: Floats
    squares: Floats
    customers: Floats
    every: Every
    lows: Floats
    highs: Floats
    rows: Floats
    since: np.datetime64
    until: np.datetime64
    has_outcome: bool = False
    has_of: bool = False
    over: int = 0  # rows whose numerator is above the denominator
    broken: int = 0  # rows whose numerator or denominator is not a whole number
    unbegun: float = 0.0  # share of rows that a period usually has before the moment `since` within it
    unfinished: float = 0.0  # share of rows that a period usually has after the moment `until` within it
    tally: Tally = field(default_factory=Tally)

    def __len__(self) -> int:
        return len(self.at)


def _days(at: nw.Expr) -> nw.Expr:
    """Days since 1970; right from 1901 to 2099."""
    year = at.dt.year()
    return (year - 1970) * 365 + (year - 1969) // 4 + at.dt.ordinal_day() - 1


# One whole number a period: plain arithmetic on the calendar, alike in every engine (and quicker than
# truncating).
def period(at: nw.Expr, every: Every) -> nw.Expr:
    """Number of the period a moment falls in: counted from 1970 (hours, days, weeks, seconds) or the year
    0.
    """
    year = at.dt.year()
    if every == "year":
        return year
    if every in ("month", "quarter"):
        month = year * 12 + at.dt.month() - 1
        return month if every == "month" else month // 3
    days = _days(at)
    if every == "week":
        return (days + 3) // 7  # 1 January 1970 was a Thursday; weeks begin on Monday
    if every == "day":
        return days
    hours = days * 24 + at.dt.hour()
    return hours if every == "hour" else hours * 3600 + at.dt.minute() * 60 + at.dt.second()


def within(at: nw.Expr, every: Every) -> nw.Expr:
    """How far into its period a moment lies: minutes of an hour, hours of a day, week or month, days
    beyond.
    """
    if every in ("quarter", "year"):
        month = (at.dt.month() - 1) % 3 if every == "quarter" else at.dt.month() - 1
        return month * 31 + at.dt.day() - 1
    if every == "hour":
        return at.dt.minute()
    if every == "day":
        return at.dt.hour()
    # Not dt.weekday(): engines do not agree on it. 1 January 1970 was a Thursday; weeks begin on Monday.
    day = at.dt.day() - 1 if every == "month" else (_days(at) % 7 + 10) % 7
    return day * 24 + at.dt.hour()


def starts(periods: NDArray[np.int64], every: Every) -> Times:
    """The moment at which each numbered period begins."""
    if every in ("month", "quarter", "year"):
        months = periods * {"month": 1, "quarter": 3, "year": 12}[every]
        return (months - 1970 * 12).astype("datetime64[M]").astype("datetime64[s]")
    days = periods * 7 - 3 if every == "week" else periods
    unit = {"hour": 3600, "second": 1}.get(every, 86400)
    return (days * unit).astype("datetime64[s]")


def numbers_of(at: Times, every: Every) -> NDArray[np.int64]:
    """The inverse of `starts`: the number of the period that each moment falls in."""
    if every in ("month", "quarter", "year"):
        months = at.astype("datetime64[M]").astype(np.int64) + 1970 * 12
        return months // {"month": 1, "quarter": 3, "year": 12}[every]
    seconds = at.astype("datetime64[s]").astype(np.int64)
    if every == "week":
        return (seconds // 86400 + 3) // 7
    return seconds // {"hour": 3600, "second": 1}.get(every, 86400)
