"""What every method gives back, and how counts and periods come in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from andon.stats.segments import Bools, Floats, Ints

_LARGEST = 2.0**53


@dataclass(frozen=True, slots=True, eq=False)
class Alarms:
    """What was expected in each judged period and whether more came than chance allows; arrays are (S, T').

    expected: count expected from the past; NaN where unknown.
    upper: the most that still counts as ordinary, in counts; NaN where unknown.
    score: how far the count is towards the bound, (count - expected) / (upper - expected): above 1 is an alarm.
        For `cusum` the sum over its limit h (1 or more is an alarm), for EARS C3 its sum over its threshold.
    alarm: bool, more came than the bound; never True where not usable.
    usable: bool, the period could be judged: its count is known, so is enough of its past, and there were
        enough cases. The bound may be known where the period is not usable, so that it can be drawn.
    p: probability of so many or more when nothing happens, under the method's model; NaN where unknown, and
        throughout for EARS and CUSUM, which have none.
    at: int64 (T',), the judged periods: columns of the counts.
    """

    expected: Floats
    upper: Floats
    score: Floats
    alarm: Bools
    usable: Bools
    p: Floats
    at: Ints


def as_counts(counts: ArrayLike) -> Floats:
    """Counts as float64 (S, T); one series may come as (T,). What cannot be a count becomes NaN: below 0, infinite,
    or so large that neighbouring numbers are no longer told apart."""
    found = np.array(counts, np.float64, ndmin=2)
    if found.ndim != 2:
        raise ValueError("counts must have two axes: series, periods")
    found[~((found >= 0) & (found <= _LARGEST))] = np.nan
    return found


def as_periods(at: ArrayLike | None, periods: int) -> Ints:
    """The periods to judge, int64 (T',): all of them for None; a negative one counts from the end."""
    if at is None:
        return np.arange(periods)
    asked = np.atleast_1d(np.asarray(at))
    if asked.ndim != 1 or (asked.size and not np.issubdtype(asked.dtype, np.integer)):
        raise ValueError("at must be whole numbers: the columns of the periods to judge")
    asked = asked.astype(np.int64)
    if ((asked < -periods) | (asked >= periods)).any():
        raise ValueError(f"at must lie within the {periods} periods of the counts")
    return np.where(asked < 0, asked + periods, asked)


def towards(y: Floats, expected: Floats, upper: Floats) -> Floats:
    """(y - expected) / (upper - expected); endless above a bound that leaves no room above what is expected."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (y - expected) / (upper - expected)
    return np.where(
        upper > expected, found, np.where(y > expected, np.inf, np.where(y <= expected, 0.0, np.nan))
    )


def ratio(over: Floats, under: Floats) -> Floats:
    """over / under, where 0 / 0 is 0: nothing above an expectation that knows no spread."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = over / under
    found[(over == 0) & (under == 0)] = 0.0
    return found
