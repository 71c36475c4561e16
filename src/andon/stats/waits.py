"""How much longer one group waits than another: the shift between two samples, with no law assumed of the times."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import mannwhitneyu, norm

from andon.stats.segments import Floats
from andon.stats.tables import Between

EXACT = 50
"""Up to so many in each sample, without ties, the exact distribution is used; as R's wilcox.test does."""
MOST_PAIRS = 4_000_000


def longer(one: ArrayLike, other: ArrayLike, level: float = 0.95) -> tuple[Between, float]:
    """Hodges and Lehmann's shift (1963), the median of all differences one - other, with its interval; and p.

    The test is Mann and Whitney's (exact for small samples without ties, else normal with the correction of
    continuity), and the interval holds the shifts that it would not turn down. NaN where a sample is empty.
    """
    x, y = (_known(sample) for sample in (one, other))
    if not len(x) or not len(y):
        return Between(math.nan, -math.inf, math.inf), 1.0
    pairs = np.sort(np.subtract.outer(_thinned(x, len(y)), y).ravel())
    tied = len(np.unique(np.concatenate([x, y]))) < len(x) + len(y)
    exact = not tied and max(len(x), len(y)) < EXACT
    test = mannwhitneyu(x, y, alternative="two-sided", method="exact" if exact else "asymptotic")
    outside = _outside(len(pairs) // len(y), len(y), level)
    if outside < 0:
        return Between(float(np.median(pairs)), -math.inf, math.inf), float(test.pvalue)
    low, high = pairs[outside], pairs[len(pairs) - 1 - outside]
    p = 1.0 if math.isnan(test.pvalue) else float(test.pvalue)
    return Between(float(np.median(pairs)), float(low), float(high)), p


def _known(sample: ArrayLike) -> Floats:
    values = np.asarray(sample, np.float64).ravel()
    return values[np.isfinite(values)]


def _thinned(x: Floats, others: int) -> Floats:
    """Evenly spaced in order, where all pairs would be too many."""
    most = max(MOST_PAIRS // others, 2)
    return x if len(x) <= most else np.sort(x)[np.linspace(0, len(x) - 1, most).round().astype(int)]


def _outside(m: int, n: int, level: float) -> int:
    """How many differences the interval leaves out at each end; below 0 where no interval is narrow enough."""
    reach = float(norm.ppf(0.5 + level / 2)) * math.sqrt(m * n * (m + n + 1) / 12)
    return math.floor(m * n / 2 - reach)
