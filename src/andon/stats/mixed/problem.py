"""A checked design made ready: its layers, the bounds of its variances, where to begin, and its criterion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from andon.stats.mixed.covariates import Columns, standardised
from andon.stats.mixed.descent import Bounds
from andon.stats.mixed.design import Design, Family, Grouping, Method, checked
from andon.stats.mixed.families import Binomial, Law, Poisson
from andon.stats.mixed.gaussian import Gaussian
from andon.stats.mixed.layout import Layout, layout_of
from andon.stats.mixed.solution import used_levels
from andon.stats.mixed.tally import tally
from andon.stats.segments import Floats, Ints

MATTERS = 1e-3
"""Variance ratio times the largest weight of a level, below which its effects make no difference."""
ZERO = 1e-9
"""The same, of what stands for a variance of zero."""
SLACK = 1e-12
"""Slope at that zero, by the square root of the levels, from which a variance above zero gains 1e-6 at most."""
MOST = {"gaussian": 1e7, "binomial": 1e3, "poisson": 1e3}
"""The largest variance ratio."""
FIRST = (0.2, 4.0)
"""Least (by the mean weight of a level) and largest variance ratio to begin from."""


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """A checked design with the levels that have cells, its covariates standardised, and its layers chosen."""

    cells: Design
    groupings: dict[str, Grouping]
    used: dict[str, Ints]
    columns: Columns
    layout: Layout
    start: Mapping[str, float]

    @property
    def aliased(self) -> tuple[str, ...]:
        names = zip(self.cells.fixed_names, self.columns.kept, strict=True)
        return tuple(name for name, kept in names if not kept)


def problem_of(design: Design, family: Family, start: Mapping[str, float]) -> Problem:
    cells = checked(design, family)
    groupings, used = used_levels(cells.groupings)
    columns = standardised(cells.fixed, cells.n)
    return Problem(cells, groupings, used, columns, layout_of(groupings, columns.x), start)


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """The criterion of values about their mean and in units of their standard deviation, and the way back.

    added: what the criterion differs by from that of the values as given.
    """

    criterion: Gaussian
    about: Floats
    mean: float
    scale: float
    cases: float
    freedom: float
    added: float


def measured(problem: Problem, method: Method) -> Measured:
    """So that nothing depends on the unit of the outcome, nor on where it starts."""
    n, total = problem.cells.n, problem.cells.total
    cases, mean = float(n.sum()), float(total.sum() / n.sum())
    width = problem.layout.x.shape[1]
    freedom = cases - (width if method == "reml" else 0)
    if freedom <= 0:
        raise ValueError(f"{cases:g} cases cannot tell {width} fixed coefficients; give more cases")
    squares = _squares(problem.cells, mean)
    scale = float(np.sqrt(squares / cases)) or 1.0
    about = (total - n * mean) / scale
    added = 2 * freedom * float(np.log(scale)) + (2 * problem.columns.log_scale if method == "reml" else 0.0)
    criterion = Gaussian(problem.layout, n, about, squares / scale**2, method)
    return Measured(criterion, about, mean, scale, cases, freedom, added)


def law_of(problem: Problem, family: Family) -> Law:
    n, total = problem.cells.n, problem.cells.total
    return Binomial(n, total) if family == "binomial" else Poisson(n, total)


def _squares(cells: Design, mean: float) -> float:
    """Sum of squares about the mean; 0 when the outcome is the same in every case, to rounding."""
    n, total, squares = cells.n, cells.total, cells.squares
    assert squares is not None
    within = float((squares - total**2 / n).clip(0).sum())
    about = within + float(((total - n * mean) ** 2 / n).sum())
    return about if about > 1e-26 * mean**2 * float(n.sum()) else 0.0


def bounds_of(problem: Problem, weight: Floats, family: Family) -> Bounds:
    heaviest = np.array([tally(codes, weight, levels).max() for codes, levels in problem.groupings.values()])
    floor = np.log(MATTERS / heaviest)
    floor[[g.levels == 1 for g in problem.groupings.values()]] = np.inf
    levels = np.array([g.levels for g in problem.groupings.values()])
    most = np.full(len(floor), np.log(MOST[family]))
    return Bounds(np.log(ZERO / heaviest), floor, most, SLACK * np.sqrt(levels))


def first_ratios(problem: Problem, weight: Floats, rest: Floats, unit: float, bounds: Bounds) -> Floats:
    """Log variance ratios to begin with: as given, or the spread of means of levels beyond what chance gives."""
    out = []
    for name, (codes, levels) in problem.groupings.items():
        if problem.start.get(name, 0) > 0:
            out.append(problem.start[name] / unit)
            continue
        size, total = tally(codes, weight, levels), tally(codes, rest, levels)
        between = float((total**2 / size).sum()) - (levels - 1)
        room = float(size.sum() - size @ size / size.sum())
        least = min(FIRST[0] * levels / float(size.sum()), FIRST[1])
        out.append(min(max(between / max(room, 1e-9), least), FIRST[1]))
    return bounds.snapped(np.log(out))
