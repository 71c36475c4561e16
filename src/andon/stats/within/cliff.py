"""Whether cases bunch on one side of a limit, and what their outcomes are there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from andon.stats.within.absorb import Floats, Ints

REACH = 12  # steps on each side from which the density at an edge is told
LEAST = 0.5  # cases a step, below which a density is taken as so many


@dataclass(frozen=True, slots=True)
class Gap:
    """By how much a window beside an edge differs from the line through what lies around it, and its error."""

    value: float
    error: float
    cases: float


def jumps(counts: Floats, edges: Ints, reach: int = REACH) -> tuple[Floats, Floats]:
    """Logarithm of the density just above each edge over that just below, and its standard error; both (E,).

    counts (N,): cases in steps of equal width. edges: the step that begins at each. A line on either side, by kernel
    weights that fall to zero at `reach` steps, read at the edge (McCrary 2008; Cheng, Fan and Marron 1997). NaN where
    an edge has fewer than `reach` steps on a side.
    """
    distance = np.arange(reach) + 0.5
    kernel = 1 - distance / reach
    design = np.stack([np.ones(reach), distance], axis=1)
    weigh = np.linalg.solve(design.T @ (kernel[:, None] * design), design.T * kernel)[0]
    ratio, error = np.full(len(edges), np.nan), np.full(len(edges), np.nan)
    seen = np.flatnonzero((edges >= reach) & (edges + reach <= len(counts)))
    if not len(seen):
        return ratio, error
    windows = np.lib.stride_tricks.sliding_window_view(counts, reach)
    above, below = windows[edges[seen]], windows[edges[seen] - reach][:, ::-1]
    high, low = np.maximum(above @ weigh, LEAST), np.maximum(below @ weigh, LEAST)
    ratio[seen] = np.log(high / low)
    error[seen] = np.sqrt(
        np.maximum(above @ weigh**2, LEAST) / high**2 + np.maximum(below @ weigh**2, LEAST) / low**2
    )
    return ratio, error


def sharp(counts: Floats, edges: Ints, reach: int = REACH) -> tuple[Floats, Floats]:
    """Jumps less the mean of those half a reach to either side, and their standard errors: a density that only curves
    has jumps that are alike, a cliff has one.
    """
    found = [jumps(counts, edges + move, reach) for move in (0, -(reach // 2), reach // 2)]
    beside = [np.where(np.isfinite(one[0]), one[0], 0.0) for one in found[1:]]
    return found[0][0] - (beside[0] + beside[1]) / 2, found[0][1] * np.sqrt(1.5)


def gap(n: Floats, total: Floats, edge: int, below: bool, variance: float, reach: int = REACH) -> Gap | None:
    """How the mean in the `reach` steps on one side of an edge differs from what the steps around let expect.

    n, total (N,): cases and sums by step. The other side of the edge is left out as well, as cases may have been moved
    from there; a curve of the second degree goes through the two reaches beyond. variance: of one case. None where too
    little is known.
    """
    near = np.arange(max(edge - 3 * reach, 0), min(edge + 3 * reach, len(n)))
    inside = (near >= edge - reach) & (near < edge) if below else (near >= edge) & (near < edge + reach)
    around = (near < edge - reach) | (near >= edge + reach)
    chosen = near[(inside | around) & (n[near] > 0)]
    window = np.isin(chosen, near[inside])
    if window.sum() < 1 or (~window).sum() < 6:
        return None
    away = (chosen - edge) / reach
    design = np.stack([np.ones(len(chosen)), away, window.astype(np.float64), away**2], axis=1)
    weight = n[chosen]
    inverse = np.linalg.pinv(design.T @ (weight[:, None] * design))
    effect = inverse @ design.T @ total[chosen]
    error = float(np.sqrt(max(inverse[2, 2] * variance, 0.0)))
    return Gap(float(effect[2]), error, float(weight[window].sum()))
