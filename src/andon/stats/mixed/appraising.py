"""The criterion at somebody else's estimates: whether a fit by another program is as good."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from andon.stats.mixed.design import Design, Family, Method
from andon.stats.mixed.laplace import Laplace
from andon.stats.mixed.problem import Problem, bounds_of, law_of, measured, problem_of
from andon.stats.segments import Floats


class Appraisal(NamedTuple):
    """criterion, gradient and gradient_norm as in `Fit`."""

    criterion: float
    gradient: Floats
    gradient_norm: float


def appraise(
    design: Design,
    family: Family,
    variances: Mapping[str, float],
    *,
    residual: float = 1.0,
    fixed: Floats | None = None,
    method: Method = "reml",
) -> Appraisal:
    """What `fit` minimises, at given variances of all groupings.

    Gaussian: at their ratios to `residual`, the fixed coefficients being the best for them. Binomial and Poisson: at
    the coefficients `fixed` (1 + p,), the intercept first.
    """
    problem = problem_of(design, family, {})
    weight = problem.cells.n
    tau = np.array([variances[name] for name in problem.layout.names]) / (
        residual if family == "gaussian" else 1.0
    )
    at = np.maximum(np.log(np.maximum(tau, 1e-300)), bounds_of(problem, weight, family).zero)
    if family == "gaussian":
        known = measured(problem, method)
        found = known.criterion(at)
        return Appraisal(found.value + known.added, found.gradient, float(np.linalg.norm(found.gradient)))
    mode = Laplace(problem.layout, law_of(problem, family))(np.append(at, _standardised(problem, fixed)))
    return Appraisal(mode.value, mode.gradient, float(np.linalg.norm(mode.gradient)))


def _standardised(problem: Problem, fixed: Floats | None) -> Floats:
    """Coefficients of the standardised columns."""
    if fixed is None:
        raise ValueError("give the fixed coefficients too, the intercept first")
    found, *_ = np.linalg.lstsq(problem.columns.back, np.asarray(fixed, np.float64), rcond=None)
    return np.asarray(found, np.float64)
