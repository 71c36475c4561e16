"""Control-chart constants, computed exactly rather than read from a table.

d2 and d3 are the mean and standard deviation of the range of n standard normal values; c4 is the mean of
their standard deviation (Montgomery, Introduction to Statistical Quality Control, appendix VI).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.special import gammaln, ndtr

from andon.stats.segments import Floats

MOVING_RANGE = {
    "mean": {"1.128": 1.128, "exact": 2 / np.sqrt(np.pi), "2.66": 3 / 2.66},
    "median": {"1.128": 0.954, "exact": 0.9538725524089398, "2.66": 3 / 3.145},
}
"""Divide the mean (or median) moving range by this for sigma: rounded, exact, Wheeler's multipliers."""

UPPER_RANGE = {"1.128": 3.267, "exact": 1 + 3 * np.sqrt(np.pi / 2 - 1), "2.66": 3.268}
"""Multiply the mean moving range by this for its upper limit (D4 at n = 2)."""

SCREEN = 3.267
"""A moving range above this many times the mean is left out when ranges are screened (Nelson 1982)."""

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(200)


@lru_cache(maxsize=4096)
def range_constants(size: int) -> tuple[float, float]:
    """(d2, d3) of `size` values, by quadrature; NaN below two values."""
    if size < 2:
        return np.nan, np.nan
    at, weight = 9.0 * _NODES, 9.0 * _WEIGHTS
    below = ndtr(at)
    mean = float(weight @ (1 - below**size - ndtr(-at) ** size))
    width, width_weight = 8.0 * (_NODES + 1), 8.0 * _WEIGHTS
    inside = (ndtr(at[:, None] + width) - below[:, None]) ** (size - 1)
    density = np.exp(-(at**2) / 2) / np.sqrt(2 * np.pi)
    narrower = size * (weight * density) @ inside
    square = float(2 * (width_weight * width) @ (1 - narrower))
    return mean, float(np.sqrt(square - mean**2))


def c4(size: Floats) -> Floats:
    """Mean standard deviation of `size` standard normal values; NaN below two.

    Beyond 350 values the gamma functions lose digits, so an expansion in 1/n takes over (error < 1e-10).
    """
    n = np.where(size >= 2, size, np.nan)
    few = np.minimum(n, 350)
    exact = np.sqrt(2 / (few - 1)) * np.exp(gammaln(few / 2) - gammaln((few - 1) / 2))
    series = 1 - 1 / (4 * n) - 7 / (32 * n**2) - 19 / (128 * n**3)
    return np.where(n > 350, series, exact)


def range_tables(size: Floats, d2: str) -> tuple[Floats, Floats]:
    """(d2, d3) for each of many sizes; a size that is no whole number is rounded down.

    d2 is rounded to three digits as printed tables (and qcc) have it, unless `d2` is "exact".
    """
    sizes, back = np.unique(np.nan_to_num(size, nan=0.0).astype(np.int64), return_inverse=True)
    table = np.array([range_constants(int(s)) for s in sizes]).reshape(-1, 2)
    mean = table[:, 0] if d2 == "exact" else np.round(table[:, 0], 3)
    return mean[back], table[back, 1]
