"""Between units: where one measure is usually higher, is the other?"""

from __future__ import annotations

import math

import numpy as np

from andon.stats.linked import correlating as cor
from andon.stats.linked.permuting import Deals, chance, deals, dealt_products, least
from andon.stats.linked.result import Association, WithoutOne, matters
from andon.stats.segments import Floats

FEWEST = 3  # units of which a correlation says anything at all
FAR = 5.0  # spreads from the median, by which a unit lies far outside the others


def between(x: Floats, y: Floats, rng: np.random.Generator, permutations: int = 4999) -> Association:
    """Association over units of their levels x and y (U,), without NaN.

    The interval is Fisher's; the slope's is that of least squares; chances are by permutation of units.
    """
    n = len(x)
    if n < FEWEST:
        return Association(units=n, cells=n, why="few units")
    if cor.flat(x) or cor.flat(y):
        return Association(units=n, cells=n, why="first constant" if cor.flat(x) else "second constant")
    orders = deals(rng, permutations, n)
    pearson, spearman, chances = _tested(x, y, orders)
    low, high = cor.fisher(pearson, n)
    slope, error = _slope(x, y)
    wide, p = cor.reach(n - 2) * error, cor.agreed(pearson, spearman, chances)
    return Association(
        pearson, low, high, p, *chances, spearman, slope, slope - wide, slope + wide,
        float(np.std(x, ddof=1)), float(np.std(y, ddof=1)), n, n, least(permutations, n),
        _without_one(x, y, rng, permutations) if n > FEWEST + 1 else None,
    )  # fmt: skip


def _tested(x: Floats, y: Floats, orders: Deals) -> tuple[float, float, tuple[float, float]]:
    """r, rank correlation, and the chance of each."""
    seen, chances = [], []
    for a, b in ((x, y), (cor.ranks(x), cor.ranks(y))):
        a, b = cor.centred(a), cor.centred(b)
        size = math.sqrt(float((a * a).sum()) * float((b * b).sum()))
        r = cor.correlation(a, b)
        drawn = dealt_products(a, b, orders) / size if size else np.zeros(0)
        seen.append(r)
        chances.append(chance(r, drawn))
    return seen[0], seen[1], (chances[0], chances[1])


def _slope(x: Floats, y: Floats) -> tuple[float, float]:
    a, b = cor.centred(x), cor.centred(y)
    slope = float(a @ b / (a @ a))
    rest = b - slope * a
    df = len(x) - 2
    return slope, math.sqrt(float(rest @ rest) / df / float(a @ a)) if df > 0 else math.nan


def leave_one_out(x: Floats, y: Floats) -> Floats:
    """r without each of the units in turn, (U,)."""
    n = len(x)
    a, b = cor.centred(x), cor.centred(y)
    share = n / (n - 1)
    xx, yy = (a * a).sum() - share * a * a, (b * b).sum() - share * b * b
    size = np.sqrt(np.maximum(xx, 0) * np.maximum(yy, 0))
    xy = (a * b).sum() - share * a * b
    found: Floats = np.divide(
        xy, size, out=np.full(n, np.nan), where=size > 1e-12 * math.sqrt(float((a @ a) * (b @ b)))
    )
    return found


def far(values: Floats) -> Floats:
    """How many robust spreads (median absolute deviations, as standard deviations) each lies from the median."""
    apart = np.abs(values - np.median(values))
    spread = 1.4826 * float(np.median(apart))
    return np.asarray(apart / spread if spread > 0 else np.where(apart > 0, np.inf, 0.0), np.float64)


def _without_one(x: Floats, y: Floats, rng: np.random.Generator, permutations: int) -> WithoutOne | None:
    without = leave_one_out(x, y)
    r = cor.correlation(cor.centred(x), cor.centred(y))
    change = np.abs(without - r)
    if not np.isfinite(change).any():
        return None
    unit = int(np.nanargmax(change))
    outside = max(float(far(x)[unit]), float(far(y)[unit])) > FAR
    if not matters(r, float(without[unit])):
        return WithoutOne(unit, float(without[unit]), math.nan, outside)
    x_rest, y_rest = np.delete(x, unit), np.delete(y, unit)
    if cor.flat(x_rest) or cor.flat(y_rest):
        return WithoutOne(unit, 0.0, 1.0, True)
    r, ranked, chances = _tested(x_rest, y_rest, deals(rng, permutations, len(x_rest)))
    return WithoutOne(unit, r, cor.agreed(r, ranked, chances), outside)
