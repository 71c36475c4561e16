"""Scales on which the scatter of a proportion, rate or mean depends on the number of cases only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from andon.stats.segments import Bools, Floats


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """Units (N,): their value and size, NaN where unusable; and the way to the scale and back."""

    value: Floats
    n: Floats

    def pooled(self) -> float:
        """What all units reach together; NaN without any."""
        known = np.isfinite(self.value)
        return float(np.average(self.value[known], weights=self.n[known])) if known.any() else float("nan")

    def position(self) -> Floats:
        return self.to(self.value)

    def to(self, value: ArrayLike) -> Floats:
        return np.asarray(value, np.float64)

    def back(self, position: Floats) -> Floats:
        return position

    def errors(self) -> Floats:
        """Standard error by chance of each unit, on the scale."""
        return self.error(self.n)

    def error(self, n: Floats) -> Floats:
        """Standard error by chance of a usual unit of size n, on the scale."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(n > 0, 0.5 / np.sqrt(n), np.nan)


class Proportion(Scale):
    def to(self, value: ArrayLike) -> Floats:
        return np.arcsin(np.sqrt(np.clip(value, 0.0, 1.0)))

    def back(self, position: Floats) -> Floats:
        return np.sin(np.clip(position, 0.0, np.pi / 2)) ** 2


class Rate(Scale):
    def to(self, value: ArrayLike) -> Floats:
        return np.sqrt(np.maximum(value, 0.0))

    def back(self, position: Floats) -> Floats:
        return np.maximum(position, 0.0) ** 2


@dataclass(frozen=True, slots=True, eq=False)
class Mean(Scale):
    """Means; `deviation` (N,) is the standard deviation of a case in each unit."""

    deviation: Floats

    def errors(self) -> Floats:
        return self.deviation / np.sqrt(self.n)

    def error(self, n: Floats) -> Floats:
        known = np.isfinite(self.value)
        if not known.any():
            return np.full(n.shape, np.nan)
        usual = np.sqrt(np.average(self.deviation[known] ** 2, weights=self.n[known]))
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(n > 0, usual / np.sqrt(n), np.nan)


def _blank(values: Floats, usable: Bools) -> Floats:
    return np.where(usable, values, np.nan)


def proportion(y: Floats, n: Floats, deviation: ArrayLike | None) -> Scale:
    usable = (n > 0) & np.isfinite(n) & (y >= 0) & (y <= n)
    return Proportion(_blank(y, usable) / _blank(n, usable), _blank(n, usable))


def rate(y: Floats, n: Floats, deviation: ArrayLike | None) -> Scale:
    usable = (n > 0) & np.isfinite(n) & (y >= 0) & np.isfinite(y)
    return Rate(_blank(y, usable) / _blank(n, usable), _blank(n, usable))


def mean(y: Floats, n: Floats, deviation: ArrayLike | None) -> Scale:
    if deviation is None:
        raise ValueError('kind "value" must be given a deviation: the standard deviation of a case')
    spread = np.broadcast_to(np.asarray(deviation, np.float64), y.shape)
    usable = (n > 0) & np.isfinite(n) & np.isfinite(y) & (spread > 0) & np.isfinite(spread)
    return Mean(_blank(y, usable), _blank(n, usable), _blank(spread, usable))


SCALES = {"proportion": proportion, "rate": rate, "value": mean}
