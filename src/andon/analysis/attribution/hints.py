"""Whether a part that a model lacks would have a variance above zero: a score test, without fitting it."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from andon.analysis.attribution.model import Parts, crossed, parent
from andon.analysis.attribution.scale import Scale
from andon.analysis.attribution.spec import Floats
from andon.lake.factors import FactorCells
from andon.stats.mixed import Fit, Grouping

Z = float(norm.ppf(0.975))


@dataclass(frozen=True, slots=True)
class Hint:
    """About the variance of a part: an estimate from the slope of the likelihood at zero, and its standard error.

    Below zero, the likelihood falls from zero on and the variance would be fitted as zero.
    """

    estimate: float
    error: float

    @property
    def z(self) -> float:
        return self.estimate / self.error if self.error > 0 else 0.0

    @property
    def limits(self) -> tuple[float, float]:
        """A 95 % interval that begins at zero."""
        return 0.0, max(self.estimate, 0.0) + Z * self.error

    @property
    def p(self) -> float:
        return float(norm.sf(self.z))


def hint(cells: FactorCells, parts: Parts, fit: Fit, scale: Scale, name: str) -> Hint:
    """Score of a further part at variance zero (Lin 1997), with the leverage of what is fitted taken off."""
    part = parts.groupings[name]
    predictor = fit.predict({known: parts.groupings[known].codes for known in fit.effects}, parts.fixed)
    weight = scale.weight(predictor, cells.n, fit.residual)
    surplus = np.bincount(
        part.codes, scale.surplus(predictor, cells.n, cells.total, fit.residual), part.levels
    )
    total = np.bincount(part.codes, weight, part.levels)
    known = _fitted_variance(parts, fit, part, name.split(" × ")[0], weight, total)
    free = total * np.clip(1 - total * known, 0.0, 1.0)
    score, information = 0.5 * float(np.sum(surplus**2 - free)), 0.5 * float(np.sum(free**2))
    if information <= 0:
        return Hint(0.0, 0.0)
    return Hint(score / information, 1 / float(np.sqrt(information)))


def _fitted_variance(
    parts: Parts, fit: Fit, part: Grouping, hub: str, weight: Floats, total: Floats
) -> Floats:
    """Variance of the fitted mean of each level of the part, (levels,): of the hub it lies in, and of what each
    other level adds once the hub is known. Levels of two others are taken as uncorrelated.
    """
    of_hub = parts.groupings[hub]
    at = parent(part, of_hub)
    precision = _precision(of_hub, fit.variances.get(hub, 0.0), weight)
    out = 1 / precision[at]
    for name, variance in fit.variances.items():
        if name == hub or variance <= 0:
            continue
        other = parts.groupings[name]
        both, shared = crossed(part, other), crossed(of_hub, other)
        owner, level, joint = parent(both, part), parent(both, other), parent(both, shared)
        share = np.bincount(both.codes, weight, both.levels) / np.maximum(total[owner], 1e-300)
        common = np.bincount(shared.codes, weight, shared.levels)[joint]
        hubs = precision[at[owner]]
        left = np.maximum(_precision(other, variance, weight)[level] - common**2 / hubs, 1 / variance)
        out += np.bincount(owner, (share - common / hubs) ** 2 / left, part.levels)
    return out


def _precision(grouping: Grouping, variance: float, weight: Floats) -> Floats:
    """Of each level, all else known; endless where the variance is zero."""
    prior = 1 / variance if variance > 0 else np.inf
    return np.bincount(grouping.codes, weight, grouping.levels) + prior
