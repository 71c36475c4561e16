"""Which of thousands of series to believe: one p-value a series, and false discoveries controlled over all.

With limits estimated from the same points, 63 of 100 series of 104 quiet points show some Western Electric
signal. So rank by strength, and keep the share of false discoveries below q (Benjamini and Hochberg 1995).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import binom, kstwobign, poisson, t

from andon.stats import runs
from andon.stats.limits import Limits
from andon.stats.segments import Bools, Floats, Ints, Segments, checked_offsets

MOVING_RANGE_FREEDOM = 0.62
"""Degrees of freedom of a mean moving range, per point: it wastes about 4 in 10 (Wheeler)."""


@dataclass(frozen=True, eq=False)
class Strength:
    """How surprising each segment is if nothing but chance is at work.

    The p-values are float64 (segments,), and 1 where nothing is known.

    p: all together (three times the smallest, at most 1).
    extreme: the point farthest out.   run: the longest run on one side.   change: the largest lasting shift.
    point: int64 (segments,), the point farthest out, as a place in the flat array; -1 without one.
    score: float64 (segments,), its distance from the centre in sigma, with its sign.
    """

    p: Floats
    extreme: Floats
    run: Floats
    change: Floats
    point: Ints
    score: Floats


def strength(values: ArrayLike, limits: Limits, offsets: ArrayLike, n: ArrayLike | None = None) -> Strength:
    """Strength of evidence of each segment; values (N,), limits as drawn from them, n as for the limits."""
    x = np.asarray(values, np.float64).ravel()
    segments = Segments(checked_offsets(offsets, len(x)))
    sizes = None if n is None else np.broadcast_to(np.asarray(n, np.float64), x.shape)
    z = limits.scores(x)
    rows = segments.padded(z)
    high, low = _farthest(rows, segments)
    upper = _tail_chance(x, z, sizes, limits, high, 1)
    lower = _tail_chance(x, z, sizes, limits, low, -1)
    seen = np.sum(~np.isnan(rows), axis=1)
    extreme = _of_many(np.minimum(1.0, 2 * np.minimum(upper, lower)), seen)
    run = _run_chance(x, sizes, limits, segments)
    change = _change_chance(rows, seen, _freedom(limits))
    p = np.minimum(1.0, 3 * np.minimum(np.minimum(extreme, run), change))
    point = np.where(upper <= lower, high, low)
    score = np.where(point >= 0, z[point] if len(z) else np.nan, np.nan)
    return Strength(p, extreme, run, change, point, score)


def _of_many(chance: Floats, points: Ints) -> Floats:
    """Chance that the most surprising of so many points is as surprising as this (Sidak)."""
    any_of_them: Floats = -np.expm1(points * np.log1p(-np.minimum(chance, 1 - 1e-16)))
    return np.where(points > 0, any_of_them, 1.0)


def _freedom(limits: Limits) -> Floats:
    """Degrees of freedom behind sigma, (segments,): infinite where theory gives it."""
    if limits.kind in ("p", "np", "c", "u", "g"):
        return np.full(limits.segments.size, np.inf)
    freedom: Floats = np.maximum(MOVING_RANGE_FREEDOM * (limits.points - 1), 1.0)
    return freedom


def _farthest(rows: Floats, segments: Segments) -> tuple[Ints, Ints]:
    """Places of the highest and the lowest score of each segment, -1 without one."""
    if rows.shape[1] == 0:
        none = np.full(segments.size, -1)
        return none, none
    known = ~np.isnan(rows).all(axis=1)
    high = np.where(np.isnan(rows), -np.inf, rows).argmax(axis=1)
    low = np.where(np.isnan(rows), np.inf, rows).argmin(axis=1)
    return (
        np.where(known, segments.offsets[:-1] + high, -1),
        np.where(known, segments.offsets[:-1] + low, -1),
    )


def _tail_chance(x: Floats, z: Floats, n: Floats | None, limits: Limits, at: Ints, side: int) -> Floats:
    """Chance of a point at least as far out, on that side, of each segment: exact for counts."""
    if len(x) == 0:
        return np.ones(len(at))
    here = np.maximum(at, 0)
    score = side * z[here]
    with np.errstate(all="ignore"):
        chance = _chance(x[here], score, None if n is None else n[here], limits, here, side)
    # Off the centre of a series that never moved: as likely as one more unlike point among so many.
    chance = np.where(np.isinf(score) & (score > 0), 1 / (limits.points + 1), chance)
    return np.where((at >= 0) & np.isfinite(chance), np.clip(chance, 0.0, 1.0), 1.0)


def _chance(x: Floats, score: Floats, n: Floats | None, limits: Limits, here: Ints, side: int) -> Floats:
    """Upper tail of a score by Student's law; on charts of counts, of the count by its own law.

    On Laney's charts it is the larger of the two, the count drawn in by sigma_z.
    """
    theory = limits.kind.rstrip("'")
    student: Floats = t.sf(score, _freedom(limits))
    if theory not in _COUNTED:
        return student
    centre = limits.centre[here]
    if theory == limits.kind:
        return _count_chance(theory, x, centre, n, side)
    drawn_in = centre + (x - centre) / np.maximum(limits.sigma_z, 1.0)
    return np.maximum(student, _count_chance(theory, drawn_in, centre, n, side))


_COUNTED = ("p", "np", "c", "u")


def _law(kind: str, centre: Floats, size: Floats) -> tuple[Any, Floats]:
    """The law of a count, binomial or Poisson, and its mean."""
    if kind in ("p", "np"):
        share = np.clip(centre if kind == "p" else centre / size, 0, 1)
        return binom(np.round(size), share), np.round(size) * share
    mean = centre if kind == "c" else centre * size
    return poisson(mean), mean


def _count_chance(kind: str, x: Floats, centre: Floats, n: Floats | None, side: int) -> Floats:
    """Binomial or Poisson chance of a count at least as far out."""
    size = np.ones_like(x) if n is None else n
    law, _ = _law(kind, centre, size)
    count = np.round(x * size if kind in ("p", "u") else x)
    chance: Floats = law.sf(count - 1) if side > 0 else law.cdf(count)
    return chance


def _run_chance(x: Floats, n: Floats | None, limits: Limits, segments: Segments) -> Floats:
    """Chance of a run on one side as long as the longest one seen, (segments,)."""
    side = np.sign(np.nan_to_num(x - limits.centre))
    found = runs.signals(side, segments)
    useful = np.bincount(segments.index[side != 0], minlength=segments.size)
    repeat = _repeat_chance(n, limits, segments)
    cases = np.stack([useful, found.longest_run, np.ceil(repeat * 100).astype(np.int64)])
    distinct, back = np.unique(cases, axis=1, return_inverse=True)
    table = np.array([longest_run_chance(int(n), int(run), share / 100) for n, run, share in distinct.T])
    return table[back.ravel()] if len(table) else np.ones(segments.size)


def _repeat_chance(n: Floats | None, limits: Limits, segments: Segments) -> Floats:
    """Chance of the likelier side, (segments,): a half, but for small counts, which lie low more often."""
    kind, half = limits.kind.rstrip("'"), np.full(segments.size, 0.5)
    if kind not in _COUNTED or not segments.points:
        return half
    size = segments.mean(np.ones(segments.points) if n is None else n, None if n is None else n > 0)
    centre = segments.mean(limits.centre, np.isfinite(limits.centre))
    law, mean = _law(kind, centre[:, 0], size[:, 0])
    with np.errstate(all="ignore"):
        above, below = law.sf(np.floor(mean)), law.cdf(np.ceil(mean) - 1)
        likelier: Floats = np.maximum(above, below) / (above + below)
    return np.where(np.isfinite(likelier), likelier, half)


@lru_cache(maxsize=100_000)
def longest_run_chance(flips: int, run: int, repeat: float = 0.5) -> float:
    """Chance that `flips` flips hold a run of at least `run` of either side; exact to 10,000 fair flips.

    A run of r flips is r - 1 repeats in a row among flips - 1 chances to repeat, each with chance `repeat`.
    For a coin that is not fair that is the chance of its likelier side, and the answer a little too large.
    """
    if run <= 1 or flips < run:
        return 1.0 if run <= 1 else 0.0
    chances, repeats = flips - 1, run - 1
    first, later = repeat**repeats, (1 - repeat) * repeat**repeats
    if flips > 10_000:
        return float(-np.expm1(-first - (chances - repeats) * later))
    without = np.ones(chances + 2)  # without[i + 1]: chance of no such row of repeats in i chances
    for i in range(repeats, chances + 1):
        without[i + 1] = without[i] - (first if i == repeats else later * without[i - repeats])
    return float(np.clip(1 - without[chances + 1], 0, 1))


def _change_chance(rows: Floats, seen: Ints, freedom: Floats) -> Floats:
    """Chance of a lasting shift as large, by the largest swing of the sum of scores, (segments,).

    Kolmogorov's law where theory gives sigma; where sigma is estimated, its tail 2 exp(-2 swing^2)
    averaged over what sigma may be.
    """
    if rows.shape[1] == 0:
        return np.ones(len(rows))
    clean = np.clip(np.nan_to_num(rows, posinf=0.0, neginf=0.0), -1e6, 1e6)
    count = np.maximum(seen, 1)
    mean = clean.sum(axis=1, keepdims=True) / count[:, None]
    bridge = np.cumsum(np.where(np.isnan(rows), 0.0, clean - mean), axis=1)
    swing = np.abs(bridge).max(axis=1) / np.sqrt(count)
    finite = np.minimum(freedom, 1e9)
    estimated = 2 * np.exp(-finite / 2 * np.log1p(4 * swing**2 / finite))
    chance = np.where(np.isinf(freedom), kstwobign.sf(swing), np.minimum(1.0, estimated))
    return np.where(seen > 1, chance, 1.0)


def q_values(p: ArrayLike) -> Floats:
    """Benjamini-Hochberg adjusted p-values, float64 (M,): the q at which each would first be a discovery.

    NaN stays NaN and counts as not looked at.
    """
    chance = np.asarray(p, np.float64).ravel()
    out = np.full(len(chance), np.nan)
    known = np.flatnonzero(~np.isnan(chance))
    order = known[np.argsort(chance[known], kind="stable")]
    scaled = chance[order] * len(order) / np.arange(1, len(order) + 1)
    out[order] = np.minimum(1.0, np.minimum.accumulate(scaled[::-1])[::-1])
    return out


def discoveries(p: ArrayLike, q: float = 0.05) -> Bools:
    """Which of many p-values to believe so that at most a share q of them is false on average, bool (M,)."""
    if not 0 < q <= 1:
        raise ValueError(f"q is a share above 0 and at most 1, not {q}")
    found: Bools = np.nan_to_num(q_values(p), nan=2.0) <= q
    return found
