"""Intervals of variances, by profile likelihood or by Wald's approximation on the scale of log variance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtri, ndtri

from andon.stats.mixed.descent import Bounds, Place, newton
from andon.stats.segments import Bools, Floats

TRIES = 12
NEAR = 0.04
"""A limit is found when the criterion there is within this of what it should be."""

VAGUE = 1.0
"""Standard error of a log variance from which Wald's interval says nothing: near zero the criterion is no parabola."""


@dataclass(frozen=True, slots=True, eq=False)
class Profile[P: Place]:
    """The criterion about its minimum; `ratios`, the variables that are variances, come first.

    unit: (point) -> what a ratio is multiplied by to give a variance.
    """

    criterion: Callable[[Floats, P | None], P]
    best: P
    bounds: Bounds
    names: tuple[str, ...]
    unit: Callable[[P], float]

    def intervals(self, level: float, quick: bool) -> dict[str, tuple[float, float]]:
        if not 0 < level < 1:
            raise ValueError(f"the level of an interval lies between 0 and 1, it is not {level}")
        return {name: self._interval(k, level, quick) for k, name in enumerate(self.names)}

    def _interval(self, k: int, level: float, quick: bool) -> tuple[float, float]:
        if np.isposinf(self.bounds.floor[k]):
            return 0.0, np.inf
        if quick and not self._on_zero[k] and self._reach(k) < VAGUE:
            return self._wald(k, level)
        rise = float(chdtri(1, 1 - level))
        return self._limit(k, rise, -1), self._limit(k, rise, 1)

    @property
    def _on_zero(self) -> Bools:
        found: Bools = self.best.at <= self.bounds.zero
        return found

    def _reach(self, k: int) -> float:
        """Standard error of a log variance."""
        free = ~self._on_zero
        free[k] = True
        unit = np.zeros(len(free))
        unit[k] = 1
        spread = -2 * newton(self.best.curvature[np.ix_(free, free)], unit[free])
        return float(np.sqrt(max(spread[int(free[:k].sum())], 0.0)))

    def _wald(self, k: int, level: float) -> tuple[float, float]:
        unit, reach = self.unit(self.best), float(ndtri(0.5 + level / 2)) * self._reach(k)
        high = float(unit * np.exp(min(self.best.at[k] + reach, self.bounds.most[k])))
        return (0.0 if self._on_zero[k] else float(unit * np.exp(self.best.at[k] - reach))), high

    def _limit(self, k: int, rise: float, side: int) -> float:
        """The variance on one side at which the criterion has risen by `rise`, 0 or infinite if it never does."""
        if side < 0 and self._may_be_zero(k, rise):
            return 0.0
        start = float(max(self.best.at[k], self.bounds.floor[k]))
        near, far = (0.0, 0.0), None
        distance, found = self._first_step(k, rise), np.nan
        for _ in range(TRIES):
            place = float(np.clip(start + side * distance, self.bounds.floor[k], self.bounds.most[k]))
            risen, found = self._risen(k, place)
            if abs(risen - rise) < NEAR:
                break
            if risen > rise:
                far = (distance, risen)
            elif place >= self.bounds.most[k]:
                return np.inf
            else:
                near = (distance, risen)
            distance = _next_distance(near, far, rise)
        return found

    def _may_be_zero(self, k: int, rise: float) -> bool:
        """Looked at only where the variance is not well known: elsewhere the criterion rises long before."""
        if self._on_zero[k] or self._reach(k) ** 2 * rise < 1:
            return bool(self._on_zero[k])
        return self._risen(k, float(self.bounds.zero[k]))[0] < rise

    def _first_step(self, k: int, rise: float) -> float:
        return 1.0 if self._on_zero[k] else float(np.clip(np.sqrt(rise) * self._reach(k), 0.01, 2.0))

    def _risen(self, k: int, place: float) -> tuple[float, float]:
        """How much the criterion has risen where variable k is at a place and the others follow, and the variance.

        The others go where the curvature says, and what they have not yet reached is taken off to second order.
        """
        at, free = self.best.at.copy(), ~self._on_zero
        free[k] = False
        at[k] = place
        matrix = self.best.curvature[np.ix_(free, free)]
        moved = newton(
            matrix, self.best.curvature[free, k] * (place - max(self.best.at[k], self.bounds.floor[k]))
        )
        at[free] += np.clip(moved, -1, 1)
        point = self.criterion(self.bounds.snapped(at), self.best)
        gradient = point.gradient[free]
        left = -float(gradient @ newton(point.curvature[np.ix_(free, free)], gradient)) / 2
        return point.value - left - self.best.value, self.unit(point) * float(np.exp(place))


def _next_distance(near: tuple[float, float], far: tuple[float, float] | None, rise: float) -> float:
    """From distances and what the criterion has risen there, whose root is nearly a straight line."""
    if far is None:
        return near[0] * float(np.clip(1.02 * np.sqrt(rise / max(near[1], 1e-300)), 1.1, 4.0))
    low, high, want = (float(np.sqrt(max(v, 0.0))) for v in (near[1], far[1], rise))
    share = float(np.clip((want - low) / max(high - low, 1e-300), 0.05, 0.95))
    return near[0] + (far[0] - near[0]) * share
