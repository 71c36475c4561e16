"""Restricted and full likelihood of a gaussian model at given variance ratios, with their exact gradient."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from andon.stats.mixed.design import Method
from andon.stats.mixed.factor import Factor
from andon.stats.mixed.inverse import Inverse
from andon.stats.mixed.layout import Layout
from andon.stats.mixed.sums import Sums, sums_of
from andon.stats.segments import Floats


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
    slopes: Floats


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
        left = max(self.squares - float(self.right @ solution), 0.0)
        freedom = self.cases - (self.fixed if self.method == "reml" else 0)
        residual = left / freedom
        restricted = self.method == "reml"
        value = factor.log_determinant(restricted) + freedom * (1 + np.log(2 * np.pi * residual))
        value += sum(self.layout.sizes[name] * np.log(tau[name]) for name in self.layout.names)
        drop, curvature, slopes = effects_terms(factor, solution, tau, residual)
        gradient = spread_terms(factor, Inverse(factor, restricted), tau) - drop
        curvature = curvature - np.outer(drop, drop) / freedom
        return Point(at, value, gradient, curvature, factor, solution, residual, slopes)


def gathered(layout: Layout, cells: Floats) -> Floats:
    """[Z X]' times a number a cell, as one vector."""
    parts = []
    if layout.leaf:
        parts.append(np.bincount(layout.leaf.codes, cells, layout.leaf.size))
    if layout.stem:
        rows = [np.bincount(row, cells, layout.stem.size) for row in layout.stem.rows]
        parts.append(np.sum(rows, axis=0))
    low = np.zeros(layout.random)
    for column in layout.columns:
        low += np.bincount(column, cells, layout.random)
    return np.concatenate([*parts, low, layout.x.T @ cells])


def spread_out(layout: Layout, vector: Floats) -> Floats:
    """Z times the random part of a vector, a number a cell."""
    out = np.zeros(len(layout.x))
    start = 0
    if layout.leaf:
        out += vector[layout.leaf.codes]
        start = layout.leaf.size
    if layout.stem:
        for row in layout.stem.rows:
            out += vector[start + row]
    for column in layout.columns:
        out += vector[layout.below + column]
    return out


def spread_terms(factor: Factor, inverse: Inverse, tau: dict[str, float]) -> Floats:
    """q - tr(H^-1) / tau of each grouping."""
    layout, diagonal = factor.layout, inverse.diagonal()
    return np.array(
        [layout.sizes[name] - float(layout.levels(diagonal, name).sum()) / tau[name] for name in layout.names]
    )


def effects_terms(
    factor: Factor, solution: Floats, tau: dict[str, float], residual: float, fixed: bool = True
) -> tuple[Floats, Floats, Floats]:
    """u'u / (tau sigma^2) of each grouping, the average information, and du / dlog tau (one row each).

    Average information (Gilmour, Thompson and Cullis 1995) of log tau needs one solve a grouping.
    """
    layout = factor.layout
    forces = np.zeros((len(layout.names), layout.length))
    for row, name in zip(forces, layout.names, strict=True):
        row[layout.places[name]] = layout.levels(solution, name) / tau[name]
    slopes = np.array([factor.solve(row, fixed) for row in forces])
    drop = forces @ solution / residual
    information = np.diag(drop) - forces @ slopes.T / residual
    return drop, information, slopes
