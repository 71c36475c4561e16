"""One cache-sized block of points, and the estimates every kind of chart is built from."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from andon.stats.constants import MOVING_RANGE, SCREEN
from andon.stats.segments import Bools, Floats, Segments


@dataclass(frozen=True)
class Block:
    """Points of some whole segments. `use` marks the points that limits are estimated from; None means all.

    `values`, `n` and `within` are float64 (points,); infinities have become NaN.
    """

    values: Floats
    use: Bools | None
    segments: Segments
    n: Floats | None = None
    within: Floats | None = None

    @property
    def sizes(self) -> Floats:
        """Denominator, exposure or subgroup size, which this kind of chart cannot do without."""
        assert self.n is not None
        return self.n


@dataclass(frozen=True)
class Drawn:
    """What a kind of chart works out for a block; each field (segments, 1) or (points,)."""

    centre: Floats
    lower: Floats
    upper: Floats
    sigma: Floats
    sigma_z: Floats | None = None
    plotted: Floats | None = None

    def part(self, which: slice, where: slice) -> Drawn:
        """The results of some segments (`which`) and their points (`where`)."""

        def cut(field: Floats) -> Floats:
            return field[which if field.ndim == 2 else where]

        return Drawn(
            cut(self.centre),
            cut(self.lower),
            cut(self.upper),
            cut(self.sigma),
            None if self.sigma_z is None else cut(self.sigma_z),
            None if self.plotted is None else cut(self.plotted),
        )

    def blank(self, segments: Segments) -> Drawn:
        """Room for results of this shape for all of `segments`."""

        def room(field: Floats) -> Floats:
            return np.empty((segments.size, 1) if field.ndim == 2 else segments.points)

        return Drawn(
            room(self.centre),
            room(self.lower),
            room(self.upper),
            room(self.sigma),
            None if self.sigma_z is None else room(self.sigma_z),
            None if self.plotted is None else room(self.plotted),
        )

    def copy_from(self, other: Drawn) -> None:
        """Write another's results, of the same shapes, into this one's arrays."""
        for each in fields(Drawn):
            mine = getattr(self, each.name)
            if mine is not None:
                mine[:] = getattr(other, each.name)


def moving_ranges(x: Floats, use: Bools | None, segments: Segments) -> tuple[Floats, Bools | None, Floats]:
    """(ranges, pairs, how many): |x[i] - x[i-1]|, 0 where no range exists.

    A range needs two neighbours that both count; it never bridges a missing point or the start of a segment.
    `pairs` is None when every point but the first of a segment has one.
    """
    ranges = np.empty_like(x)
    ranges[:1] = 0
    np.subtract(x[1:], x[:-1], out=ranges[1:])
    np.abs(ranges, out=ranges)
    if use is None:
        ranges[segments.starts] = 0
        return ranges, None, segments.count(None) - 1
    pairs = use.copy()
    pairs[1:] &= use[:-1]
    pairs[segments.starts] = False
    ranges[~pairs] = 0
    return ranges, pairs, segments.total(pairs)


def mean_range(block: Block, x: Floats, screen: bool = False) -> Floats:
    """Mean moving range of each segment, (segments, 1); NaN without any pair of neighbours.

    Screened: ranges above 3.267 times the mean are left out, once (Nelson 1982, qicharts2, NHSRplotthedots),
    unless nothing but zeros is left: a series that hardly moves must not lose its limits.
    """
    ranges, pairs, count = moving_ranges(x, block.use, block.segments)
    mean = block.segments.total(ranges) / np.where(count > 0, count, np.nan)
    if not screen:
        return mean
    kept = ranges <= block.segments.expand(SCREEN * mean)
    kept = kept & _paired(pairs, block.segments)
    left = block.segments.total(kept)
    screened = block.segments.total(np.where(kept, ranges, 0)) / np.where(left > 0, left, np.nan)
    return np.where(screened > 0, screened, mean)


def median_range(block: Block, x: Floats) -> Floats:
    """Median moving range of each segment, (segments, 1)."""
    ranges, pairs, _ = moving_ranges(x, block.use, block.segments)
    return block.segments.median(ranges, _paired(pairs, block.segments))


def _paired(pairs: Bools | None, segments: Segments) -> Bools:
    if pairs is not None:
        return pairs
    every = np.ones(segments.points, bool)
    every[segments.starts] = False
    return every


def sigma_of_ranges(block: Block, x: Floats, spread: str, d2: str, screen: bool) -> Floats:
    """Short-term sigma of each segment from moving ranges, (segments, 1)."""
    ranges = median_range(block, x) if spread == "median" else mean_range(block, x, screen)
    sigma: Floats = ranges / MOVING_RANGE[spread][d2]
    return sigma


def centre_of(block: Block, x: Floats, centre: str | float) -> Floats:
    """Mean, median, or a given target, (segments, 1)."""
    if not isinstance(centre, str):
        return np.full((block.segments.size, 1), float(centre))
    if centre == "median":
        return block.segments.median(x, block.use)
    return block.segments.mean(x, block.use)


def around(
    centre: Floats, sigma: Floats, low: float = -np.inf, high: float = np.inf
) -> tuple[Floats, Floats]:
    """Three sigma below and above, kept between what is possible (`low`, `high`)."""
    lower, upper = centre - 3 * sigma, centre + 3 * sigma
    return (
        np.maximum(lower, low) if low > -np.inf else lower,
        np.minimum(upper, high) if high < np.inf else upper,
    )


def lag1(segments: Segments, x: Floats, use: Bools | None) -> Floats:
    """Autocorrelation of neighbours about their own mean, (segments, 1); NaN below three points.

    Deviations are scaled by the largest when their squares would overflow or vanish.
    """
    left = segments.minus(x, segments.mean(x, use))
    if use is not None:
        left = np.where(use & np.isfinite(left), left, 0.0)
    square = segments.total(left * left)
    bad = ~((square > 1e-290) & (square < 1e290))
    if bad.any():
        largest = segments.padded(np.abs(left)).max(axis=1, initial=0)[:, None]
        left = left / segments.expand(np.where(bad & (largest > 0), largest, 1.0))
        square = segments.total(left * left)
    product = left.copy()
    product[1:] *= left[:-1]
    product[segments.starts] = 0
    enough = (segments.count(use) >= 3) & (square > 0)
    return np.where(enough, segments.total(product) / square, np.nan)
