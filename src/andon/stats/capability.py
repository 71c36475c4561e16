"""Does the process, left as it is, keep within its specification? Only meaningful while it is in control."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from andon.stats.limits import Limits
from andon.stats.segments import Floats


@dataclass(frozen=True, eq=False)
class Capability:
    """How a segment's process sits within its specification, each float64 (segments,), NaN where unknown.

    cp: width of the specification over 6 sigma, were the process centred; NaN for a one-sided specification.
    cpk: distance from the centre to the nearer limit over 3 sigma; below 1 points will fall outside.
    outside: expected share of points outside, for normal points (0..1).
    """

    cp: Floats
    cpk: Floats
    outside: Floats


def capability(limits: Limits, lower: float | None = None, upper: float | None = None) -> Capability:
    """Capability of each segment against spec limits, from its centre and sigma at its last point.

    Source: Montgomery, Introduction to Statistical Quality Control, chapter 8. A sigma of 0 gives an
    infinite index with its sign, or NaN on the limit itself. Raises ValueError when lower >= upper.
    """
    if lower is not None and upper is not None and not lower < upper:
        raise ValueError(f"the lower spec limit ({lower}) must lie below the upper one ({upper})")
    centre, sigma = _last(limits, limits.centre), _last(limits, limits.sigma)
    low, high = (np.nan if lower is None else lower), (np.nan if upper is None else upper)
    with np.errstate(all="ignore"):
        below, above = (centre - low) / sigma, (high - centre) / sigma
        outside = np.nan_to_num(ndtr(-below)) + np.nan_to_num(ndtr(-above))
        outside = np.where(np.isnan(below) & np.isnan(above), np.nan, outside)
        return Capability((high - low) / (6 * sigma), np.fmin(below, above) / 3, outside)


def _last(limits: Limits, line: Floats) -> Floats:
    segments = limits.segments
    out = np.full(segments.size, np.nan)
    out[segments.full] = line[segments.offsets[1:][segments.full] - 1]
    return out
