"""Minimise a criterion over log variance ratios, any of which may end at zero, and free coefficients.

Steps are Newton's with the average information in place of the second derivative, mended by the last step's secant
(BFGS). A ratio that would fall so low that its effects no longer matter is put on zero, and comes back when the
criterion would fall by it: what is left is a point where the gradient is nought, or points out of bounds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from andon.stats.segments import Bools, Floats

FURTHEST = 3.0
"""Largest step in a log variance ratio."""
GAIN = 1e-7
"""A step that promises to lower the criterion by less than this is not taken."""
MOST = 100
SMALL_GRADIENT = 1e-3


class Place(Protocol):
    """What the criterion tells of one point."""

    at: Floats
    value: float
    gradient: Floats
    curvature: Floats
    factor: Factor
    solution: Floats
    residual: float


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """zero: (variables,), the log ratio that stands for zero. floor: below it a ratio is put on zero. -inf: free."""

    zero: Floats
    floor: Floats

    def snapped(self, at: Floats) -> Floats:
        return np.where(at < self.floor, self.zero, at)

    def out(self, at: Floats, gradient: Floats) -> Bools:
        """Which are on zero and stay there."""
        held: Bools = (at <= self.zero) & (gradient >= 0)
        return held


@dataclass(frozen=True, slots=True, eq=False)
class Minimum[P: Place]:
    point: P
    gradient: Floats
    iterations: int
    converged: bool


def minimise[P: Place](
    criterion: Callable[[Floats, P | None], P], start: Floats, bounds: Bounds
) -> Minimum[P]:
    point = criterion(start, None)
    secant: tuple[Floats, Floats] | None = None
    rounds = 1
    while rounds < MOST:
        held = bounds.out(point.at, point.gradient)
        step, gain = _step(point, secant, held, bounds)
        if gain < GAIN:
            break
        found, tried = _walk(criterion, point, step, bounds)
        rounds += tried
        if found is None:
            break
        secant = (found.at - point.at, found.gradient - point.gradient)
        point = found
    gradient = np.where(bounds.out(point.at, point.gradient), 0.0, point.gradient)
    norm = float(np.linalg.norm(gradient))
    return Minimum(point, gradient, rounds, norm <= SMALL_GRADIENT * max(1.0, 1e-9 * abs(point.value)))


def _step(
    point: Place, secant: tuple[Floats, Floats] | None, held: Bools, bounds: Bounds
) -> tuple[Floats, float]:
    """A step from the point, and how much a quadratic says it lowers the criterion."""
    free = ~held
    step = np.zeros(len(held))
    if not free.any():
        return step, 0.0
    matrix = _mended(point.curvature, secant)[np.ix_(free, free)]
    gradient = point.gradient[free]
    scale = np.sqrt(np.maximum(np.diagonal(matrix), 1e-12 * np.abs(matrix).max() + 1e-300))
    values, vectors = np.linalg.eigh(matrix / np.outer(scale, scale))
    turned = vectors.T @ (gradient / scale)
    step[free] = -(vectors @ (turned / np.maximum(np.abs(values), 1e-6))) / scale
    gain = float(-gradient @ step[free])
    bounded = np.isfinite(bounds.floor) & free
    returning = bounded & (point.at <= bounds.zero)
    step[returning] = bounds.floor[returning] - point.at[returning] + 1.0
    longest = float(np.abs(step[bounded & ~returning]).max(initial=0.0))
    step[~returning] *= min(1.0, FURTHEST / max(longest, 1e-300))
    return step, max(gain, GAIN * returning.any())


def _mended(matrix: Floats, secant: tuple[Floats, Floats] | None) -> Floats:
    """The matrix changed least so that the last step would have been foretold (BFGS)."""
    if secant is None:
        return matrix
    step, change = secant
    bent = matrix @ step
    along, real = float(step @ bent), float(step @ change)
    if along <= 0 or real <= 1e-3 * along or real > 1e3 * along:
        return matrix
    return matrix - np.outer(bent, bent) / along + np.outer(change, change) / real


def _walk[P: Place](
    criterion: Callable[[Floats, P | None], P], point: P, step: Floats, bounds: Bounds
) -> tuple[P | None, int]:
    """The first point along a step, halved as needed, that is lower; None where rounding hides any."""
    length = 1.0
    for tried in range(1, 12):
        at = bounds.snapped(point.at + length * step)
        try:
            found = criterion(at, point)
        except np.linalg.LinAlgError:
            length /= 4
            continue
        if found.value <= point.value + 1e-12 * abs(point.value):
            return found, tried
        length /= 3
    return None, tried
