"""Metrics that go along with each other, set beside the outcome together: which of them carries it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from andon.analysis.metrics.placing import place
from andon.analysis.metrics.spec import LEVEL, Floats, Interval, Joint, Step
from andon.lake.metrics import JointCells, Rows
from andon.stats.within import absorb
from andon.stats.within.absorb import by

ALIKE = 0.7  # correlation within people and mechanisms from which two metrics go along
SAME = 0.9999
SURE = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """Coefficients of p metrics at once, on the common scales. correlations (p, p): within people and mechanisms."""

    names: tuple[str, ...]
    value: Floats
    error: Floats
    df: float
    correlations: Floats
    missing: tuple[str, ...]

    def p(self, i: int) -> float:
        error = float(self.error[i])
        return float(2 * student.sf(abs(float(self.value[i])) / error, self.df)) if error > 0 else 1.0

    def alike(self, i: int) -> tuple[str, ...]:
        near = np.abs(self.correlations[i]) >= ALIKE
        return tuple(name for j, name in enumerate(self.names) if near[j] and j != i)


def together(cells: JointCells) -> Together:
    """All metrics in one model, errors by clusters."""
    placed = place(cells.factors, cells.period)
    size, parts = len(placed.codes.group), cells.sums.shape[1]
    n = np.bincount(placed.cell, cells.n, size)
    known = absorb(placed.codes, n, by(placed.cell, cells.sums, size))
    products = np.empty((placed.codes.clusters, parts, parts))
    for i in range(parts):
        for j in range(i, parts):
            raw = np.bincount(placed.cell, cells.products[:, i, j], size)
            products[:, i, j] = products[:, j, i] = known.product(i, j, raw)
    inner, right = products[:, 1:, 1:].sum(axis=0), products[:, 1:, 0].sum(axis=0)
    solve = np.linalg.pinv(inner, rcond=1e-8, hermitian=True)
    value = solve @ right
    scores = products[:, 1:, 0] - products[:, 1:, 1:] @ value
    clusters = len(scores)
    covariance = solve @ (scores.T @ scores) @ solve * clusters / max(clusters - 1, 1)
    length = np.sqrt(np.maximum(np.diag(inner), 1e-300))
    return Together(
        cells.names, value, np.sqrt(np.maximum(np.diag(covariance), 0)), float(max(clusters - 1, 1)),
        inner / length[:, None] / length, cells.missing,
    )  # fmt: skip


def joint_of(name: str, found: Together, rows: Rows, steps: Mapping[str, Step]) -> Joint | None:
    """What one metric carries while the others are held alike; None where it was not among them."""
    if name not in found.names:
        return None
    i = found.names.index(name)
    step, factor = steps[name], rows.outcome.spread / rows.metrics[name].spread
    reach = float(student.ppf((1 + LEVEL) / 2, found.df) * found.error[i])
    value = float(found.value[i])
    change = Interval(value, value - reach, value + reach).times(factor * (step.end - step.start))
    return Joint(change, found.p(i), found.alike(i), _carrier(i, found))


def _carrier(i: int, found: Together) -> str:
    """Of those that go along, the one that still tells something of the outcome when this one no longer does."""
    near = [found.names.index(name) for name in found.alike(i)]
    if not near or found.p(i) < SURE:
        return ""
    same = [j for j in near if abs(found.correlations[i, j]) >= SAME]
    if same:
        return ""
    best = min(near, key=found.p)
    return found.names[best] if found.p(best) < SURE else ""


def copies(name: str, found: Together) -> tuple[str, ...]:
    """Metrics that say exactly the same within people and mechanisms."""
    if name not in found.names:
        return ()
    i = found.names.index(name)
    return tuple(found.names[j] for j in np.flatnonzero(np.abs(found.correlations[i]) >= SAME) if j != i)
