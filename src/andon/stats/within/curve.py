"""How the outcome goes with stretches of a metric, all else taken out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from andon.stats.within.absorb import Absorbed, Floats, by


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """K stretches; arrays (K,) but for the matrices (K, K).

    value: the outcome there, less its mean over all cases; low, high: its interval; n: cases. covariance: by clusters.
    precision: of `value` on independent cases, divided by `hanging`: how much wider clusters make it (at least 1).
    residual: variance of the outcome of one case that is left. spread: of the outcome with groups and times taken out.
    """

    value: Floats
    low: Floats
    high: Floats
    n: Floats
    covariance: Floats
    precision: Floats
    hanging: float
    residual: float
    spread: float
    df: float

    def contrast(self, weights: Floats) -> tuple[float, float]:
        """Sum of value times weights (K,), and its standard error."""
        error = float(np.sqrt(max(float(weights @ self.covariance @ weights), 0.0)))
        return float(weights @ self.value), error


def curve(known: Absorbed, counts: Floats, totals: Floats, squares: float, level: float = 0.95) -> Curve:
    """Effects of stretches. known: column 0 the outcome, columns 1 to K the cases in each stretch.

    counts, totals (C, K): cases and sums of the outcome by cell and stretch. squares: Σ y² over all cases.
    """
    n = counts.sum(axis=0)
    bins, inner, right = _normal(known, counts, totals)
    solve = np.linalg.pinv(inner, rcond=1e-9, hermitian=True)
    value = solve @ right
    scores = _scores(known, counts, totals, value)
    clusters = len(scores)
    spread_squares = squares - float(
        np.sum(2 * known.level[:, 0] * known.sums[:, 0] - known.n * known.level[:, 0] ** 2)
    )
    free = max(float(n.sum()) - known.absorbed, 1.0)
    residual = max((spread_squares - float(value @ right)) / max(free - bins + 1, 1.0), 1e-300)
    centre = np.eye(bins) - n / max(float(n.sum()), 1e-300)
    meat = scores.T @ scores * clusters / max(clusters - 1, 1)
    robust = centre @ solve @ meat @ solve @ centre.T
    model = residual * centre @ solve @ centre.T
    hanging = max(1.0, float(np.trace(robust) / max(np.trace(model), 1e-300)))
    df = float(max(clusters - 1, 1))
    reach = student.ppf((1 + level) / 2, df) * np.sqrt(np.maximum(np.diag(robust), 0.0))
    mean = centre @ value
    return Curve(
        mean, mean - reach, mean + reach, n, robust, inner / (residual * hanging), hanging, residual,
        max(spread_squares, 0.0) / free, df,
    )  # fmt: skip


def _normal(known: Absorbed, counts: Floats, totals: Floats) -> tuple[int, Floats, Floats]:
    """How many stretches, and their normal equations with groups and times taken out."""
    own, outcome = known.level[:, 1:], known.level[:, 0]
    cross = own.T @ counts
    inner = np.diag(counts.sum(axis=0)) - cross - cross.T + own.T @ (known.n[:, None] * own)
    right = totals.sum(axis=0) - own.T @ known.sums[:, 0] - counts.T @ outcome + own.T @ (known.n * outcome)
    return counts.shape[1], inner, right


def _scores(known: Absorbed, counts: Floats, totals: Floats, value: Floats) -> Floats:
    """By cluster and stretch, the sum of what is left of the outcome times the stretch."""
    own = known.level[:, 1:]
    left = known.sums[:, 0] - counts @ value
    level = known.level[:, 0] - own @ value
    raw = totals - counts * value
    inner = raw - own * left[:, None] - level[:, None] * counts + (known.n * level)[:, None] * own
    return by(known.codes.cluster, inner, known.codes.clusters)
