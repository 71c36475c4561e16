"""Binomial and Poisson cells with their canonical links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.special import expit, gammaln, logit

from andon.stats.segments import Floats

FARTHEST = 30.0
"""Linear predictors are cut off here: beyond, a probability is 1 to working precision."""


class Law(Protocol):
    """What a cell's outcome follows, as functions of the linear predictor (M,)."""

    @property
    def residual(self) -> float:
        """What stands for a residual variance on the scale of the linear predictor."""

    @property
    def centre(self) -> float:
        """The linear predictor where all cells are alike."""

    def deviance(self, eta: Floats) -> float:
        """-2 log likelihood of all cells."""

    def moments(self, eta: Floats) -> tuple[Floats, Floats, Floats]:
        """total less its mean, its variance, and the change of that variance with eta; (M,) each."""


@dataclass(frozen=True, slots=True, eq=False)
class Binomial:
    n: Floats
    total: Floats

    @property
    def residual(self) -> float:
        return float(np.pi**2 / 3)

    @property
    def centre(self) -> float:
        cases = float(self.n.sum())
        return float(logit(np.clip(self.total.sum() / cases, 0.5 / (cases + 1), 1 - 0.5 / (cases + 1))))

    def deviance(self, eta: Floats) -> float:
        return -2 * float(self.total @ eta - self.n @ np.logaddexp(0, eta))

    def moments(self, eta: Floats) -> tuple[Floats, Floats, Floats]:
        chance = expit(np.clip(eta, -FARTHEST, FARTHEST))
        weight = self.n * chance * (1 - chance)
        return self.total - self.n * chance, weight, weight * (1 - 2 * chance)


@dataclass(frozen=True, slots=True, eq=False)
class Poisson:
    n: Floats
    total: Floats

    @property
    def residual(self) -> float:
        return float(np.log1p(1 / np.exp(self.centre)))

    @property
    def centre(self) -> float:
        return float(np.log(max(self.total.sum(), 0.5) / self.n.sum()))

    def deviance(self, eta: Floats) -> float:
        with np.errstate(over="ignore"):
            mean = self.n * np.exp(eta)
        constant = self.total @ np.log(self.n) - gammaln(self.total + 1).sum()
        return -2 * float(self.total @ eta - mean.sum() + constant)

    def moments(self, eta: Floats) -> tuple[Floats, Floats, Floats]:
        mean = self.n * np.exp(np.clip(eta, self.centre - FARTHEST, self.centre + FARTHEST))
        return self.total - mean, mean, mean
