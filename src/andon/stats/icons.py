"""Variation and assurance as NHS England's Making Data Count draws them: two icons a chart, said in words."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from andon.stats.limits import Limits
from andon.stats.rules import marks
from andon.stats.segments import Bools, Floats, Segments, checked_offsets

Good = Literal["high", "low"] | None

VARIATION = {
    "improvement high": "Special cause: getting better, upwards.",
    "improvement low": "Special cause: getting better, downwards.",
    "concern high": "Special cause: getting worse, upwards.",
    "concern low": "Special cause: getting worse, downwards.",
    "high": "Special cause, upwards; neither direction is better.",
    "low": "Special cause, downwards; neither direction is better.",
    "common": "Common cause: no significant change.",
    "unknown": "No points yet.",
}
"""What each variation icon says of the latest point."""

ASSURANCE = {
    "pass": "The process will consistently meet the target.",
    "fail": "The process will consistently miss the target.",
    "hit or miss": "The process will meet and miss the target at random.",
    "unknown": "There is no target, or there are no limits.",
}
"""What each assurance icon says of the process as it is."""

_TREND = 1 << 2


def directions(values: ArrayLike, limits: Limits, offsets: ArrayLike) -> NDArray[np.int8]:
    """Special causes by the NHS rules, int8 (N,): 1 upwards, -1 downwards, 0 common cause or missing.

    A trend points where it goes; anything else points to the side of the mean it lies on.
    """
    x = np.asarray(values, np.float64).ravel()
    mark = marks("nhs", x, limits, offsets)
    side = np.sign(np.nan_to_num(x - limits.centre))
    trend = (mark & _TREND > 0) & (mark & ~np.uint32(_TREND | 1 << 3) == 0)
    going = _going(x, mark & _TREND > 0, Segments(checked_offsets(offsets, len(x))))
    return np.where(mark == 0, 0, np.where(trend, going, side)).astype(np.int8)


def _going(x: Floats, inside: Bools, segments: Segments) -> Floats:
    """Where a trend goes at each of its points: the step to it, or at its start the step after."""
    step = np.zeros(len(x))
    step[1:] = np.sign(np.nan_to_num(np.diff(x)))
    before = np.zeros(len(x), bool)
    before[1:] = inside[:-1]
    before[segments.starts] = False
    return np.where(before, step, np.append(step[1:], 0.0))


def variation(values: ArrayLike, limits: Limits, offsets: ArrayLike, good: Good) -> list[str]:
    """The variation icon of each segment, a key of `VARIATION`, told by its latest known point."""
    x = np.asarray(values, np.float64).ravel()
    direction, ends = directions(x, limits, offsets), checked_offsets(offsets, len(x))
    latest = _latest(x, Segments(ends))
    return ["unknown" if at < 0 else _variation(int(direction[at]), good) for at in latest]


def _variation(direction: int, good: Good) -> str:
    if direction == 0:
        return "common"
    way = "high" if direction > 0 else "low"
    if good is None:
        return way
    return f"{'improvement' if way == good else 'concern'} {way}"


def _latest(x: Floats, segments: Segments) -> list[int]:
    """The last point of each segment that is not missing, -1 without one."""
    latest = np.full(segments.size, -1)
    here = np.flatnonzero(np.isfinite(x))
    np.maximum.at(latest, segments.index[here], here)
    return [int(at) for at in latest]


def assurance(
    values: ArrayLike, limits: Limits, offsets: ArrayLike, target: float | None, good: Good
) -> list[str]:
    """The assurance icon of each segment, a key of `ASSURANCE`: the target against the latest limits."""
    x = np.asarray(values, np.float64).ravel()
    latest = _latest(x, Segments(checked_offsets(offsets, len(x))))
    lower, upper = limits.lower, limits.upper
    return [_assurance(lower[at], upper[at], target, good) if at >= 0 else "unknown" for at in latest]


def _assurance(lower: float, upper: float, target: float | None, good: Good) -> str:
    if target is None or good is None or np.isnan(lower + upper):
        return "unknown"
    if lower > target:
        return "pass" if good == "high" else "fail"
    if upper < target:
        return "fail" if good == "high" else "pass"
    return "hit or miss"
