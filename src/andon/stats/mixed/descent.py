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

from andon.stats.mixed.factor import Factor
from andon.stats.segments import Bools, Floats

FURTHEST = 3.0
"""Largest step in a log variance ratio."""
GAIN = 1e-8
"""A step that promises to lower the criterion by less than this is not taken."""
CONVERGED = 1e-5
"""The same, of a point that counts as the minimum."""
HOPELESS = -4.0
"""A Newton step in a log ratio as low as this means that the criterion falls all the way to zero: go there."""
SHORT = 0.7
"""Steps no longer than this are near enough to a quadratic for their secant to mend the curvature."""
FLAT = 1e-9
"""Less curvature than this is none: rounding in a gradient must not promise anything."""
MOST = 100


class Place(Protocol):
    """What the criterion tells of one point."""

    @property
    def at(self) -> Floats: ...
    @property
    def value(self) -> float: ...
    @property
    def gradient(self) -> Floats: ...
    @property
    def curvature(self) -> Floats: ...
    @property
    def factor(self) -> Factor: ...
    @property
    def solution(self) -> Floats: ...
    @property
    def residual(self) -> float: ...


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """By variable: what stands for a variance of zero, the floor under which a ratio is put there, and the most.

    Coefficients have -inf, -inf and inf. A floor of inf keeps a ratio on zero. slack: how far below nought a gradient
    on zero may be, which is rounding, or not worth leaving.
    """

    zero: Floats
    floor: Floats
    most: Floats
    slack: Floats

    def snapped(self, at: Floats) -> Floats:
        return np.minimum(np.where(at < self.floor, self.zero, at), self.most)

    def held(self, at: Floats, gradient: Floats) -> Bools:
        """Which are on a bound and stay there."""
        below = (at <= self.zero) & ((gradient >= -self.slack) | np.isinf(self.floor))
        found: Bools = below | ((at >= self.most) & (gradient <= 0))
        return found

    def with_coefficients(self, count: int) -> Bounds:
        free = np.full(count, np.inf)
        ends = (np.append(self.zero, -free), np.append(self.floor, -free), np.append(self.most, free))
        return Bounds(*ends, np.append(self.slack, np.zeros(count)))


@dataclass(frozen=True, slots=True, eq=False)
class Minimum[P: Place]:
    """The last point, with the gradient of what is not held on a bound; `gain`: what a further step would promise."""

    point: P
    gradient: Floats
    gain: float
    iterations: int

    @property
    def converged(self) -> bool:
        return self.gain <= CONVERGED


def minimise[P: Place](
    criterion: Callable[[Floats, P | None], P], start: Floats, bounds: Bounds
) -> Minimum[P]:
    """Raises numpy.linalg.LinAlgError when the criterion cannot be computed at the start."""
    point = criterion(start, None)
    secant: tuple[Floats, Floats] | None = None
    rounds = 1
    step, gain = promising(point, secant, bounds)
    while gain >= GAIN and rounds < MOST:
        found, tried = _walk(criterion, point, step, bounds)
        rounds += tried
        if found is None:
            break
        secant = (found.at - point.at, found.gradient - point.gradient)
        point = found
        step, gain = promising(point, secant, bounds)
    gradient = np.where(bounds.held(point.at, point.gradient), 0.0, point.gradient)
    return Minimum(point, gradient, gain, rounds)


def promising(point: Place, secant: tuple[Floats, Floats] | None, bounds: Bounds) -> tuple[Floats, float]:
    """A step from the point, and by how much a quadratic says that it lowers the criterion (twice)."""
    free = ~bounds.held(point.at, point.gradient)
    returning = free & (point.at <= bounds.zero)
    matrix = _mended(point.curvature, secant)
    newtons = _newton_of(free, matrix, point.gradient)
    gain = -float(point.gradient @ newtons)
    ratio = np.isfinite(bounds.zero)
    far = free & ratio & (np.abs(newtons) > FURTHEST)
    # What the others do must not follow from a step that is not taken.
    newtons = np.where(far, newtons, _newton_of(free & ~far, matrix, point.gradient))
    dropping = free & ~returning & ratio & (newtons < HOPELESS)
    step = np.where(ratio, np.clip(newtons, -FURTHEST, FURTHEST), newtons)
    step[dropping] = bounds.zero[dropping] - point.at[dropping]
    step[returning] = _away_from_zero(point, bounds)[returning]
    return step, max(gain, 10 * CONVERGED * returning.any())


def _newton_of(some: Bools, matrix: Floats, gradient: Floats) -> Floats:
    """Newton's step of some of the variables, the others staying."""
    out = np.zeros(len(some))
    out[some] = newton(matrix[np.ix_(some, some)], gradient[some])
    return out


def _away_from_zero(point: Place, bounds: Bounds) -> Floats:
    """Steps to where a quadratic in the ratios themselves has its minimum, at least beyond the floor."""
    fall, bend = np.maximum(-point.gradient, 1e-300), np.maximum(np.diagonal(point.curvature), 1e-300)
    with np.errstate(invalid="ignore"):
        place = np.clip(bounds.zero + np.log(fall / bend), bounds.floor + 1, bounds.most)
    return place - point.at


def newton(matrix: Floats, gradient: Floats) -> Floats:
    """Minus matrix^-1 gradient, a matrix that is not positive definite bent until it is."""
    if not len(gradient):
        return gradient
    scale = np.sqrt(np.maximum(np.abs(np.diagonal(matrix)), FLAT + 1e-12 * np.abs(matrix).max()))
    values, vectors = np.linalg.eigh(matrix / np.outer(scale, scale))
    turned = vectors.T @ (gradient / scale)
    found: Floats = -(vectors @ (turned / np.maximum(np.abs(values), 1e-6))) / scale
    return found


def _mended(matrix: Floats, secant: tuple[Floats, Floats] | None) -> Floats:
    """The matrix changed least so that the last step would have been foretold (BFGS)."""
    if secant is None:
        return matrix
    step, change = secant
    if np.abs(step).max() > SHORT:
        return matrix
    bent = matrix @ step
    along, real = float(step @ bent), float(step @ change)
    if along <= 0 or real <= 1e-3 * along or real > 1e3 * along:
        return matrix
    return matrix - np.outer(bent, bent) / along + np.outer(change, change) / real


def _walk[P: Place](
    criterion: Callable[[Floats, P | None], P], point: P, step: Floats, bounds: Bounds
) -> tuple[P | None, int]:
    """The first point along a step, shortened as needed, that is lower; None where rounding hides any."""
    for tried in range(12):
        at = bounds.snapped(point.at + step / 3**tried)
        try:
            found = criterion(at, point)
        except np.linalg.LinAlgError:
            continue
        if found.value <= point.value + 1e-12 * abs(point.value):
            return found, tried + 1
    return None, 12
