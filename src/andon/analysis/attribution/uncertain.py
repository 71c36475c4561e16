"""Variances are estimated too: draws of what they may be, always the same ones."""

from functools import lru_cache

import numpy as np
from scipy.stats import norm, qmc

from andon.analysis.attribution.choose import Chosen
from andon.analysis.attribution.spec import Floats

DRAWS = 128
WIDEST = 1.5  # standard deviation of the logarithm of a variance, at most
Z = float(norm.ppf(0.975))


@lru_cache(maxsize=32)
def _normals(count: int, dimensions: int) -> Floats:
    """Evenly spread normal scores, (count, dimensions): the same in every run."""
    points = qmc.Halton(dimensions, scramble=False).random(count + 1)[1:]
    out: Floats = norm.ppf(points)
    return out


def variance_draws(chosen: Chosen, count: int = DRAWS) -> dict[str, Floats]:
    """What the variance of each part may be, (count,) a part, from the intervals of the fit.

    Log-normal around the estimate; where the estimate lies on zero, or the interval reaches it, half-normal up to the
    upper limit: a variance on zero, or of a part left out, is not known to be zero.
    """
    limits = chosen.limits
    scores = _normals(count, max(len(limits), 1))
    return {
        name: _draws(chosen.fit.variances.get(name, 0.0), low, high, scores[:, i])
        for i, (name, (low, high)) in enumerate(limits.items())
    }


def _draws(estimate: float, low: float, high: float, score: Floats) -> Floats:
    if not np.isfinite(high) or high <= 0:
        return np.full(len(score), max(estimate, 0.0))
    if estimate <= 0 or low <= 0 or not np.isfinite(low):
        return np.abs(estimate + score * (high - max(estimate, 0.0)) / Z)
    spread = min(np.log(high / low) / (2 * Z), WIDEST)
    out: Floats = estimate * np.exp(score * spread)
    return out
