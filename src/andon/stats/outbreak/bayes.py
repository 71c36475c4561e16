"""Bayes: the count against its predictive distribution, given the recent and the same past weeks (Höhle 2007)."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike
from scipy.stats import nbinom

from andon.stats.outbreak.alarms import Alarms, as_counts, as_periods, towards
from andon.stats.segments import Floats


def bayes(
    counts: ArrayLike,
    at: ArrayLike | None = None,
    *,
    years: int = 0,
    half_window: int = 6,
    recent: bool = True,
    alpha: float = 0.05,
    period: int = 52,
) -> Alarms:
    """Alarms of counts (S, T) above the 1 - alpha quantile of a negative binomial (Poisson, Jeffreys prior).

    It is learnt from the `half_window` (w) periods just before, if `recent`, and from the 2w + 1 periods around the
    same one of `years` (b) years before. Missing periods are left out of what is learnt; a history too short
    for all of it is not usable. ValueError only for options.
    """
    if years < 0 or half_window < 0 or not 0 < alpha < 1:
        raise ValueError("years and half_window must be 0 or more, and alpha between 0 and 1")
    y = as_counts(counts)
    weeks = as_periods(at, y.shape[1])
    total, known = (_learnt(part, years, half_window, recent, period) for part in _parts(y))
    total, known, now = total[:, weeks], known[:, weeks], y[:, weeks]
    with np.errstate(all="ignore"):
        enough = known > 0
        size, chance = total + 0.5, known / (known + 1)
        upper = np.where(enough, nbinom.ppf(1 - alpha, size, chance), np.nan)
        p = np.where(enough, nbinom.sf(now - 1, size, chance), np.nan)
        expected = np.where(enough, size / known, np.nan)
    usable = np.isfinite(upper) & np.isfinite(now)
    return Alarms(expected, upper, towards(now, expected, upper), usable & (now > upper), usable, p, weeks)


def _parts(y: Floats) -> tuple[Floats, Floats]:
    known = ~np.isnan(y)
    return np.where(known, y, 0.0), known.astype(np.float64)


def _learnt(values: Floats, years: int, w: int, recent: bool, period: int) -> Floats:
    """Sum over the periods a period learns from, (S, T); NaN where they reach back before the first."""
    total = np.full(values.shape, np.nan)
    first = years * period + w
    if values.shape[1] <= first:
        return total
    total[:, first:] = 0.0
    if recent and w:
        total[:, first:] += _windows(values, w)[:, first - w : -1]
    for year in range(1, years + 1):
        begin = first - year * period - w
        total[:, first:] += _windows(values, 2 * w + 1)[:, begin : begin + values.shape[1] - first]
    return total


def _windows(values: Floats, width: int) -> Floats:
    return sliding_window_view(values, width, axis=1).sum(axis=2)
