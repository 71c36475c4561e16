"""Restricted and full likelihood of a gaussian model at given variance ratios, with their exact gradient."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from andon.stats.mixed.design import Method
from andon.stats.mixed.factor import Factor
from andon.stats.mixed.gathering import effects_terms, gathered, spread_terms
from andon.stats.mixed.inverse import Inverse
from andon.stats.mixed.layout import Layout
from andon.stats.mixed.sums import Sums, sums_of
from andon.stats.segments import Floats

NOTHING = 1e-13
"""A residual variance in units of the outcome's, that is nothing but rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """A criterion at one place: its value, gradient, a matrix like its second derivative, and what was solved."""

    at: Floats
    value: float
    gradient: Floats
    curvature: Floats
    factor: Factor
    solution: Floats
    residual: float


class Gaussian:
    """The criterion as a function of log tau, tau = variance / residual variance."""

    def __init__(self, layout: Layout, n: Floats, total: Floats, squares: float, method: Method) -> None:
        """`total` about the mean outcome, `squares` the sum of squares about it."""
        self.layout, self.method, self.squares = layout, method, squares
        self.sums: Sums = sums_of(layout, n)
        self.right = gathered(layout, total)
        self.cases = float(n.sum())
        self.fixed = layout.x.shape[1]

    def __call__(self, at: Floats, near: Point | None = None) -> Point:
        tau = dict(zip(self.layout.names, np.exp(at).tolist(), strict=True))
        factor = Factor(self.layout, self.sums, tau)
        solution = factor.solve(self.right)
        left = max(self.squares - float(self.right @ solution), NOTHING * self.cases)
        freedom = self.cases - (self.fixed if self.method == "reml" else 0)
        residual = left / freedom
        restricted = self.method == "reml"
        value = factor.log_determinant(restricted) + freedom * (1 + np.log(2 * np.pi * residual))
        value += sum(self.layout.sizes[name] * np.log(tau[name]) for name in self.layout.names)
        _, drop, curvature, _ = effects_terms(factor, solution, tau, residual)
        gradient = spread_terms(factor, Inverse(factor, restricted), tau) - drop
        curvature = curvature - np.outer(drop, drop) / freedom
        return Point(at, value, gradient, curvature, factor, solution, residual)
