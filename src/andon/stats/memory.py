"""Charts with a memory: EWMA, and the tabular two-sided CUSUM with fast initial response.

Sources: Montgomery, Introduction to Statistical Quality Control (6th ed.), chapter 9; Lucas and Crosier,
Technometrics 24 (1982) for the head start. A missing point is no news: the statistic waits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from andon.stats.block import Block, Drawn, centre_of, sigma_of_ranges
from andon.stats.segments import Floats, Ints, Segments, checked_offsets


def smoothed(x: Floats, centre: Floats, weight: float) -> tuple[Floats, Ints]:
    """(EWMA, observations so far) of rows x (series, T) that start from centre (series, 1)."""
    out, seen = np.empty_like(x), np.cumsum(np.isfinite(x), axis=1)
    level = centre[:, 0].copy()
    for at in range(x.shape[1]):
        level = np.where(np.isfinite(x[:, at]), weight * x[:, at] + (1 - weight) * level, level)
        out[:, at] = level
    return out, seen


def ewma(
    block: Block,
    weight: float = 0.2,
    width: float = 3.0,
    centre: str | float = "mean",
    sigma: float | None = None,
    d2: str = "1.128",
    screen: bool = False,
    steady: bool = False,
) -> Drawn:
    """Exponentially weighted moving average; limits grow to their steady width.

    weight: of the newest point; width: limits in sigma; steady: limits of steady width from the start.
    """
    segments = block.segments
    middle = centre_of(block, block.values, centre)
    one = _sigma(block, middle, sigma, d2, screen)
    level, seen = smoothed(segments.padded(block.values), middle, weight)
    grown = np.ones(seen.shape) if steady else 1 - (1 - weight) ** (2 * seen)
    spread = segments.flat(one * np.sqrt(weight / (2 - weight) * grown))
    line = segments.expand(middle)
    plotted = np.where(np.isfinite(block.values), segments.flat(level), np.nan)
    return Drawn(line, line - width * spread, line + width * spread, spread, plotted=plotted)


@dataclass(frozen=True)
class Cusum:
    """Two one-sided sums of each point, in the unit of the values.

    high, low: float64 (N,), how far points have run above and below the target (both >= 0).
    high_for, low_for: int64 (N,), for how many points each has been above 0: the change began that long ago.
    """

    high: Floats
    low: Floats
    high_for: Ints
    low_for: Ints


def cusum_sums(
    values: ArrayLike, offsets: ArrayLike, target: float, sigma: float, k: float = 0.5, start: float = 0.0
) -> Cusum:
    """Tabular CUSUM of many segments about one target; k and the head start `start` are in sigma."""
    x = np.asarray(values, np.float64).ravel()
    segments = Segments(checked_offsets(offsets, len(x)))
    column = np.full((segments.size, 1), 1.0)
    return _sums(x, segments, target * column, sigma * column, k, start)


def _sums(x: Floats, segments: Segments, target: Floats, sigma: Floats, k: float, start: float) -> Cusum:
    left = segments.padded(segments.minus(x, target))
    high, high_for = _climb(left, k * sigma, start * sigma)
    low, low_for = _climb(-left, k * sigma, start * sigma)
    return Cusum(*(segments.flat(rows) for rows in (high, low, high_for, low_for)))


def _climb(left: Floats, slack: Floats, start: Floats) -> tuple[Floats, Ints]:
    """One side: max(0, sum + deviation - slack), and for how many points it has been above 0."""
    sums, since = np.empty_like(left), np.zeros(left.shape, np.int64)
    level, count = start[:, 0].copy(), np.zeros(len(left), np.int64)
    for at in range(left.shape[1]):
        here = np.isfinite(left[:, at])
        level = np.where(here, np.maximum(0, level + left[:, at] - slack[:, 0]), level)
        count = np.where(here, np.where(level > 0, count + 1, 0), count)
        sums[:, at], since[:, at] = level, count
    return sums, since


def cusum(
    block: Block,
    k: float = 0.5,
    h: float = 5.0,
    fir: float = 0.0,
    centre: str | float = "mean",
    sigma: float | None = None,
    d2: str = "1.128",
    screen: bool = False,
) -> Drawn:
    """Two-sided CUSUM, drawn as the larger sum, the lower one downwards; limits at h sigma about 0.

    fir: head start as a share of h (0.5 is usual), so that a process that is off at the start shows sooner.
    """
    target = centre_of(block, block.values, centre)
    one = _sigma(block, target, sigma, d2, screen)
    sums = _sums(block.values, block.segments, target, one, k, fir * h)
    plotted = np.where(sums.high >= sums.low, sums.high, -sums.low)
    plotted = np.where(np.isfinite(block.values), plotted, np.nan)
    return Drawn(np.zeros_like(one), -h * one, h * one, one, plotted=plotted)


def _sigma(block: Block, like: Floats, sigma: float | None, d2: str, screen: bool) -> Floats:
    if sigma is not None:
        return np.full_like(like, sigma)
    return sigma_of_ranges(block, block.values, "mean", d2, screen)
