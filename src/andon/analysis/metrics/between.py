"""The same association between units, and among all cases: it may go the other way."""

import numpy as np
from scipy.stats import t as student

from andon.analysis.metrics.placing import Ints
from andon.analysis.metrics.spec import LEVEL, Between, Floats, Interval, Step
from andon.analysis.metrics.within import Within
from andon.lake.metrics import MetricCells
from andon.stats.within import slope

FEWEST = 4  # units between which a line is drawn
SURE = 0.05
ALL = "all cases"


def between(cells: MetricCells, found: Within, step: Step) -> tuple[Between, ...]:
    """Among all cases, and between workers, teams and mechanisms, for the same step of the metric."""
    factor = cells.outcome.spread / cells.metric.spread * (step.end - step.start)
    line = found.slope
    sign = np.sign(line.value) if line and line.p < SURE else 0.0
    out = [_pooled(cells, found, factor, float(sign))]
    for role, levels in cells.factors.items():
        one = _units(cells, role, levels.codes.astype(np.int64), factor, float(sign))
        out += [one] if one else []
    return tuple(one for one in out if one)


def _pooled(cells: MetricCells, found: Within, factor: float, sign: float) -> Between | None:
    cluster = found.placed.codes.cluster[found.placed.cell]
    total = cells.n.sum()
    mean_x, mean_y = cells.x.sum() / total, cells.y.sum() / total
    xx = np.bincount(cluster, cells.xx - 2 * mean_x * cells.x + cells.n * mean_x**2)
    xy = np.bincount(cluster, cells.xy - mean_x * cells.y - mean_y * cells.x + cells.n * mean_x * mean_y)
    line = slope(xx, xy, LEVEL)
    if line is None:
        return None
    change = Interval(line.value, line.low, line.high).times(factor)
    return Between(ALL, int(total), change, line.p, line.p < SURE and line.value * sign < 0)


def _units(cells: MetricCells, role: str, codes: Ints, factor: float, sign: float) -> Between | None:
    """A line through the means of units, each weighing what its cases weigh; None for fewer than four of them."""
    n, x, y = (np.bincount(codes, values) for values in (cells.n, cells.x, cells.y))
    seen = n > 0
    n, x, y = n[seen], x[seen] / n[seen], y[seen] / n[seen]
    if len(n) < FEWEST:
        return None
    x, y = x - np.average(x, weights=n), y - np.average(y, weights=n)
    total = float(n @ x**2)
    if total <= 1e-12 * n.sum():
        return None
    value = float(n @ (x * y)) / total
    rest = y - value * x
    pull = n * x**2 / total
    error = float(np.sqrt(np.sum((n * x * rest) ** 2 / np.maximum(1 - pull - n / n.sum(), 0.05)))) / total
    df = len(n) - 2
    p = float(2 * student.sf(abs(value) / error, df)) if error > 0 else 1.0
    reach = float(student.ppf((1 + LEVEL) / 2, df)) * error
    change = Interval(value, value - reach, value + reach).times(factor)
    return Between(role, len(n), change, p, p < SURE and value * sign < 0)


def correlation(cells: MetricCells) -> float:
    """Of metric and outcome over all cases."""
    n: Floats = cells.n
    total = n.sum()
    xx, yy = cells.xx.sum() - cells.x.sum() ** 2 / total, cells.yy.sum() - cells.y.sum() ** 2 / total
    xy = cells.xy.sum() - cells.x.sum() * cells.y.sum() / total
    return float(xy / np.sqrt(xx * yy)) if xx > 0 and yy > 0 else 0.0
