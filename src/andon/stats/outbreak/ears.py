"""EARS C1, C2 and C3: today against the mean and spread of the days just before (Hutwagner et al. 2003)."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from andon.stats.outbreak.alarms import Alarms, as_counts, as_periods, ratio
from andon.stats.segments import Floats, Ints

_GAP = {"C1": 0, "C2": 2, "C3": 2}
_ALPHA = {"C1": 0.001, "C2": 0.001, "C3": 0.025}


def ears(
    counts: ArrayLike,
    method: str = "C1",
    *,
    at: ArrayLike | None = None,
    baseline: int = 7,
    alpha: float | None = None,
    least_sigma: float = 0.0,
    today: bool = False,
) -> Alarms:
    """Alarms of EARS C1, C2 or C3 for counts (S, T), usually daily.

    C1 compares with the `baseline` periods just before, C2 leaves out the last two of them (a rise that has
    begun does not hide itself), C3 adds up what C2 exceeded by in the two periods before. The bound is
    mean + z(1 - alpha) x deviation; `alpha` is .001 for C1 and C2 and .025 for C3 unless given.
    `least_sigma` is the least deviation believed: with 0 any case after a quiet week is an alarm.
    As in the R package surveillance 1.20.3, C3 does not look at the current count itself; `today=True`
    adds its own excess, as first published.
    A missing period leaves those that need it not usable. ValueError only for options.
    """
    _check(method, baseline, alpha, least_sigma)
    y = as_counts(counts)
    weeks = as_periods(at, y.shape[1])
    mean, deviation = _before(y, baseline, _GAP[method])
    deviation = np.maximum(deviation, least_sigma)
    z = float(ndtri(1 - (_ALPHA[method] if alpha is None else alpha)))
    if method == "C3":
        return _c3(y, mean, deviation, z, today, weeks)
    return _c1(y[:, weeks], mean[:, weeks], deviation[:, weeks], z, weeks)


def _check(method: str, baseline: int, alpha: float | None, least_sigma: float) -> None:
    if method not in _GAP:
        raise ValueError(f"method must be C1, C2 or C3, not {method!r}")
    if baseline < 3:
        raise ValueError("baseline must be at least 3 periods")
    if alpha is not None and not 0 < alpha < 1:
        raise ValueError("alpha must lie between 0 and 1")
    if not least_sigma >= 0:
        raise ValueError("least_sigma must be 0 or more")


def _before(y: Floats, baseline: int, gap: int) -> tuple[Floats, Floats]:
    """Mean and standard deviation of the `baseline` periods that end `gap` before each; NaN where not all known."""
    mean, deviation = np.full(y.shape, np.nan), np.full(y.shape, np.nan)
    first = baseline + gap
    if y.shape[1] > first:
        windows = sliding_window_view(y, baseline, axis=1)[:, : y.shape[1] - first]
        mean[:, first:] = windows.mean(axis=2)
        deviation[:, first:] = windows.std(axis=2, ddof=1)
    return mean, deviation


def _c1(y: Floats, mean: Floats, deviation: Floats, z: float, weeks: Ints) -> Alarms:
    upper = mean + z * deviation
    distance = ratio(y - mean, deviation)
    return _alarms(y, mean, upper, distance / z, ndtr(-distance), weeks)


def _c3(y: Floats, mean: Floats, deviation: Floats, z: float, today: bool, weeks: Ints) -> Alarms:
    """The bound is the count that would just be reached, given what the two periods before exceeded by."""
    excess = np.maximum(0.0, ratio(y - mean, deviation) - 1)
    earlier = np.full(y.shape, np.nan)
    earlier[:, 2:] = excess[:, :-2] + excess[:, 1:-1]
    left = np.where(deviation == 0, 0.0, deviation) * np.where(np.isinf(earlier), 0.0, z - earlier)
    if today:
        upper = np.where(earlier > z, 0.0, mean + deviation + left)
    else:
        upper = np.where(np.isinf(earlier) & (deviation > 0), 0.0, y + left)
    total = earlier + excess if today else earlier
    found = (y, mean, np.maximum(0.0, upper), total / z, np.full(y.shape, np.nan))
    return _alarms(*(array[:, weeks] for array in found), weeks)


def _alarms(y: Floats, mean: Floats, upper: Floats, score: Floats, p: Floats, weeks: Ints) -> Alarms:
    usable = np.isfinite(y) & np.isfinite(upper) & ~np.isnan(score)
    return Alarms(mean, upper, score, usable & (y > upper), usable, p, weeks)
