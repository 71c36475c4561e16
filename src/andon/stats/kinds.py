"""How each kind of chart finds its centre, limits and sigma.

Every function takes a `Block` and its options and returns a `Drawn`. Sources: Montgomery, Introduction to
Statistical Quality Control (6th ed.), chapters 6 and 7; Wheeler, Making Sense of Data (XmR); Laney 2002,
Quality Engineering 14 (p', u'); Benneyan 2001 (g); Nelson 1994, Journal of Quality Technology 26 (t);
Burr 1969 (weights for unequal subgroups).
"""

from __future__ import annotations

import numpy as np

from andon.stats.block import (
    Block,
    Drawn,
    around,
    centre_of,
    lag1,
    mean_range,
    sigma_of_ranges,
)
from andon.stats.constants import MOVING_RANGE, UPPER_RANGE, c4, range_tables
from andon.stats.segments import Floats

T_POWER = 1 / 3.6
"""Weibull shape that makes exponential times nearly normal (Nelson 1994)."""


def run(block: Block, centre: str | float = "median") -> Drawn:
    """Median line only: no limits, no sigma."""
    none = np.full((block.segments.size, 1), np.nan)
    return Drawn(centre_of(block, block.values, centre), none, none, none)


def xmr(
    block: Block,
    centre: str | float = "mean",
    spread: str = "mean",
    d2: str = "1.128",
    screen: bool = False,
    sigma: float | None = None,
    adjust: bool = False,
) -> Drawn:
    """Individual values, with sigma from the moving range (or given).

    adjust: neighbours that are alike make moving ranges too small by sqrt(1 - lag 1); make up for it.
    """
    middle = centre_of(block, block.values, centre)
    if sigma is not None:
        one = np.full_like(middle, sigma)
    else:
        one = sigma_of_ranges(block, block.values, spread, d2, screen)
    if adjust:
        alike = np.clip(np.nan_to_num(lag1(block.segments, block.values, block.use)), 0, 0.95)
        one = one / np.sqrt(1 - alike)
    return Drawn(middle, *around(middle, one), one)


def mr(block: Block, d2: str = "1.128", screen: bool = False) -> Drawn:
    """Moving ranges; the values are the ranges themselves (see `charts.ranges`)."""
    centre = block.segments.mean(block.values, block.use)
    if screen:
        kept = block.values <= block.segments.expand(UPPER_RANGE[d2] * centre)
        centre = block.segments.mean(block.values, kept if block.use is None else kept & block.use)
    upper = UPPER_RANGE[d2] * centre
    return Drawn(centre, np.zeros_like(centre), upper, (upper - centre) / 3)


def _per_unit(block: Block, x: Floats, centre: Floats, sigma: Floats) -> Floats:
    """Standardised values, 0 where sigma is 0 and the point lies on the centre."""
    left = block.segments.minus(x, centre)
    return np.where(left == 0, 0.0, left / sigma)


def _sigma_z(block: Block, x: Floats, centre: Floats, sigma: Floats, d2: str, screen: bool) -> Floats:
    """How much wider points scatter than theory says: mean moving range of standardised values over d2."""
    scaled = _per_unit(block, x, centre, sigma)
    sigma_z: Floats = mean_range(block, scaled, screen) / MOVING_RANGE["mean"][d2]
    return sigma_z


def p(block: Block, laney: bool = False, d2: str = "1.128", screen: bool = False) -> Drawn:
    """Proportions out of n; Laney's p' widens the limits by sigma_z."""
    centre = block.segments.mean(block.values, block.use, block.sizes)
    middle = block.segments.expand(np.clip(centre, 0, 1))
    sigma = np.sqrt(middle * (1 - middle) / block.sizes)
    return _attribute(block, middle, sigma, laney, d2, screen, 1.0)


def u(block: Block, laney: bool = False, d2: str = "1.128", screen: bool = False) -> Drawn:
    """Rates per unit of exposure n; Laney's u' widens the limits by sigma_z."""
    centre = block.segments.mean(block.values, block.use, block.sizes)
    middle = block.segments.expand(centre)
    sigma = np.sqrt(middle / block.sizes)
    return _attribute(block, middle, sigma, laney, d2, screen, np.inf)


def _attribute(
    block: Block, centre: Floats, sigma: Floats, laney: bool, d2: str, screen: bool, most: float
) -> Drawn:
    sigma_z = _sigma_z(block, block.values, centre, sigma, d2, screen)
    wide = sigma * block.segments.expand(sigma_z) if laney else sigma
    return Drawn(centre, *around(centre, wide, 0.0, most), wide, sigma_z)


def np_(block: Block, d2: str = "1.128", screen: bool = False) -> Drawn:
    """Counts out of n; the centre moves with n."""
    share = block.segments.expand(block.segments.mean(block.values / block.sizes, block.use, block.sizes))
    centre = share * block.sizes
    sigma = np.sqrt(centre * (1 - share))
    sigma_z = _sigma_z(block, block.values, centre, sigma, d2, screen)
    lower, upper = around(centre, sigma, 0.0)
    return Drawn(centre, lower, np.minimum(upper, block.sizes), sigma, sigma_z)


def c(block: Block, d2: str = "1.128", screen: bool = False) -> Drawn:
    """Counts over equal opportunities."""
    centre = block.segments.mean(block.values, block.use)
    sigma = np.sqrt(centre)
    sigma_z = _sigma_z(block, block.values, centre, block.segments.expand(sigma), d2, screen)
    return Drawn(centre, *around(centre, sigma, 0.0), sigma, sigma_z)


def g(block: Block, centre: str | float = "median") -> Drawn:
    """Opportunities between events (geometric): sigma = sqrt(mean (mean + 1)), centre line at the median."""
    mean = block.segments.mean(block.values, block.use)
    sigma = np.sqrt(mean * (mean + 1))
    return Drawn(centre_of(block, block.values, centre), *around(mean, sigma, 0.0), sigma)


def t(block: Block, spread: str = "mean", d2: str = "1.128", screen: bool = False) -> Drawn:
    """Time between events: an XmR chart of time to the power 1/3.6, drawn on the scale of time.

    `sigma` is on the transformed scale; `Limits.scores` knows.
    """
    scaled = block.values**T_POWER
    drawn = xmr(Block(scaled, block.use, block.segments), "mean", spread, d2, screen)
    lower, upper = (np.maximum(limit, 0) ** 3.6 for limit in (drawn.lower, drawn.upper))
    return Drawn(drawn.centre**3.6, lower, upper, drawn.sigma)


def xbar_s(block: Block, d2: str = "1.128", screen: bool = False) -> Drawn:
    """Means of n values; sigma from the standard deviation within each point, or from moving ranges."""
    if block.within is None:
        return _means(block, None, d2, screen)
    expected = c4(block.sizes)
    return _means(block, _pooled(block, block.within / expected, expected**2 / (1 - expected**2)), d2, screen)


def xbar_r(block: Block, d2: str = "1.128", screen: bool = False) -> Drawn:
    """Means of n values; sigma from the range within each point, or from moving ranges."""
    if block.within is None:
        return _means(block, None, d2, screen)
    mean, spread = range_tables(block.sizes, d2)
    return _means(block, _pooled(block, block.within / mean, (mean / spread) ** 2), d2, screen)


def _pooled(block: Block, sigma: Floats, weight: Floats) -> Floats:
    """Sigma of one value: minimum-variance mean of the points' unbiased estimates (Burr 1969)."""
    known = np.isfinite(sigma) & np.isfinite(weight)
    return block.segments.mean(sigma, known if block.use is None else known & block.use, weight)


def _means(block: Block, sigma: Floats | None, d2: str, screen: bool) -> Drawn:
    centre = block.segments.mean(block.values, block.use, block.sizes)
    root = np.sqrt(block.sizes)
    if sigma is None:
        sigma = mean_range(block, block.segments.minus(block.values, centre) * root, screen)
        sigma = sigma / MOVING_RANGE["mean"][d2]
    each = block.segments.expand(sigma) / root
    sigma_z = _sigma_z(block, block.values, centre, each, d2, screen)
    middle = block.segments.expand(centre)
    return Drawn(centre, *around(middle, each), each, sigma_z)


def s(block: Block) -> Drawn:
    """Standard deviations within points of n values."""
    expected = c4(block.sizes)
    sigma = _pooled(block, block.values / expected, expected**2 / (1 - expected**2))
    one = block.segments.expand(sigma)
    spread = one * np.sqrt(1 - expected**2)
    return Drawn(expected * one, *around(expected * one, spread, 0.0), spread)


def r(block: Block, d2: str = "1.128") -> Drawn:
    """Ranges within points of n values."""
    mean, deviation = range_tables(block.sizes, d2)
    one = block.segments.expand(_pooled(block, block.values / mean, (mean / deviation) ** 2))
    return Drawn(mean * one, *around(mean * one, deviation * one, 0.0), deviation * one)
