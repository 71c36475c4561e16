"""What a fit found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from andon.stats.mixed.design import Family, Method
from andon.stats.mixed.solution import Solution
from andon.stats.segments import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A fitted mixed model with random intercepts.

    variances: of each grouping, on the scale of the outcome (gaussian) or of the linear predictor; exactly 0 on
        the boundary.
    residual: variance within cells: sigma^2 (gaussian), pi^2/3 (binomial), ln(1 + 1/rate) at the mean rate
        per exposure (poisson; Nakagawa, Johnson and Schielzeth 2017).
    fixed, fixed_names, fixed_covariance: float (1 + p,), names and (1 + p, 1 + p); the intercept comes first. A
        column named in `aliased` has coefficient and covariances 0.
    aliased: covariates left out, as they say nothing that the ones before them do not say.
    effects, pev: float (levels,) a grouping: predicted effects and their prediction error variances, the
        uncertainty of the fixed coefficients included. A level without cases has effect 0 and the whole variance.
    criterion: -2 log likelihood, restricted (reml), full (ml) or by Laplace's approximation, with lme4's constants.
        Binomial: of single cases, so that it does not depend on how they fall into cells. Poisson: of the cells.
    parameters: variances, fixed coefficients and, gaussian, the residual.
    gradient: of the criterion by log(variance / residual) of each grouping, then by each standardised fixed
        coefficient (binomial, poisson); (groupings,) or (groupings + 1 + p - aliased,). Nought for a variance on
        zero from which the criterion only rises.
    gradient_norm: Euclidean. converged: whether it is small, not whether an optimiser stopped.
    notes: plain sentences about what a reader must know.
    """

    family: Family
    method: Method
    variances: dict[str, float]
    residual: float
    fixed: Floats
    fixed_names: tuple[str, ...]
    fixed_covariance: Floats
    aliased: tuple[str, ...]
    effects: dict[str, Floats]
    pev: dict[str, Floats]
    criterion: float
    parameters: int
    gradient: Floats
    gradient_norm: float
    converged: bool
    iterations: int
    cases: float
    cells: int
    notes: tuple[str, ...]
    solution: Solution = field(repr=False)

    def contrast(
        self, factor: str, fixed_weights: Floats, others: Mapping[str, Floats] | None = None
    ) -> tuple[Floats, Floats]:
        """Effect of each level of `factor` at a reference: estimate and variance, float (levels,) each.

        u_j + w'b + sum of v'u over the other groupings, with weights w (1 + p,) of the fixed coefficients and v
        (levels,) by grouping, and the variance that all of them have together.
        """
        weights = np.asarray(fixed_weights, np.float64)
        if weights.shape != (len(self.fixed),):
            raise ValueError(f"fixed_weights needs {len(self.fixed)} numbers, one for each fixed coefficient")
        extra = {name: np.asarray(v, np.float64) for name, v in (others or {}).items()}
        for name in (factor, *extra):
            self._known(name)
        for name, v in extra.items():
            if v.shape != self.effects[name].shape:
                raise ValueError(f"the weights of {name} need one number a level, {len(self.effects[name])}")
        base = weights @ self.fixed + sum(v @ self.effects[name] for name, v in extra.items())
        return self.effects[factor] + base, self.solution.contrast_variance(
            factor, self.pev[factor], weights, extra
        )

    def predict(self, codes: Mapping[str, Ints], fixed: Floats) -> Floats:
        """Linear predictor of K new rows, float (K,); `fixed` (K, p). A code of -1, a level not seen, adds 0."""
        rows = np.asarray(fixed, np.float64)
        rows = rows.reshape(len(rows), len(self.fixed) - 1)
        out: Floats = self.fixed[0] + rows @ self.fixed[1:]
        for name, code in codes.items():
            self._known(name)
            effects = np.append(self.effects[name], 0.0)
            if len(code) and (np.min(code) < -1 or np.max(code) >= len(effects) - 1):
                raise ValueError(f"{name} has a code outside -1 to {len(effects) - 2}")
            out = out + effects[np.asarray(code, np.int64)]
        return out

    def variance_intervals(
        self, level: float = 0.95, *, quick: bool = False
    ) -> dict[str, tuple[float, float]]:
        """An interval of each variance by profile likelihood: (0, ...) where nothing speaks against zero.

        Takes about eight evaluations of the criterion a grouping. `quick` takes none where a variance is
        well known: Wald's interval on the scale of log variance, which says nothing near zero.
        """
        return self.solution.intervals(level, quick)

    def _known(self, name: str) -> None:
        if name not in self.effects:
            raise ValueError(f"{name} is no grouping of this model; it has {', '.join(self.effects)}")
