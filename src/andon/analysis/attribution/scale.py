"""The scale of the model and that of the outcome: logit, logarithm, or the outcome itself."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import expit

from andon.analysis.attribution.spec import Floats
from andon.lake.factors import FactorCells

FAR = 40.0  # nothing that is estimated lies so far out on a logit or log scale
NODES = 9
WIDE = 2.0  # logarithm of the most that people are taken to be further apart, or closer, than on average
LEAST = 1e-12  # variance within cells, at least: cases that are all alike tell a lot, not everything

Family = Literal["gaussian", "binomial", "poisson"]


@dataclass(frozen=True, slots=True)
class Scale:
    """From a linear predictor to the outcome and back. `up` is +1 where more is better, -1 where less is."""

    family: Family
    shift: float
    scale: float
    up: int

    def mean(self, predictor: Floats) -> Floats:
        """Expected outcome, in the units of the cells."""
        if self.family == "binomial":
            out: Floats = expit(predictor)
            return out
        return np.exp(np.clip(predictor, -700, FAR)) if self.family == "poisson" else np.asarray(predictor)

    def slope(self, predictor: Floats) -> Floats:
        """Derivative of `mean`, which is the variance of a case too where the link is canonical."""
        if self.family == "gaussian":
            return np.ones_like(np.asarray(predictor))
        mean = self.mean(predictor)
        return mean * (1 - mean) if self.family == "binomial" else mean

    def shown(self, value: Floats) -> Floats:
        """From the units of the cells to those of the user."""
        return np.asarray(value * self.scale + self.shift, np.float64)

    def inside(self, value: float) -> float:
        """From the user's units to those of the cells."""
        return (value - self.shift) / self.scale

    def weight(self, predictor: Floats, n: Floats, residual: float) -> Floats:
        """What the cases of each cell tell of its predictor, as an inverse variance."""
        return n / max(residual, LEAST) if self.family == "gaussian" else n * self.slope(predictor)

    def surplus(self, predictor: Floats, n: Floats, total: Floats, residual: float) -> Floats:
        """Outcome beyond the expected, in the same units: surplus / weight is a step on the predictor."""
        beyond = total - n * self.mean(predictor)
        return beyond / max(residual, LEAST) if self.family == "gaussian" else beyond


def scale_of(cells: FactorCells, good: str) -> Scale:
    families: dict[str, Family] = {"proportion": "binomial", "value": "gaussian", "count": "poisson"}
    return Scale(families[cells.kind], cells.shift, cells.scale, 1 if good == "high" else -1)


class Mix:
    """The reference mix: predictors of the process alone over all cases, as a histogram, blurred by `spread`.

    `spread` is the standard deviation of what differs from one mechanism and week to the next for the same person;
    those of other mechanisms and weeks to come are not known, so the mix is averaged over them. `stretch`: how much
    further apart people are, as a rate, where the predictor is one higher.
    """

    BINS, GRID = 400, 1001

    def __init__(
        self, predictor: Floats, n: Floats, scale: Scale, spread: float, stretch: float = 0.0
    ) -> None:
        self.scale, self.spread, self.stretch = scale, spread, stretch
        self.centre, self.widest = float(np.average(predictor, weights=n)), 1.0
        low, high = float(predictor.min()), float(predictor.max())
        width = (high - low) / self.BINS or 1.0
        place = np.minimum(((predictor - low) / width).astype(np.int64), self.BINS - 1)
        weight = np.bincount(place, n, self.BINS)
        centre = np.bincount(place, n * predictor, self.BINS)
        some = weight > 0
        at, share = centre[some] / weight[some], weight[some] / weight.sum()
        nodes, chance = np.polynomial.hermite_e.hermegauss(NODES if spread > 0 else 1)
        self.at = (at[:, None] + spread * nodes).ravel()
        self.share = (share[:, None] * (chance / chance.sum())).ravel()
        self.widest = float(self.stretched(at) @ share)
        self.wide = np.repeat(self.stretched(at), len(nodes))

    def stretched(self, predictor: Floats) -> Floats:
        """How much an effect weighs where the process has this predictor: 1 on average over the mix."""
        out: Floats = np.exp(np.clip(self.stretch * (predictor - self.centre), -WIDE, WIDE)) / self.widest
        return out

    def _mean(self, effect: float) -> float:
        return float(self.scale.mean(self.at + self.wide * effect) @ self.share)

    def reached(self, effect: Floats) -> Floats:
        """Mean outcome over the mix of somebody with each effect, user's units, (K,)."""
        if self.scale.family == "gaussian":
            return self.scale.shown(float(self.at @ self.share) + np.asarray(effect, np.float64))
        wanted = np.clip(np.asarray(effect, np.float64), -FAR, FAR)
        grid = np.linspace(np.min(wanted, initial=0.0), np.max(wanted, initial=0.0), self.GRID)
        found = np.array([self._mean(float(u)) for u in grid])
        return self.scale.shown(np.interp(wanted, grid, found))

    def effect_of(self, outcome: float) -> float:
        """The effect with which somebody reaches just this on the mix; far out where nobody could."""
        wanted = self.scale.inside(outcome)
        if self.scale.family == "gaussian":
            return wanted - float(self.at @ self.share)
        low, high = -FAR, FAR
        for _ in range(80):
            middle = (low + high) / 2
            below = self._mean(middle) < wanted
            low, high = (middle, high) if below else (low, middle)
        return (low + high) / 2
