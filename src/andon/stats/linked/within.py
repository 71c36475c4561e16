"""Within units: when one measure of a unit moved against the other units, did its other measure?"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from andon.stats.linked import correlating as cor
from andon.stats.linked.between import far
from andon.stats.linked.clustered import clustered
from andon.stats.linked.permuting import chance, deals, dealt_r, least
from andon.stats.linked.result import Association, WithoutOne, matters
from andon.stats.linked.sweeping import Sweeper
from andon.stats.segments import Bools, Floats

FEWEST = 3  # units with at least two periods
FAR = 5.0


def within(x: Floats, y: Floats, rng: np.random.Generator, permutations: int = 4999) -> Association:
    """Association of what is left of x and y (U, T; NaN: not measured) when effects of units and of periods are out.

    What all units share in a period, such as a season, is in neither. The interval is cluster-robust by unit; chances
    are by dealing out whole histories of y among the units, which keeps what a history has of its own in time.
    """
    usable = np.isfinite(x) & np.isfinite(y)
    rows = usable.sum(axis=1) >= 2
    mask = (usable & rows[:, None])[:, usable[rows].any(axis=0)] if rows.any() else usable[:, :0]
    columns = usable[rows].any(axis=0) if rows.any() else np.zeros(x.shape[1], np.bool_)
    units, cells = int(rows.sum()), int(mask.sum())
    if units < FEWEST:
        return Association(units=units, cells=cells, why="few periods" if len(x) >= FEWEST else "few units")
    mask, places = mask[rows], np.flatnonzero(rows)
    a, b = x[rows][:, columns], y[rows][:, columns]
    found = _within(a, b, mask, rng, permutations)
    if not found.known:
        return found
    return _with_without_one(found, a, b, mask, places, rng, permutations)


def _within(a: Floats, b: Floats, mask: Bools, rng: np.random.Generator, permutations: int) -> Association:
    units, cells = len(mask), int(mask.sum())
    sweep = Sweeper(mask)
    left, right = sweep.rest(a), sweep.rest(b)
    for swept, given, name in ((left, a, "first"), (right, b, "second")):
        if _still(swept, given, mask):
            return Association(units=units, cells=cells, why=f"{name} constant")
    slope = clustered(left, right)
    low, high = slope.interval()
    rank_left, rank_right = (_ranked(part, mask) for part in (left, right))
    orders = deals(rng, permutations, units)
    p = chance(slope.r, dealt_r(left, right, mask, orders))
    spearman = cor.correlation(rank_left, rank_right)
    p_ranks = chance(spearman, dealt_r(rank_left, rank_right, mask, orders))
    both = cor.agreed(slope.r, spearman, (p, p_ranks))
    ends = slope.r_interval()
    return Association(
        slope.r, *ends, both, p, p_ranks, spearman, slope.slope, low, high,
        float(left[mask].std()), float(right[mask].std()), units, cells, least(permutations, units),
    )  # fmt: skip


def _still(swept: Floats, given: Floats, mask: Bools) -> bool:
    """Whether nothing but rounding is left."""
    size = float(np.abs(given[mask]).max(initial=0))
    return float(np.abs(swept).max(initial=0)) <= 1e-9 * max(size, 1e-300)


def _ranked(swept: Floats, mask: Bools) -> Floats:
    """Ranks of what is left, centred; 0 outside the cells. Rounded first: equal parts stay equal."""
    found = np.zeros(swept.shape)
    size = float(np.abs(swept).max(initial=0)) or 1.0
    found[mask] = cor.centred(cor.ranks(np.round(swept[mask] / size, 9)))
    return found


def _with_without_one(
    found: Association,
    a: Floats,
    b: Floats,
    mask: Bools,
    places: np.ndarray,
    rng: np.random.Generator,
    permutations: int,
) -> Association:
    if len(mask) <= FEWEST + 1:
        return found
    sweep = Sweeper(mask)
    x, y = sweep.rest(a), sweep.rest(b)
    xx, yy, xy = (x * x).sum(axis=1), (y * y).sum(axis=1), (x * y).sum(axis=1)
    size = np.sqrt(np.maximum((xx.sum() - xx) * (yy.sum() - yy), 0))
    without = np.divide(xy.sum() - xy, size, out=np.zeros(len(xx)), where=size > 0)
    unit = int(np.argmax(np.abs(without - found.r)))
    outside = max(float(far(np.sqrt(part))[unit]) for part in (xx, yy)) > FAR
    place = int(places[unit])
    if not matters(found.r, float(without[unit])):
        return replace(found, without_one=WithoutOne(place, float(without[unit]), math.nan, outside))
    kept = np.arange(len(mask)) != unit
    rest = _within(a[kept], b[kept], mask[kept], rng, permutations)
    one = WithoutOne(place, rest.r, rest.p, outside) if rest.known else WithoutOne(place, 0.0, 1.0, True)
    return replace(found, without_one=one)
