"""A slope with an error that allows for everything a unit has in common with itself over time."""

from __future__ import annotations

import math
from dataclasses import dataclass

from andon.stats.linked import correlating as cor
from andon.stats.segments import Floats


@dataclass(frozen=True, slots=True)
class Slope:
    """Of one swept measure on another; error by units (jackknife), `groups` units that say something."""

    slope: float
    error: float
    groups: int
    r: float
    scale: float
    """r is the slope times this."""

    def interval(self) -> tuple[float, float]:
        wide = cor.reach(self.groups - 1) * self.error
        return self.slope - wide, self.slope + wide

    def r_interval(self) -> tuple[float, float]:
        """Of r, on Fisher's scale, so that it stays within −1 and 1."""
        if not math.isfinite(self.error) or abs(self.r) >= 1:
            return (self.r, self.r) if abs(self.r) >= 1 else (math.nan, math.nan)
        wide = cor.reach(self.groups - 1) * self.error * self.scale / math.sqrt(1 - self.r**2)
        return math.tanh(math.atanh(self.r) - wide), math.tanh(math.atanh(self.r) + wide)

    def p(self) -> float:
        return cor.p_of_t(self.slope / self.error, self.groups - 1) if self.error > 0 else math.nan


def clustered(x: Floats, y: Floats) -> Slope:
    """Slope of y on x, both (U, T), swept, 0 outside the cells; rows are clusters.

    The error is the cluster jackknife (CR3: Bell and McCaffrey 2002; MacKinnon, Nielsen and Webb 2023), which keeps
    its promise with few units, where the usual sandwich is too small: where no cell is missing, it is that of refitting
    without each unit in turn, effects of periods included. Its degrees of freedom are the units less one.
    """
    own = (x * x).sum(axis=1)
    total = float(own.sum())
    whole = float((y * y).sum())
    slope = float((x * y).sum()) / total
    scores = (x * (y - slope * x)).sum(axis=1)
    speak = own > 1e-14 * total
    groups = int(speak.sum())
    lever = own[speak] / total + 1 / max(
        groups, 1
    )  # a unit's own pull on the slope, and on effects of periods
    if groups < 3 or float(lever.max()) > 1 - 1e-9:
        return Slope(
            slope, math.inf, groups, cor.correlation(x, y), math.sqrt(total / whole) if whole else 0.0
        )
    spread = float(((scores[speak] / (1 - lever)) ** 2).sum()) * (groups - 1) / groups
    return Slope(
        slope,
        math.sqrt(spread) / total,
        groups,
        cor.correlation(x, y),
        math.sqrt(total / whole) if whole else 0.0,
    )
