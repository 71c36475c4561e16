"""Intervals of variances."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from andon.stats.mixed.descent import Bounds, Minimum
from andon.stats.mixed.gaussian import Point
from andon.stats.mixed.layout import Layout
from andon.stats.mixed.solution import Intervals


def wald(best: Minimum[Point], layout: Layout, residual: float, bounds: Bounds) -> Intervals:
    """Symmetric on the scale of log variance, from the average information."""
    return lambda level: _wald(best, layout, residual, bounds, level)


def _wald(
    best: Minimum[Point], layout: Layout, residual: float, bounds: Bounds, level: float
) -> dict[str, tuple[float, float]]:
    width = float(ndtri(0.5 + level / 2))
    out = {}
    spread = np.diagonal(np.linalg.pinv(best.point.curvature)) * 2
    for name, at, zero, found in zip(layout.names, best.point.at, bounds.zero, spread, strict=True):
        reach = width * np.sqrt(max(found, 0.0))
        low = 0.0 if at <= zero else residual * np.exp(at - reach)
        out[name] = (float(low), float(residual * np.exp(min(at + reach, 700))))
    return out
