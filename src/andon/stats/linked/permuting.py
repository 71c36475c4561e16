"""Chances by permutation: the units of one measure are dealt out anew, each with its whole history."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from andon.stats.segments import Bools, Floats

ROOM = 4_000_000  # numbers held at once
SLACK = 1e-10  # two ways of adding up the same numbers
Deals = NDArray[np.int32]


def deals(rng: np.random.Generator, count: int, units: int) -> Deals:
    """`count` random orders of `units` places."""
    return rng.permuted(np.tile(np.arange(units, dtype=np.int32), (count, 1)), axis=1)


def chance(seen: float, drawn: Floats) -> float:
    """Two-sided, counting what was seen as one of the draws (Phipson and Smyth 2010)."""
    if not math.isfinite(seen):
        return math.nan
    return float((1 + np.sum(np.abs(drawn) >= abs(seen) - SLACK)) / (1 + len(drawn)))


def least(count: int, units: int) -> float:
    """No smaller p is possible: the number of draws, and of orders there are."""
    return max(1 / (1 + count), 1 / math.factorial(units) if units < 20 else 0.0)


def dealt_products(x: Floats, y: Floats, orders: Deals) -> Floats:
    """Sum of x[i] * y[order[i]] for every order; x and y of shape (U,)."""
    step = max(ROOM // max(len(x), 1), 1)
    parts = [y[orders[start : start + step]] @ x for start in range(0, len(orders), step)]
    return np.concatenate(parts) if parts else np.empty(0)


def dealt_r(x: Floats, y: Floats, mask: Bools, orders: Deals) -> Floats:
    """Correlation over the cells both have, when unit i of x meets unit order[i] of y; x and y (U, T), 0 outside
    the cells. Every unit of one is multiplied with every unit of the other once, and orders only pick.
    """
    if mask.all():
        whole = math.sqrt(float((x * x).sum()) * float((y * y).sum()))
        return _picked(x, y, orders) / whole if whole else np.zeros(len(orders))
    cells = mask.astype(np.float64)
    both = _picked(x * x, cells, orders) * _picked(cells, y * y, orders)
    return np.divide(_picked(x, y, orders), np.sqrt(both), out=np.zeros(len(orders)), where=both > 0)


def _picked(x: Floats, y: Floats, orders: Deals) -> Floats:
    """Sum over units of x[i] . y[order[i]]: a row of products at a time, which the nearest memory holds."""
    total = np.zeros(len(orders))
    partners = np.ascontiguousarray(orders.T)
    step = max(ROOM // max(len(x), 1), 1)
    for start in range(0, len(x), step):
        for products, partner in zip(
            x[start : start + step] @ y.T, partners[start : start + step], strict=True
        ):
            total += products.take(partner)
    return total
