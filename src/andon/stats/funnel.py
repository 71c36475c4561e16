"""Funnel plots: what teams or sites reached against how many cases they had (Spiegelhalter 2005).

For teams and sites, never for persons: a funnel does not take out the mix of work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from andon.stats.funnel_scales import SCALES, Scale
from andon.stats.segments import Bools, Floats

_GRID = 100
_OVERDISPERSION = ("additive", "multiplicative", "none")


@dataclass(frozen=True, slots=True, eq=False)
class Funnel:
    """N units, L levels of limits, K sizes on which limits are drawn.

    value, n: (N,), proportion, rate or mean of each unit, and its cases or exposure; NaN where unknown.
    z: (N,), distance from the target in standard errors of chance alone; above 0 is above the target.
    adjusted: (N,), the same with over-dispersion allowed for: limits judge by this one.
    target: the centre line.   levels: (L,), such as .95 and .998.   at: (K,), sizes, rising.
    lower, upper: (L, K), limits at those sizes.   beyond: bool (L, N), unit outside the limits of a level.
    flagged: bool (N,), outside the widest limits.
    phi: how many times wider than chance units scatter, as variance, extreme ones drawn in; never below 1.
    tau: standard deviation between units on the scale z is reckoned on (see `funnel`); 0 unless additive.
    """

    value: Floats
    n: Floats
    z: Floats
    adjusted: Floats
    target: float
    levels: Floats
    at: Floats
    lower: Floats
    upper: Floats
    beyond: Bools
    flagged: Bools
    phi: float
    tau: float


def funnel(
    kind: str,
    y: ArrayLike,
    n: ArrayLike,
    *,
    target: float | None = None,
    deviation: ArrayLike | None = None,
    overdispersion: str = "additive",
    winsorise: float = 0.1,
    levels: Sequence[float] = (0.95, 0.998),
    at: ArrayLike | None = None,
) -> Funnel:
    """Funnel of units with sizes n (N,).

    kind "proportion": y of n cases; z is on the arcsine of the square root.   "rate": y events in an exposure of n;
    z is on the square root.   "value": y is the unit's mean over n cases, `deviation` (one, or (N,)) that of a case.
    target: the centre; by default what all units reach together.
    overdispersion: "additive" adds a variance between units, "multiplicative" widens all limits alike, "none".
    It is estimated from z with the most extreme share `winsorise` at either end drawn in to the next ones.
    at: sizes for the limits; by default 100 from the smallest unit to the largest.
    Units without a usable number get NaN and no flag. ValueError only for options.
    """
    _check(kind, overdispersion, winsorise, levels)
    scale = SCALES[kind](np.asarray(y, np.float64), np.asarray(n, np.float64), deviation)
    centre = scale.pooled() if target is None else float(target)
    error = scale.errors()
    z = (scale.position() - scale.to(centre)) / error
    spread = _Spread(*_scatter(z, error, winsorise, overdispersion), overdispersion)
    sizes = _sizes(scale.n) if at is None else np.asarray(at, np.float64).ravel()
    return _judged(scale, centre, z, spread, np.asarray(levels, np.float64), sizes)


@dataclass(frozen=True, slots=True)
class _Spread:
    """How much more units scatter than by chance, and in which of the ways of `_OVERDISPERSION`."""

    phi: float
    tau: float
    way: str

    def widen(self, error: Floats) -> Floats:
        if self.way == "multiplicative":
            return np.asarray(error * np.sqrt(self.phi))
        return np.asarray(np.hypot(error, self.tau))


def _judged(scale: Scale, centre: float, z: Floats, spread: _Spread, levels: Floats, sizes: Floats) -> Funnel:
    half = ndtri((1 + levels) / 2)[:, None]
    middle, width = scale.to(centre), half * spread.widen(scale.error(sizes))
    error = scale.errors()
    adjusted = z * error / spread.widen(error)
    with np.errstate(invalid="ignore"):
        beyond = np.abs(adjusted) > half
    return Funnel(
        value=scale.value, n=scale.n, z=z, adjusted=adjusted, target=centre, levels=levels, at=sizes,
        lower=scale.back(middle - width), upper=scale.back(middle + width), beyond=beyond,
        flagged=beyond[int(np.argmax(levels))], phi=spread.phi, tau=spread.tau,
    )  # fmt: skip


def _check(kind: str, overdispersion: str, winsorise: float, levels: Sequence[float]) -> None:
    if kind not in SCALES:
        raise ValueError(f"kind must be one of {', '.join(SCALES)}, not {kind!r}")
    if overdispersion not in _OVERDISPERSION:
        raise ValueError(
            f"overdispersion must be one of {', '.join(_OVERDISPERSION)}, not {overdispersion!r}"
        )
    if not 0 <= winsorise < 0.5:
        raise ValueError("winsorise must be 0 or more and below 0.5")
    if not levels or not all(0 < level < 1 for level in levels):
        raise ValueError("levels must lie between 0 and 1")


def _scatter(z: Floats, error: Floats, winsorise: float, overdispersion: str) -> tuple[float, float]:
    """phi and tau of Spiegelhalter 2005 (Statistics in Medicine 24, 1185); 1 and 0 where chance explains it all."""
    known = np.isfinite(z) & np.isfinite(error) & (error > 0)
    units = int(known.sum())
    if overdispersion == "none" or units < 2:
        return 1.0, 0.0
    low, high = np.quantile(z[known], (winsorise, 1 - winsorise))
    phi = float(np.mean(np.clip(z[known], low, high) ** 2))
    weight = error[known] ** -2.0
    room = weight.sum() - (weight**2).sum() / weight.sum()
    if overdispersion == "multiplicative" or room <= 0:
        return max(phi, 1.0), 0.0
    return max(phi, 1.0), float(np.sqrt(max(0.0, units * phi - (units - 1)) / room))


def _sizes(n: Floats) -> Floats:
    """Sizes for drawing, closer together where limits bend most."""
    known = n[np.isfinite(n)]
    if known.size == 0:
        return np.empty(0)
    return np.linspace(np.sqrt(known.min()), np.sqrt(known.max()), _GRID) ** 2
