"""Quasi-Poisson regression of many series on one shared design: parts of the season and a straight trend.

With one column a part, X'WX is diagonal but for the row and column of the trend. So every series is solved in
closed form from sums over runs of neighbouring columns, and no series waits for another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from andon.stats.outbreak.past import Past
from andon.stats.outbreak.rows import put, take
from andon.stats.segments import Bools, Floats, Ints

_ALIASED = 1e-11
_ROUNDING = 1e-15


class Stop(NamedTuple):
    """When to stop: the deviance changes by less than `tolerance`, and after so many steps in any case."""

    tolerance: float
    steps: int


AS_R = Stop(1e-8, 25)
"""R's glm. As it keeps the weights of the step before the last, a bound may be off in the fourth digit."""
SETTLED = Stop(1e-12, 100)


@dataclass(frozen=True, slots=True, eq=False)
class Histories:
    """Past counts of some rows, a row one series in one week; arrays (R, n).

    y: counts, 0 where unknown.   known: 1.0 or 0.0.   offset: log exposure, or None.
    """

    y: Floats
    known: Floats
    offset: Floats | None


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """Weighted least squares of R rows on K parts of the season and a trend.

    level: (R, K), log rate of each part now.   slope: (R,), of the log rate in a week, 0 without a trend.
    inverse, lean: (R, K), 1 / sum of weights and mean week of each part.   information: (R,), of the slope given
    the levels; inf without a trend.   rank: (R,), columns that could be told apart.
    """

    level: Floats
    slope: Floats
    inverse: Floats
    lean: Floats
    information: Floats
    rank: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """One quasi-Poisson model a row; eta, mu and working (R, n): log mean, mean and working weights."""

    solved: Solved
    eta: Floats
    mu: Floats
    working: Floats
    converged: Bools


class Design:
    """The shared design of a past, and what is solved and predicted with it."""

    def __init__(self, past: Past, trend: bool) -> None:
        self.trend = trend
        self.parts = int(past.part[-1]) + 1
        self.starts = np.searchsorted(past.part, np.arange(self.parts))
        self.sizes = np.bincount(past.part)
        self.weeks = past.weeks.astype(np.float64)

    def sums(self, values: Floats) -> Floats:
        """Sum over each part of the season: (R, n) to (R, K)."""
        return np.add.reduceat(values, self.starts, axis=1)

    def spread(self, levels: Floats) -> Floats:
        """Each part's number at each of its weeks: (R, K) to (R, n)."""
        return np.repeat(levels, self.sizes, axis=1)

    def solve(self, w: Floats, wz: Floats) -> Solved:
        """Weighted least squares of z; w and w·z are (R, n)."""
        weight, right = self.sums(w), self.sums(wz)
        inverse = np.divide(1.0, weight, out=np.zeros_like(weight), where=weight > 0)
        rank = (weight > 0).sum(axis=1).astype(np.float64)
        none = np.zeros(len(w))
        if not self.trend:
            return Solved(right * inverse, none, inverse, np.zeros_like(inverse), none + np.inf, rank)
        leaning = w * self.weeks
        moment, total = self.sums(leaning), np.einsum("rn,n->r", leaning, self.weeks)
        lean = moment * inverse
        information = total - (moment * lean).sum(axis=1)
        seen = information > _ALIASED * total
        information = np.where(seen, information, np.inf)
        slope = (np.einsum("rn,n->r", wz, self.weeks) - (right * lean).sum(axis=1)) / information
        return Solved(right * inverse - lean * slope[:, None], slope, inverse, lean, information, rank + seen)

    def predict(self, s: Solved) -> Floats:
        """Linear predictor (R, n), without the offset."""
        eta = self.spread(s.level)
        return eta + s.slope[:, None] * self.weeks if self.trend else eta

    def leverage(self, f: Fitted) -> Floats:
        """Diagonal of the hat matrix, (R, n)."""
        apart = self.spread(f.solved.inverse)
        if self.trend:
            apart += (self.weeks - self.spread(f.solved.lean)) ** 2 / f.solved.information[:, None]
        return f.working * apart


@dataclass(frozen=True, slots=True, eq=False)
class _Problem:
    """Rows still to be fitted. cases: prior weight times count.   saturated: the deviance's constant, (R,)."""

    which: Ints
    prior: Floats
    cases: Floats
    offset: Floats | None
    saturated: Floats
    rounding: Floats

    def deviance(self, eta: Floats, w: Floats) -> Floats:
        found: Floats = 2 * (self.saturated - np.einsum("rn,rn->r", self.cases, eta) + w.sum(axis=1))
        return found


def _problem(h: Histories, prior: Floats) -> _Problem:
    cases = prior * h.y
    entropy = cases * np.log(np.maximum(h.y, 1e-300))
    rounding = _ROUNDING * np.abs(entropy).sum(axis=1)
    return _Problem(np.arange(len(prior)), prior, cases, h.offset, (entropy - cases).sum(axis=1), rounding)


def fit(h: Histories, prior: Floats, design: Design, stop: Stop) -> Fitted:
    """Fit every row by reweighted least squares, with prior weights (R, n) that are 0 where unknown.

    Starts at count + 0.1 and stops each row on its own, so that its answer does not depend on its company. Working
    weights are those the last step was made with: with `AS_R` the fit is R's to the last digits.
    """
    found = _room(h.y.shape[0], h.y.shape[1], design.parts)
    live = _problem(h, prior)
    mu = h.y + 0.1
    eta = np.log(mu)
    w = prior * mu
    before = live.deviance(eta, w)
    for _ in range(stop.steps):
        linear = eta if live.offset is None else eta - live.offset
        solved = design.solve(w, w * (linear - 1) + live.cases)
        eta = design.predict(solved)
        if live.offset is not None:
            eta += live.offset
        mu = np.exp(eta)
        fitted, w = w, live.prior * mu
        deviance = live.deviance(eta, w)
        change = np.abs(deviance - before)
        done = (change < stop.tolerance * (np.abs(deviance) + 0.1)) | (change < live.rounding)
        if done.any():
            put(found, live.which[done], take(Fitted(solved, eta, mu, fitted, done), done))
            live, eta, w, deviance = take(live, ~done), eta[~done], w[~done], deviance[~done]
        if done.all():
            break
        before = deviance
    return found


def _room(rows: int, n: int, parts: int) -> Fitted:
    def unknown(*shape: int) -> Floats:
        return np.full(shape, np.nan)

    part, one = (rows, parts), (rows,)
    solved = Solved(*(unknown(*shape) for shape in (part, one, part, part, one, one)))
    week = (rows, n)
    return Fitted(solved, unknown(*week), unknown(*week), unknown(*week), np.zeros(rows, bool))
