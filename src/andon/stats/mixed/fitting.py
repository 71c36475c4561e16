"""Fit a mixed model: check, choose the layers, minimise, and say what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from andon.stats.mixed.covariates import Columns, standardised
from andon.stats.mixed.descent import Bounds, Minimum, Place, minimise
from andon.stats.mixed.design import Design, Family, Grouping, Method, checked
from andon.stats.mixed.families import Binomial, Law, Poisson
from andon.stats.mixed.fitted import Fit
from andon.stats.mixed.gaussian import NOTHING, Gaussian
from andon.stats.mixed.intervals import Profile
from andon.stats.mixed.inverse import Inverse
from andon.stats.mixed.laplace import Laplace
from andon.stats.mixed.layout import Layout, layout_of
from andon.stats.mixed.notes import about_aliased, about_coefficients, about_groupings, about_variances
from andon.stats.mixed.solution import Intervals, Solution, used_levels
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
HARDLY = 1e-6
"""Share of the variance of an outcome that is given to cases where nothing is left to them, to bound the likelihood."""
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


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A minimum, and how it goes back to the scale of the outcome: times `scale`, the intercept moved by `shift`."""

    family: Family
    method: Method
    best: Minimum[Place]
    bounds: Bounds
    criterion: float
    residual: float
    intervals: Intervals
    scale: float = 1.0
    shift: float = 0.0

    @property
    def unit(self) -> float:
        """What variance ratios are multiplied by."""
        return self.residual if self.family == "gaussian" else 1.0


def fit(
    design: Design,
    family: Family = "gaussian",
    *,
    method: Method = "reml",
    start: Mapping[str, float] | None = None,
) -> Fit:
    """Fit random intercepts for every grouping and coefficients for every covariate.

    `start` gives variances to begin from, by grouping, such as those of an earlier fit. `method` matters to gaussian
    models alone; the others maximise the likelihood by Laplace's approximation, and say "ml".

    Raises ValueError, with a sentence, when there is nothing to fit or the groupings cross too widely.
    """
    if family not in ("gaussian", "binomial", "poisson"):
        raise ValueError(f"family {family} is not known: gaussian, binomial or poisson")
    if method not in ("reml", "ml"):
        raise ValueError(f"method {method} is not known: reml or ml")
    problem = _problem(design, family, start or {})
    return _told(problem, _gaussian(problem, method) if family == "gaussian" else _laplace(problem, family))


def _problem(design: Design, family: Family, start: Mapping[str, float]) -> Problem:
    cells = checked(design, family)
    groupings, used = used_levels(cells.groupings)
    columns = standardised(cells.fixed, cells.n)
    return Problem(cells, groupings, used, columns, layout_of(groupings, columns.x), start)


def _gaussian(problem: Problem, method: Method) -> Answer:
    """About the mean outcome, and in units of its standard deviation, so that nothing depends on either."""
    n, total = problem.cells.n, problem.cells.total
    cases, mean = float(n.sum()), float(total.sum() / n.sum())
    restricted = method == "reml"
    freedom = cases - (problem.layout.x.shape[1] if restricted else 0)
    if freedom <= 0:
        raise ValueError(
            f"{cases:g} cases cannot tell {problem.layout.x.shape[1]} fixed coefficients; give more cases"
        )
    about, squares = total - n * mean, _squares(problem.cells, mean)
    scale = float(np.sqrt(squares / cases)) or 1.0
    criterion = Gaussian(problem.layout, n, about / scale, squares / scale**2, method)
    bounds = _bounds(problem, n, "gaussian")
    best = minimise(criterion, _first(problem, n, about / scale, scale**2, bounds), bounds)
    if (best.point.at >= bounds.most).any():
        criterion.squares += HARDLY * cases
        best = minimise(criterion, best.point.at, bounds)
    value = (
        best.point.value
        + 2 * freedom * np.log(scale)
        + (2 * problem.columns.log_scale if restricted else 0.0)
    )
    residual = best.point.residual if best.point.residual > 2 * NOTHING * cases / freedom else 0.0
    profile = Profile(
        criterion, best.point, bounds, problem.layout.names, lambda point: point.residual * scale**2
    )
    return Answer(
        "gaussian", method, best, bounds, float(value), residual * scale**2, profile.intervals, scale, mean
    )


def _squares(cells: Design, mean: float) -> float:
    """Sum of squares about the mean; 0 when the outcome is the same in every case, to rounding."""
    n, total, squares = cells.n, cells.total, cells.squares
    assert squares is not None
    within = float((squares - total**2 / n).clip(0).sum())
    about = within + float(((total - n * mean) ** 2 / n).sum())
    return about if about > 1e-26 * mean**2 * float(n.sum()) else 0.0


def _laplace(problem: Problem, family: Family) -> Answer:
    n, total = problem.cells.n, problem.cells.total
    law: Law = Binomial(n, total) if family == "binomial" else Poisson(n, total)
    criterion = Laplace(problem.layout, law)
    rest, weight, _ = law.moments(np.full(len(n), law.centre))
    ratios = _bounds(problem, weight, family)
    first = criterion.start(np.exp(_first(problem, weight, rest, 1.0, ratios)))
    bounds = ratios.with_coefficients(problem.layout.x.shape[1])
    best = minimise(criterion, first, bounds)
    profile = Profile(criterion, best.point, bounds, problem.layout.names, lambda _: 1.0)
    return Answer(family, "ml", best, bounds, best.point.value, law.residual, profile.intervals)


def _bounds(problem: Problem, weight: Floats, family: Family) -> Bounds:
    heaviest = np.array([tally(codes, weight, levels).max() for codes, levels in problem.groupings.values()])
    floor = np.log(MATTERS / heaviest)
    floor[[g.levels == 1 for g in problem.groupings.values()]] = np.inf
    levels = np.array([g.levels for g in problem.groupings.values()])
    most = np.full(len(floor), np.log(MOST[family]))
    return Bounds(np.log(ZERO / heaviest), floor, most, SLACK * np.sqrt(levels))


def _first(problem: Problem, weight: Floats, rest: Floats, unit: float, bounds: Bounds) -> Floats:
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


def _told(problem: Problem, answer: Answer) -> Fit:
    """The fit on the scale of the outcome."""
    cells, layout, point = problem.cells, problem.layout, answer.best.point
    variances = _variances(layout, point, answer)
    diagonal = Inverse(point.factor, True).diagonal()
    solution = Solution(
        point.factor, problem.used, problem.columns.back, answer.unit, variances, diagonal, answer.intervals
    )
    fixed = problem.columns.back @ point.solution[layout.below + layout.random :] * answer.scale
    fixed[0] += answer.shift
    return Fit(
        family=answer.family,
        method=answer.method,
        variances=variances,
        residual=answer.residual,
        fixed=fixed,
        fixed_names=("(intercept)", *cells.fixed_names),
        fixed_covariance=solution.fixed_covariance(),
        aliased=problem.aliased,
        effects=_effects(problem, point.solution * answer.scale, variances),
        pev={name: solution.spread(name, grouping.levels) for name, grouping in cells.groupings.items()},
        criterion=answer.criterion,
        parameters=len(variances) + layout.x.shape[1] + (answer.family == "gaussian"),
        gradient=answer.best.gradient,
        gradient_norm=float(np.linalg.norm(answer.best.gradient)),
        converged=answer.best.converged,
        iterations=answer.best.iterations,
        cases=float(cells.n.sum()),
        cells=len(cells.n),
        notes=tuple(_notes(problem, answer, variances)),
        solution=solution,
    )


def _variances(layout: Layout, point: Place, answer: Answer) -> dict[str, float]:
    places = zip(layout.names, point.at, answer.bounds.zero, strict=False)
    return {name: 0.0 if at <= zero else float(np.exp(at)) * answer.unit for name, at, zero in places}


def _effects(problem: Problem, vector: Floats, variances: Mapping[str, float]) -> dict[str, Floats]:
    effects = {}
    for name, (_, levels) in problem.cells.groupings.items():
        effects[name] = np.zeros(levels)
        if variances[name] > 0:
            effects[name][problem.used[name]] = problem.layout.levels(vector, name)
    return effects


def _notes(problem: Problem, answer: Answer, variances: Mapping[str, float]) -> Iterator[str]:
    layout, point = problem.layout, answer.best.point
    limits = zip(layout.names, point.at, answer.bounds.most, strict=False)
    endless = {name for name, at, most in limits if at >= most}
    yield from about_groupings(problem.groupings, problem.cells.n)
    yield from about_variances(variances, problem.groupings, endless)
    yield from about_aliased(problem.aliased)
    if answer.family == "gaussian" and answer.residual <= 2 * HARDLY * answer.scale**2:
        yield "Beyond what the groupings and covariates say, the outcome hardly varies."
    if answer.family != "gaussian" and not endless:
        kept = (
            name for name, keep in zip(problem.cells.fixed_names, problem.columns.kept, strict=True) if keep
        )
        spread = np.diagonal(point.factor.edge[0][layout.random :])
        yield from about_coefficients(
            ("(intercept)", *kept), point.solution[layout.below + layout.random :], spread
        )
    if not answer.best.converged:
        yield "The fit did not converge: its gradient is not small, so its numbers are not to be relied on."
