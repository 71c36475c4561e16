"""EARS C1, C2 and C3: today against the mean and spread of the days just before (Hutwagner et al. 2003)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from andon.stats.outbreak.alarms import Alarms, as_counts, as_periods, ratio
from andon.stats.segments import Floats
from andon.stats.threads import with_threads

_GAP = {"C1": 0, "C2": 2, "C3": 2}
_ALPHA = {"C1": 0.001, "C2": 0.001, "C3": 0.025}
_POINTS = 1 << 15
"""Points handled at a time: about a quarter of a MB of float64, so that the passes stay in the cache."""


@dataclass(frozen=True, slots=True)
class _Options:
    method: str
    baseline: int
    z: float
    least_sigma: float
    today: bool

    @property
    def reach(self) -> int:
        """Periods before the judged one that are looked at."""
        return self.baseline + _GAP[self.method] + (2 if self.method == "C3" else 0)


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
    """Alarms of EARS C1, C2 or C3 for counts (S, T), usually daily; the periods `at` are judged, or all.

    C1 compares with the `baseline` periods just before, C2 leaves out the last two of them (a rise that has
    begun does not hide itself), C3 adds up what C2 exceeded by in the two periods before. The bound is
    mean + z(1 - alpha) x deviation; `alpha` is .001 for C1 and C2 and .025 for C3 unless given.
    `least_sigma` is the least deviation believed: with 0 any case after a quiet week is an alarm.
    As in the R package surveillance 1.20.3, C3 does not look at the current count itself; `today=True`
    adds its own excess, as first published. A missing period makes those that need it not usable.
    `p` is unknown: seven days are too few for one. ValueError only for options.
    """
    _check(method, baseline, alpha, least_sigma)
    z = float(ndtri(1 - (_ALPHA[method] if alpha is None else alpha)))
    o = _Options(method, baseline, z, least_sigma, today)
    y = as_counts(counts)
    at = as_periods(at, y.shape[1])
    begin = max(int(at.min(initial=0)) - o.reach, 0)
    columns = slice(None) if at.size == y.shape[1] and (np.diff(at) == 1).all() else at - begin
    found = np.empty((3, len(y), at.size))
    alarm, usable = np.empty((2, len(y), at.size), bool)

    def work(rows: slice) -> None:
        now = y[rows, begin:]
        mean, upper, score = (part[:, columns] for part in _bounds(now, o))
        known = np.isfinite(now[:, columns]) & np.isfinite(upper) & ~np.isnan(score)
        found[0, rows], found[1, rows], found[2, rows] = mean, upper, score
        usable[rows], alarm[rows] = known, known & (now[:, columns] > upper)

    step = max(1, _POINTS // max(1, y.shape[1] - begin))
    with_threads(work, [slice(i, i + step) for i in range(0, len(y), step)])
    return Alarms(found[0], found[1], found[2], alarm, usable, np.broadcast_to(np.nan, alarm.shape), at)


def _check(method: str, baseline: int, alpha: float | None, least_sigma: float) -> None:
    if method not in _GAP:
        raise ValueError(f"method must be C1, C2 or C3, not {method!r}")
    if baseline < 3:
        raise ValueError("baseline must be at least 3 periods")
    if alpha is not None and not 0 < alpha < 0.5:
        raise ValueError("alpha must lie between 0 and 0.5")
    if not least_sigma >= 0:
        raise ValueError("least_sigma must be 0 or more")


def _bounds(y: Floats, o: _Options) -> tuple[Floats, Floats, Floats]:
    """Mean, bound and score of every period, (rows, T); NaN where the periods before are not all known."""
    mean, deviation = _before(y, o.baseline, _GAP[o.method])
    deviation = np.maximum(deviation, o.least_sigma)
    distance = ratio(y - mean, deviation)
    if o.method == "C3":
        return _c3(y, mean, deviation, distance, o)
    return mean, mean + o.z * deviation, distance / o.z


def _before(y: Floats, baseline: int, gap: int) -> tuple[Floats, Floats]:
    """Mean and standard deviation of the `baseline` periods that end `gap` before each."""
    mean, deviation = np.full(y.shape, np.nan), np.full(y.shape, np.nan)
    first = baseline + gap
    parts = [y[:, first - lag : max(y.shape[1] - lag, 0)] for lag in range(first, gap, -1)]
    if y.shape[1] > first:
        middle = sum(parts[1:], start=parts[0]) / baseline
        squares = sum(((part - middle) ** 2 for part in parts[1:]), start=(parts[0] - middle) ** 2)
        mean[:, first:], deviation[:, first:] = middle, np.sqrt(squares / (baseline - 1))
    return mean, deviation


def _c3(
    y: Floats, mean: Floats, deviation: Floats, distance: Floats, o: _Options
) -> tuple[Floats, Floats, Floats]:
    """The bound is the count that would just be an alarm, given what the two periods before exceeded by."""
    excess = np.maximum(0.0, distance - 1)
    earlier = np.full(y.shape, np.nan)
    earlier[:, 2:] = excess[:, :-2] + excess[:, 1:-1]
    endless = np.isinf(earlier)
    with np.errstate(invalid="ignore"):
        left = deviation * np.where(endless, 0.0, o.z - earlier)
        if o.today:
            upper = np.where(earlier > o.z, 0.0, mean + deviation + left)
        else:
            upper = np.where(endless & (deviation > 0), 0.0, y + left)
    score = (earlier + excess if o.today else earlier) / o.z
    return mean, np.maximum(0.0, upper), score
