"""Two groups, and something that happened to some of each: exact tests, ratios and differences with intervals.

A table is (x1, n1, x2, n2): it happened to x1 of n1 in one group, and to x2 of n2 in the other.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.stats import beta, hypergeom, norm

from andon.stats.segments import Floats

EQUAL = 1 + 1e-7
"""Tables whose chance is this close to that of the one seen count as equally likely, as in R."""
FURTHEST = 1e10


@dataclass(frozen=True, slots=True)
class Between:
    """An estimate with its interval. A ratio's `high` may be infinite; NaN where nothing can be said."""

    estimate: float
    low: float
    high: float


def checked(x1: int, n1: int, x2: int, n2: int) -> None:
    """Raises ValueError where counts are none, or more happened than there are."""
    for x, n in ((x1, n1), (x2, n2)):
        if x != int(x) or n != int(n) or not 0 <= x <= n:
            raise ValueError(f"{x} of {n} is no count: whole numbers, from 0 to all of them")


def fisher(x1: int, n1: int, x2: int, n2: int) -> float:
    """Two-sided p of Fisher's exact test: all tables with these margins that are no likelier than the one seen.

    As R's fisher.test (alternative two.sided). 1 where a group is empty, or it happened to all or to nobody.
    """
    checked(x1, n1, x2, n2)
    if not n1 or not n2:
        return 1.0
    happened = x1 + x2
    seen = np.arange(max(0, happened - n2), min(n1, happened) + 1)
    chance = np.exp(
        hypergeom.logpmf(seen, n1 + n2, n1, happened)
    )  # ten times as quick as pmf where there are many
    return float(min(1.0, chance[chance <= chance[x1 - seen[0]] * EQUAL].sum()))


def smallest_fisher(x: int, n1: int, n2: int) -> float:
    """The smallest p that any table with these margins could have reached: above .05, nothing could be shown."""
    if not n1 or not n2:
        return 1.0
    seen = range(max(0, x - n2), min(n1, x) + 1)
    return min(fisher(at, n1, x - at, n2) for at in (seen[0], seen[-1]))


def odds_ratio(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Between:
    """Conditional maximum likelihood, and the exact interval; as R's fisher.test (estimate and conf.int)."""
    checked(x1, n1, x2, n2)
    happened = x1 + x2
    first, last = max(0, happened - n2), min(n1, happened)
    if first == last:
        return Between(math.nan, 0.0, math.inf)
    seen = np.arange(first, last + 1)
    weight = hypergeom.logpmf(seen, n1 + n2, n1, happened)
    half = (1 - level) / 2

    def law(odds: float) -> Floats:
        """Fisher's noncentral hypergeometric law over what could have been seen."""
        tilted = weight + seen * math.log(odds)
        chance: Floats = np.exp(tilted - tilted.max())
        return chance / chance.sum()

    low = 0.0 if x1 == first else _root(lambda odds: float(law(odds)[seen >= x1].sum()) - half)
    high = math.inf if x1 == last else _root(lambda odds: float(law(odds)[seen <= x1].sum()) - half)
    if x1 in (first, last):
        return Between(0.0 if x1 == first else math.inf, low, high)
    return Between(_root(lambda odds: float(law(odds) @ seen) - x1), low, high)


def _root(of: Callable[[float], float]) -> float:
    """Where a function that falls or rises once from 1e-10 to 1e10 is nought, sought on the scale of logarithms."""
    ends = (-math.log(FURTHEST), math.log(FURTHEST))
    at = [of(math.exp(end)) for end in ends]
    if at[0] * at[1] > 0:
        return 0.0 if abs(at[0]) < abs(at[1]) else math.inf
    return math.exp(brentq(lambda log: of(math.exp(log)), *ends, xtol=1e-12))


def wilson(x: int, n: int, level: float = 0.95) -> Between:
    """A share with Wilson's score interval (1927)."""
    checked(x, n, 0, 0)
    if not n:
        return Between(math.nan, 0.0, 1.0)
    z, p = _z(level), x / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low = 0.0 if x == 0 else middle - reach
    high = 1.0 if x == n else middle + reach
    return Between(p, low, high)


def difference(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Between:
    """Of two shares, with Newcombe's hybrid score interval (1998, method 10)."""
    checked(x1, n1, x2, n2)
    one, two = wilson(x1, n1, level), wilson(x2, n2, level)
    apart = one.estimate - two.estimate
    if math.isnan(apart):
        return Between(math.nan, -1.0, 1.0)
    down = math.hypot(one.estimate - one.low, two.high - two.estimate)
    up = math.hypot(one.high - one.estimate, two.estimate - two.low)
    return Between(apart, apart - down, apart + up)


def ratio(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Between:
    """Of two shares (relative risk), with the score interval of Koopman (1984), which holds with noughts too.

    `high` is infinite where it happened to nobody of the second group; NaN estimate where to nobody at all.
    """
    checked(x1, n1, x2, n2)
    if not n1 or not n2 or x1 + x2 == 0:
        return Between(math.nan, 0.0, math.inf)
    limit = _z(level) ** 2

    def beyond(log: float) -> float:
        return _score(x1, n1, x2, n2, math.exp(log)) - limit

    estimate = x1 / n1 / (x2 / n2) if x2 else math.inf
    centre = math.log(estimate) if 0 < estimate < math.inf else math.log(_moved(x1, n1, x2, n2))
    edge = math.log(FURTHEST)
    low = 0.0 if x1 == 0 else _limit(beyond, centre, -edge)
    high = math.inf if x2 == 0 else _limit(beyond, centre, edge)
    return Between(estimate, low, high)


def _moved(x1: int, n1: int, x2: int, n2: int) -> float:
    """Half a case added to each: a place inside the interval where one of the counts is nought."""
    return (x1 + 0.5) / (n1 + 0.5) / ((x2 + 0.5) / (n2 + 0.5))


def _limit(beyond: Callable[[float], float], inside: float, edge: float) -> float:
    """From a place inside the interval to where it ends."""
    if beyond(inside) > 0:
        return math.exp(inside)
    return math.exp(brentq(beyond, inside, edge, xtol=1e-10)) if beyond(edge) > 0 else math.exp(edge)


def _score(x1: int, n1: int, x2: int, n2: int, theta: float) -> float:
    """Koopman's chi-square of a ratio theta, by the constrained estimates of both shares."""
    total = n1 + n2
    a, b, c = total * theta, -(n1 * theta + x1 + n2 + x2 * theta), x1 + x2
    # the smaller root of a p² + b p + c, written so that nothing is lost where theta is huge
    p2 = 2 * c / (-b + math.sqrt(max(b * b - 4 * a * c, 0.0)))
    p1 = min(theta * p2, 1 - 1e-15)
    p2 = min(p2, 1 - 1e-15)
    return _part(x1, n1, p1) + _part(x2, n2, p2)


def _part(x: int, n: int, p: float) -> float:
    return (x - n * p) ** 2 / (n * p * (1 - p)) if 0 < p < 1 else (0.0 if x == n * p else math.inf)


def rate_ratio(x1: int, time1: float, x2: int, time2: float, level: float = 0.95) -> Between:
    """Of two rates per person-time, with the exact interval; as R's poisson.test of two."""
    if min(x1, x2) < 0 or min(time1, time2) <= 0:
        raise ValueError("a rate needs events, 0 or more, and a time above 0")
    if x1 + x2 == 0:
        return Between(math.nan, 0.0, math.inf)
    half, happened, share = (1 - level) / 2, x1 + x2, time2 / time1
    low = 0.0 if x1 == 0 else _odds(float(_clopper(x1, happened, half)[0])) * share
    high = math.inf if x2 == 0 else _odds(float(_clopper(x1, happened, half)[1])) * share
    return Between(x1 / time1 / (x2 / time2) if x2 else math.inf, low, high)


def _odds(p: float) -> float:
    return p / (1 - p)


def _clopper(x: int, n: int, half: float) -> tuple[float, float]:
    """Clopper and Pearson (1934), by quantiles of the beta distribution."""
    low = float(beta.ppf(half, x, n - x + 1)) if x else 0.0
    high = float(beta.ppf(1 - half, x + 1, n - x)) if x < n else 1.0
    return low, high


def _z(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"the level of an interval lies between 0 and 1, it is not {level}")
    return float(norm.ppf(0.5 + level / 2))


def benjamini_hochberg(p: Floats) -> Floats:
    """Each p corrected for all that were looked at: the share of false alarms at which it is named; (K,).

    Benjamini and Hochberg (1995); as R's p.adjust(method = "BH"). NaN was not looked at and stays NaN.
    """
    given = np.asarray(p, np.float64)
    found = np.full(given.shape, np.nan)
    known = np.flatnonzero(~np.isnan(given))
    order = known[np.argsort(given[known], kind="stable")][::-1]
    steps = given[order] * len(known) / np.arange(len(known), 0, -1)
    found[order] = np.minimum(1.0, np.minimum.accumulate(steps)) if len(known) else steps
    return found
