"""Fit a mixed model: check, choose the layers, minimise, and say what was found."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from andon.stats.mixed.covariates import Columns, standardised
from andon.stats.mixed.descent import Bounds, minimise
from andon.stats.mixed.design import Design, Family, Grouping, Method, checked
from andon.stats.mixed.fitted import Fit
from andon.stats.mixed.gaussian import Gaussian
from andon.stats.mixed.intervals import wald
from andon.stats.mixed.inverse import Inverse
from andon.stats.mixed.layout import Layout, layout_of
from andon.stats.mixed.notes import notes_of
from andon.stats.mixed.solution import Solution, used_levels
from andon.stats.segments import Floats, Ints

MATTERS = 1e-3
"""Variance ratio times the largest weight of a level, below which its effects make no difference."""
ZERO = 1e-9
"""The same, of what stands for a variance of zero."""


def fit(
    design: Design,
    family: Family = "gaussian",
    *,
    method: Method = "reml",
    start: Mapping[str, float] | None = None,
) -> Fit:
    """Fit random intercepts for every grouping and coefficients for every covariate.

    `start` gives variances to begin from, by grouping, such as those of an earlier fit. `method` matters to gaussian
    models alone; the others maximise the likelihood by Laplace's approximation.

    Raises ValueError, with a sentence, when there is nothing to fit or the groupings cross too widely.
    """
    cells = checked(design, family)
    groupings, used = used_levels(cells.groupings)
    columns = standardised(cells.fixed, cells.n)
    layout = layout_of(groupings, columns.x)
    if family == "gaussian":
        return _gaussian(cells, layout, groupings, used, columns, method, start)
    raise ValueError(f"family {family} is not known: gaussian, binomial or poisson")


def _gaussian(
    cells: Design,
    layout: Layout,
    groupings: Mapping[str, Grouping],
    used: dict[str, Ints],
    columns: Columns,
    method: Method,
    start: Mapping[str, float] | None,
) -> Fit:
    n, total = cells.n, cells.total
    assert cells.squares is not None
    mean = float(total.sum() / n.sum())
    about = total - n * mean
    squares = float((cells.squares - total**2 / n).clip(0).sum() + (about**2 / n).sum())
    scale = float(np.sqrt(squares / n.sum()))
    criterion = Gaussian(layout, n, about / scale, squares / scale**2, method)
    heaviest = {name: float(np.bincount(g.codes, n).max()) for name, g in groupings.items()}
    bounds = _bounds(layout, heaviest)
    ratios = _moments(groupings, n, about / scale, squares / scale**2)
    best = minimise(
        criterion, np.maximum(np.log([ratios[name] for name in layout.names]), bounds.floor), bounds
    )
    point = best.point
    residual = point.residual * scale**2
    freedom = criterion.cases - (criterion.fixed if method == "reml" else 0)
    value = point.value + 2 * freedom * np.log(scale) + (2 * columns.log_scale if method == "reml" else 0.0)
    variances = {
        name: 0.0 if at <= zero else float(np.exp(at)) * residual
        for name, at, zero in zip(layout.names, point.at, bounds.zero, strict=True)
    }
    diagonal = Inverse(point.factor, True).diagonal()
    solution = Solution(
        point.factor, used, columns.back, residual, variances, diagonal, wald(best, layout, residual, bounds)
    )
    effects = {}
    for name, (_, levels) in cells.groupings.items():
        effects[name] = np.zeros(levels)
        if variances[name] > 0:
            effects[name][used[name]] = layout.levels(point.solution, name) * scale
    fixed = columns.back @ point.solution[layout.below + layout.random :] * scale
    fixed[0] += mean
    aliased = tuple(name for name, kept in zip(cells.fixed_names, columns.kept, strict=True) if not kept)
    return Fit(
        family="gaussian",
        method=method,
        variances=variances,
        residual=residual,
        fixed=fixed,
        fixed_names=("(intercept)", *cells.fixed_names),
        fixed_covariance=solution.fixed_covariance(),
        aliased=aliased,
        effects=effects,
        pev={name: solution.spread(name, g.levels) for name, g in cells.groupings.items()},
        criterion=float(value),
        parameters=len(variances) + layout.x.shape[1] + 1,
        gradient=best.gradient,
        gradient_norm=float(np.linalg.norm(best.gradient)),
        converged=best.converged,
        iterations=best.iterations,
        cases=criterion.cases,
        cells=len(n),
        notes=notes_of(variances, aliased, groupings, best.converged),
        solution=solution,
    )


def _bounds(layout: Layout, heaviest: Mapping[str, float]) -> Bounds:
    weight = np.array([heaviest[name] for name in layout.names])
    floor = np.log(MATTERS / weight)
    floor[[layout.sizes[name] == 1 for name in layout.names]] = np.inf
    return Bounds(np.log(ZERO / weight), floor)


def _moments(groupings: Mapping[str, Grouping], n: Floats, about: Floats, squares: float) -> dict[str, float]:
    """Rough ratios of variances to begin with: spread of means of levels beyond what chance gives."""
    cases, residual = float(n.sum()), squares / float(n.sum())
    out = {}
    for name, (codes, levels) in groupings.items():
        size, total = np.bincount(codes, n, levels), np.bincount(codes, about, levels)
        between = float((total**2 / size).sum()) - (levels - 1) * residual
        room = cases - float(size @ size) / cases
        ratio = between / max(room, 1e-9) / residual if residual > 0 else 1.0
        out[name] = min(max(ratio, 0.02), 4.0)
    return out
