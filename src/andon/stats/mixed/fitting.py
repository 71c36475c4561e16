"""Fit a mixed model: check, choose the layers, minimise, and say what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from andon.stats.mixed.descent import Bounds, Minimum, Place, minimise
from andon.stats.mixed.design import Design, Family, Method
from andon.stats.mixed.fitted import Fit
from andon.stats.mixed.gaussian import NOTHING
from andon.stats.mixed.intervals import Profile
from andon.stats.mixed.inverse import Inverse
from andon.stats.mixed.laplace import Laplace
from andon.stats.mixed.layout import Layout
from andon.stats.mixed.notes import about_aliased, about_coefficients, about_groupings, about_variances
from andon.stats.mixed.problem import Problem, bounds_of, first_ratios, law_of, measured, problem_of
from andon.stats.mixed.solution import Intervals, Solution
from andon.stats.segments import Floats

HARDLY = 1e-6
"""Share of the variance of an outcome that is given to cases where nothing is left to them, to bound the likelihood."""


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
    problem = problem_of(design, family, start or {})
    return _told(problem, _gaussian(problem, method) if family == "gaussian" else _laplace(problem, family))


def _gaussian(problem: Problem, method: Method) -> Answer:
    known = measured(problem, method)
    criterion, unit = known.criterion, known.scale**2
    bounds = bounds_of(problem, problem.cells.n, "gaussian")
    best = minimise(criterion, first_ratios(problem, problem.cells.n, known.about, unit, bounds), bounds)
    if (best.point.at >= bounds.most).any():
        criterion.squares += HARDLY * known.cases
        best = minimise(criterion, best.point.at, bounds)
    least = 2 * NOTHING * known.cases / known.freedom
    residual = best.point.residual * unit if best.point.residual > least else 0.0
    profile = Profile(
        criterion, best.point, bounds, problem.layout.names, lambda point: point.residual * unit
    )
    value = best.point.value + known.added
    return Answer(
        "gaussian", method, best, bounds, value, residual, profile.intervals, known.scale, known.mean
    )


def _laplace(problem: Problem, family: Family) -> Answer:
    law = law_of(problem, family)
    criterion = Laplace(problem.layout, law)
    rest, weight, _ = law.moments(np.full(len(problem.cells.n), law.centre))
    ratios = bounds_of(problem, weight, family)
    first = criterion.start(np.exp(first_ratios(problem, weight, rest, 1.0, ratios)))
    bounds = ratios.with_coefficients(problem.layout.x.shape[1])
    best = minimise(criterion, first, bounds)
    profile = Profile(criterion, best.point, bounds, problem.layout.names, lambda _: 1.0)
    return Answer(family, "ml", best, bounds, best.point.value, law.residual, profile.intervals)


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
