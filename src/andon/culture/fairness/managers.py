"""How much managers differ in what they decide: a share of all variation, and who is outside what chance explains.

Nothing is ranked. What a manager's people would see if all managers decided alike is told from their roles; only where
a manager is too far from it for chance, corrected for all managers looked at, is a single one named, to the auditor and
to the manager.
"""

import math
from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from scipy.stats import binom

from andon.culture.fairness.hiding import SMALLEST
from andon.stats import mixed, tables
from andon.stats.tables import Between

FEWEST = 5
"""Managers, each with five people or more, from whom it can be said how much they differ."""
FALSE_ALARMS = 0.05


@dataclass(frozen=True, slots=True)
class One:
    """A manager: `x` of `n` people, `expected` of them by their roles, p corrected for all managers."""

    manager: int
    n: int
    x: int
    rate: Between
    expected: float
    corrected: float

    @property
    def outside(self) -> bool:
        return self.corrected <= FALSE_ALARMS


@dataclass(frozen=True, slots=True)
class Strictness:
    """`sd` of managers on the scale of log odds with its interval, `share` of all variation that is theirs.

    `typical` is the odds of a person under the stricter of two managers drawn at random, beside the other: the median
    odds ratio (Larsen and Merlo 2005).
    """

    managers: tuple[One, ...]
    left_out: int
    sd: Between
    share: Between
    typical: Between


def strictness(
    managers: Mapping[int, int], roles: Mapping[int, str], happened: AbstractSet[int]
) -> Strictness | None:
    """`managers` is person to manager. None where too few managers lead five or more, or it happened to few."""
    teams: dict[int, list[int]] = defaultdict(list)
    for person, manager in managers.items():
        teams[manager].append(person)
    large = {manager: people for manager, people in sorted(teams.items()) if len(people) >= SMALLEST}
    everybody = [person for people in large.values() for person in people]
    seen = len(happened & set(everybody))
    if len(large) < FEWEST or seen < 2 * SMALLEST or seen == len(everybody):
        return None
    sd = _spread(large, roles, happened)
    found = _each(large, roles, happened)
    return Strictness(found, len(teams) - len(large), sd, _over(sd, _share), _over(sd, _typical))


def _spread(large: Mapping[int, list[int]], roles: Mapping[int, str], happened: AbstractSet[int]) -> Between:
    """A random intercept of the manager and of the role, on cells (Laplace)."""
    cells: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    for manager, people in large.items():
        for person in people:
            cell = cells[manager, roles.get(person, "")]
            cell[0] += 1
            cell[1] += person in happened
    names = [sorted({key[place] for key in cells}, key=str) for place in (0, 1)]
    codes = [np.array([names[place].index(key[place]) for key in cells]) for place in (0, 1)]
    groupings = {"manager": mixed.Grouping(codes[0], len(names[0]))}
    if len(names[1]) > 1:
        groupings["role"] = mixed.Grouping(codes[1], len(names[1]))
    n, total = (np.array([cell[place] for cell in cells.values()], float) for place in (0, 1))
    fit = mixed.fit(mixed.Design(n, total, None, groupings, np.empty((len(n), 0)), ()), "binomial")
    low, high = fit.variance_intervals(0.95)["manager"]
    return Between(math.sqrt(fit.variances["manager"]), math.sqrt(low), math.sqrt(high))


def _over(sd: Between, of) -> Between:
    return Between(of(sd.estimate), of(sd.low), of(sd.high))


def _share(sd: float) -> float:
    """Of the variation of log odds, with pi²/3 for what is neither manager nor role."""
    return 1.0 if math.isinf(sd) else sd**2 / (sd**2 + math.pi**2 / 3)


def _typical(sd: float) -> float:
    return math.exp(math.sqrt(2) * sd * 0.6744897501960817) if sd < 100 else math.inf


def _each(
    large: Mapping[int, list[int]], roles: Mapping[int, str], happened: AbstractSet[int]
) -> tuple[One, ...]:
    """Twice: who stands outside at first is then no measure for the others, as one alone would make all look odd."""
    first = _compared(large, large, roles, happened)
    usual = {one.manager: large[one.manager] for one in first if not one.outside}
    return _compared(large, usual, roles, happened) if len(usual) >= FEWEST else first


def _compared(
    large: Mapping[int, list[int]],
    usual: Mapping[int, list[int]],
    roles: Mapping[int, str],
    happened: AbstractSet[int],
) -> tuple[One, ...]:
    rows = [_one(people, _without(usual, manager), roles, happened) for manager, people in large.items()]
    fair = tables.benjamini_hochberg(np.array([row[1] for row in rows]))
    return tuple(
        One(manager, len(people), x, tables.wilson(x, len(people)), row[0], float(corrected))
        for (manager, people), row, corrected in zip(large.items(), rows, fair, strict=True)
        for x in (len(happened & set(people)),)
    )


def _without(usual: Mapping[int, list[int]], manager: int) -> list[int]:
    return [person for other, people in usual.items() if other != manager for person in people]


def _one(
    ours: list[int], others: list[int], roles: Mapping[int, str], happened: AbstractSet[int]
) -> tuple[float, float]:
    """How many to expect among their people, by what other managers do with each role; and p."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for person in others:
        counts[roles.get(person, "")][0] += person in happened
        counts[roles.get(person, "")][1] += 1
    whole = _rate(len(happened & set(others)), len(others))
    expected = sum(
        _rate(*counts[role]) if counts[role][1] >= SMALLEST else whole
        for role in (roles.get(one, "") for one in ours)
    )
    x, n = len(happened & set(ours)), len(ours)
    return expected, two_sided(x, n, min(max(expected / n, 1e-9), 1 - 1e-9))


def _rate(x: int, n: int) -> float:
    return (x + 0.5) / (n + 1)


def two_sided(x: int, n: int, p: float) -> float:
    """Twice the smaller tail of the binomial."""
    return float(min(1.0, 2 * min(binom.cdf(x, n, p), binom.sf(x - 1, n, p))))
