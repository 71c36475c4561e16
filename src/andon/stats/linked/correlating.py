"""Correlations, ranks and their intervals."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import ndtri, stdtr, stdtrit

from andon.stats.segments import Floats

LEVEL = 0.95
FLAT = 1e-10  # a spread below this share of the size of the numbers is rounding


def centred(values: Floats) -> Floats:
    return np.asarray(values - values.mean(), np.float64)


def correlation(x: Floats, y: Floats) -> float:
    """Of two centred arrays; NaN where one does not vary."""
    size = math.sqrt(float((x * x).sum()) * float((y * y).sum()))
    return float(np.clip((x * y).sum() / size, -1, 1)) if size > 0 else math.nan


def ranks(values: Floats) -> Floats:
    """Ranks from 1, (N,); equal values share their mean rank."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    found: Floats = (last - (count - 1) / 2)[place]
    return found


def flat(values: Floats) -> bool:
    """Whether nothing but rounding varies."""
    return (
        bool(np.ptp(values) <= FLAT * max(float(np.abs(values).max(initial=0)), 1e-300))
        if len(values)
        else True
    )


def fisher(r: float, n: int) -> tuple[float, float]:
    """95 % interval of a correlation of n pairs (Fisher 1921), as R's cor.test gives it."""
    if n < 4 or not math.isfinite(r):
        return math.nan, math.nan
    if abs(r) >= 1:
        return r, r
    reach = float(ndtri((1 + LEVEL) / 2)) / math.sqrt(n - 3)
    return math.tanh(math.atanh(r) - reach), math.tanh(math.atanh(r) + reach)


def reach(df: float) -> float:
    """How many standard errors a 95 % interval reaches."""
    return float(stdtrit(df, (1 + LEVEL) / 2)) if df > 0 else math.nan


def p_of_t(t: float, df: float) -> float:
    return float(2 * stdtr(df, -abs(t))) if df > 0 and math.isfinite(t) else math.nan


def agreed(r: float, spearman: float, chances: tuple[float, float]) -> float:
    """The larger of the chances of r and of the rank correlation; 1 where they point opposite ways."""
    return max(chances) if r * spearman > 0 else 1.0
