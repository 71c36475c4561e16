"""What a chart gives back: limits of many series at once, kept as small as they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from andon.stats.block import Drawn
from andon.stats.segments import Bools, Floats, Ints, Segments, checked_offsets

PROVISIONAL = 13
"""Fewer baseline points than this and limits are provisional (NHS Making Data Count)."""
SHORT = 25
"""Fewer baseline points than this deserve a warning (Montgomery: 20 to 25)."""


@dataclass(frozen=True, eq=False)
class Limits:
    """Centre, limits and sigma of every point, and what is known of every segment.

    centre, lower, upper, sigma: float64 (N,), in the unit of the values; NaN where they cannot be estimated.
        On a t chart sigma is on the scale of value ** (1/3.6), on an EWMA chart it is that of the average.
    sigma_z: float64 (segments,), how many times wider points scatter than theory says (p, np, c, u, p', u'
        and means); NaN for other kinds. Prefer p' and u' outside about 2/3 to 3/2.
    lag1: float64 (segments,), autocorrelation of neighbouring baseline points; NaN below three.
    points: int64 (segments,), baseline points.
    provisional, short: bool (segments,), fewer than 13, fewer than 25 baseline points.
    kind: the kind of chart.   power: values are raised to it before they are standardised (t chart).
    plotted: what is drawn and judged when it is not the value itself (EWMA, CUSUM), float64 (N,), or None.

    One number a segment is kept as one number (`drawn`) and spread over the points when asked for.
    """

    drawn: Drawn
    segments: Segments
    lag1: Floats
    points: Ints
    kind: str = "xmr"
    power: float = 1.0

    @cached_property
    def centre(self) -> Floats:
        """Centre line, float64 (N,)."""
        return self.segments.expand(self.drawn.centre)

    @cached_property
    def lower(self) -> Floats:
        """Lower control limit, float64 (N,)."""
        return self.segments.expand(self.drawn.lower)

    @cached_property
    def upper(self) -> Floats:
        """Upper control limit, float64 (N,)."""
        return self.segments.expand(self.drawn.upper)

    @cached_property
    def sigma(self) -> Floats:
        """Standard deviation of a point, float64 (N,)."""
        return self.segments.expand(self.drawn.sigma)

    @cached_property
    def sigma_z(self) -> Floats:
        """How many times wider points scatter than theory says, float64 (segments,)."""
        known = self.drawn.sigma_z
        return np.full(self.segments.size, np.nan) if known is None else known[:, 0]

    @property
    def plotted(self) -> Floats | None:
        """What is drawn when it is not the value itself, float64 (N,)."""
        return self.drawn.plotted

    @property
    def provisional(self) -> Bools:
        """Segments with fewer than 13 baseline points, bool (segments,)."""
        return self.points < PROVISIONAL

    @property
    def short(self) -> Bools:
        """Segments whose baseline deserves a warning (< 25 points), bool (segments,)."""
        return self.points < SHORT

    def scores(self, values: ArrayLike) -> Floats:
        """Values in sigma from the centre, float64 (N,); infinite off the centre when sigma is 0."""
        x = np.asarray(values if self.plotted is None else self.plotted, np.float64).ravel()
        return scores(x, self.drawn, self.power, self.segments)

    def moved(self, by: ArrayLike) -> Limits:
        """The same limits, each point's moved up by `by` (N,): limits that follow a season."""
        step = np.broadcast_to(np.asarray(by, np.float64), self.segments.points)
        lines = {name: getattr(self, name) + step for name in ("centre", "lower", "upper")}
        return replace(self, drawn=replace(self.drawn, **lines))

    def widened(self, by: ArrayLike) -> Limits:
        """The same centre with sigma and limits `by` times as wide, (segments,) or one number.

        Limits that were cut off at what is possible (0, or 1) stay there or move in its direction.
        """
        factor = np.broadcast_to(np.asarray(by, np.float64), self.segments.size)[:, None]
        times = self.segments.expand(factor)
        lower = self.centre - (self.centre - self.lower) * times
        upper = self.centre + (self.upper - self.centre) * times
        if self.drawn.sigma.ndim == 1:
            factor = times
        return replace(
            self, drawn=replace(self.drawn, lower=lower, upper=upper, sigma=self.drawn.sigma * factor)
        )


def scores(x: Floats, drawn: Drawn, power: float, segments: Segments) -> Floats:
    """Sigma from the centre (points,); 0 on it and infinite off it where sigma is 0."""
    centre = drawn.centre if power == 1 else drawn.centre**power
    with np.errstate(all="ignore"):
        left = segments.minus(x if power == 1 else x**power, centre)
        z: Floats = segments.apply(np.divide, left, drawn.sigma)
    if np.isnan(z).any():
        still = segments.expand(drawn.sigma) == 0
        z = np.where((left == 0) & still, 0.0, z)
    return z


def given(centre: ArrayLike, lower: ArrayLike, upper: ArrayLike, offsets: ArrayLike) -> Limits:
    """Limits that are known rather than estimated; each a number or float64 (N,).

    Sigma is a sixth of the distance between the limits.
    """
    ends = np.asarray(offsets, np.int64)
    segments = Segments(checked_offsets(ends, int(ends[-1]) if ends.size else 0))
    middle, low, high = (_each(line, segments.points) for line in (centre, lower, upper))
    drawn = Drawn(middle, low, high, (high - low) / 6)
    return Limits(drawn, segments, np.full(segments.size, np.nan), segments.lengths, "given")


def _each(line: ArrayLike, points: int) -> Floats:
    return np.array(np.broadcast_to(np.asarray(line, np.float64), points))
