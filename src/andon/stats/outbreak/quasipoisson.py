"""Quasi-Poisson regression of many series on one shared design: parts of the season and a straight trend.

With one column a part, X'WX is diagonal but for the row and column of the trend: every series is solved in closed
form, and the sums of all of them are one matrix product.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from andon.stats.outbreak.past import Past
from andon.stats.segments import Bools, Floats, Ints

_ITERATIONS = 25
_TOLERANCE = 1e-8
"""Starting values, stopping rule, and weights taken from the last step: those of R's glm, so that both agree."""
_ALIASED = 1e-11


@dataclass(frozen=True, slots=True, eq=False)
class Histories:
    """Past counts of some rows, a row one series in one week; arrays (R, n).

    y: counts, 0 where unknown.   known: 1.0 or 0.0.   offset: log exposure, or None.
    """

    y: Floats
    known: Floats
    offset: Floats | None

    def rows(self, which: Bools | Ints) -> Histories:
        offset = None if self.offset is None else self.offset[which]
        return Histories(self.y[which], self.known[which], offset)


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
class Fitted(Solved):
    """One quasi-Poisson model a row; mu and working (R, n) are fitted counts and working weights."""

    mu: Floats
    working: Floats
    converged: Bools

    def put(self, which: Bools | Ints, other: Fitted) -> None:
        """Take over the rows of another fit."""
        for field in fields(self):
            getattr(self, field.name)[which] = getattr(other, field.name)


class Design:
    """The shared design of a past, with the columns that make all sums one product."""

    def __init__(self, past: Past, trend: bool) -> None:
        self.trend = trend
        self.parts = past.parts
        levels = (past.part[:, None] == np.arange(past.parts)).astype(np.float64)
        week = past.weeks.astype(np.float64)[:, None]
        self.basis = np.hstack([levels, week]) if trend else levels
        self.squares = np.hstack([levels, levels * week, week**2]) if trend else levels

    def solve(self, w: Floats, wz: Floats) -> Solved:
        """Weighted least squares of z on the design; w and wz are (R, n)."""
        k, sums, right = self.parts, w @ self.squares, wz @ self.basis
        weight = sums[:, :k]
        inverse = np.divide(1.0, weight, out=np.zeros_like(weight), where=weight > 0)
        rank = (weight > 0).sum(axis=1).astype(np.float64)
        none = np.zeros(len(w))
        if not self.trend:
            return Solved(right * inverse, none, inverse, np.zeros_like(inverse), none + np.inf, rank)
        lean = sums[:, k:-1] * inverse
        information = sums[:, -1] - (sums[:, k:-1] * lean).sum(axis=1)
        seen = information > _ALIASED * sums[:, -1]
        information = np.where(seen, information, np.inf)
        slope = (right[:, -1] - (right[:, :k] * lean).sum(axis=1)) / information
        level = right[:, :k] * inverse - lean * slope[:, None]
        return Solved(level, slope, inverse, lean, information, rank + seen)

    def predict(self, s: Solved) -> Floats:
        """Linear predictor (R, n), without the offset."""
        return (np.column_stack([s.level, s.slope]) if self.trend else s.level) @ self.basis.T

    def leverage(self, f: Fitted) -> Floats:
        """Diagonal of the hat matrix, (R, n)."""
        levels = self.basis[:, : self.parts].T
        apart = f.inverse @ levels
        if self.trend:
            apart += (self.basis[:, -1] - f.lean @ levels) ** 2 / f.information[:, None]
        return f.working * apart


def fit(h: Histories, prior: Floats, design: Design) -> Fitted:
    """Fit every row by reweighted least squares with prior weights (R, n), 0 where unknown.

    Each row stops at its own convergence, so a row's answer does not depend on its company.
    """
    rows, n = h.y.shape
    found = _room(rows, n, design.parts)
    live = np.arange(rows)
    mu = h.y + 0.1
    eta = np.log(mu)
    before = _deviance(h, prior, eta, mu)
    with np.errstate(all="ignore"):
        for _ in range(_ITERATIONS):
            w = prior * mu
            z = eta if h.offset is None else eta - h.offset
            solved = design.solve(w, w * z + prior * (h.y - mu))
            eta = design.predict(solved)
            if h.offset is not None:
                eta += h.offset
            mu = np.exp(eta)
            deviance = _deviance(h, prior, eta, mu)
            still = ~(np.abs(deviance - before) < _TOLERANCE * (np.abs(deviance) + 0.1))
            found.put(live, Fitted(*_values(solved), mu, w, ~still))
            if not still.any():
                break
            if not still.all():
                live, h, prior, eta, mu = live[still], h.rows(still), prior[still], eta[still], mu[still]
            before = deviance[still]
    return found


def _values(solved: Solved) -> list[Floats]:
    return [getattr(solved, field.name) for field in fields(Solved)]


def _room(rows: int, n: int, parts: int) -> Fitted:
    one, k = (rows,), (rows, parts)
    shapes = (k, one, k, k, one, one, (rows, n), (rows, n))
    return Fitted(*(np.empty(shape) for shape in shapes), converged=np.zeros(rows, bool))


def _deviance(h: Histories, prior: Floats, eta: Floats, mu: Floats) -> Floats:
    """Half the Poisson deviance but for what does not change with the fit: enough to see it stop."""
    part = h.y * (np.log(np.maximum(h.y, 1e-300)) - eta) - (h.y - mu)
    return 2 * (prior * part).sum(axis=1)
