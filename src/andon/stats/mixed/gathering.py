"""Between cells and the vectors of a layout, and the terms that every criterion shares."""

from __future__ import annotations

import numpy as np

from andon.stats.mixed.factor import Factor
from andon.stats.mixed.inverse import Inverse
from andon.stats.mixed.layout import Layout
from andon.stats.mixed.tally import tally
from andon.stats.segments import Floats


def gathered(layout: Layout, cells: Floats) -> Floats:
    """[Z X]' times a number a cell, as one vector."""
    parts = []
    if layout.leaf:
        parts.append(tally(layout.leaf.codes, cells, layout.leaf.size))
    if layout.stem:
        rows = [tally(row, cells, layout.stem.size) for row in layout.stem.rows]
        parts.append(np.sum(rows, axis=0))
    low = np.zeros(layout.random)
    for column in layout.columns:
        low += tally(column, cells, layout.random)
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
) -> tuple[Floats, Floats, Floats, Floats]:
    """u / tau, u'u / (tau sigma^2), the average information, and du / dlog tau; a row or number a grouping.

    Average information (Gilmour, Thompson and Cullis 1995) of log tau needs one solve a grouping.
    """
    layout = factor.layout
    forces = np.zeros((len(layout.names), layout.length))
    for row, name in zip(forces, layout.names, strict=True):
        row[layout.places[name]] = layout.levels(solution, name) / tau[name]
    slopes = np.array([factor.solve(row, fixed) for row in forces])
    drop = forces @ solution / residual
    information = np.diag(drop) - forces @ slopes.T / residual
    return forces, drop, information, slopes
