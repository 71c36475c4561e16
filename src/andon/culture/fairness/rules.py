"""One group beside all others, for one process: what can be said, and what cannot. Pure."""

import math
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from andon.culture.fairness.hiding import SMALLEST, Groups, pooled, sizes_of
from andon.culture.fairness.processes import Nature
from andon.stats import tables
from andon.stats.strata import exact, mantel_haenszel
from andon.stats.tables import Between

FALSE_ALARMS = 0.05
"""Of the differences that an audit names, so many are expected to be chance at most."""
MOSTLY = 0.5
"""Within roles something can be said where at least this share of the group has others in its role."""

HALF = 0.5
"""Of a difference over all, no more than this may be left within roles for their mix to explain it."""


class Verdict(StrEnum):
    DIFFERS = "differs"
    MIXED = "mixed"
    """Over all it differs, but not among people in the same role."""
    ALONE = "alone"
    """Over all it differs, and hardly anybody else is in the roles of this group: the two cannot be told apart."""
    MASKED = "masked"
    """Over all it looks alike, and within roles it differs."""
    NONE = "none"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Inside:
    """Within roles: the ratio that it happens, p, p corrected, roles that hold both, people in such roles."""

    ratio: Between
    p: float
    roles: int
    share: float
    corrected: float = math.nan


@dataclass(frozen=True, slots=True)
class Compared:
    """One group beside the others shown.

    happens: ratio of how often it happens; spared: of how often it does not. `four_fifths` is the ratio of the good
    result (had or spared) to that of the group which has it most. `smallest` is the smallest p any result could reach.
    """

    group: str
    n: int
    x: int
    others: int
    others_x: int
    rate: Between
    happens: Between
    spared: Between
    difference: Between
    odds: Between
    p: float
    smallest: float
    inside: Inside
    per_year: Between
    four_fifths: float
    corrected: float = math.nan


@dataclass(frozen=True, slots=True)
class People:
    """What is known of those counted: the role each has, and their years at work until it first happened."""

    roles: Mapping[int, str]
    years: Mapping[int, float]


def compare(
    groups: Groups, happened: AbstractSet[int], people: People, nature: Nature
) -> tuple[Compared, ...]:
    """Each group with all others, small ones counted together; of two groups, one with the other.

    Empty where there are no two groups of five, or where it happened to fewer than five.
    """
    members = members_of(groups)
    everybody = [key for keys in members.values() for key in keys]
    if not members or len(happened & set(everybody)) < SMALLEST:
        return ()
    best = max(_good(keys, happened, nature) for keys in members.values())
    told = _told(members, happened, nature)
    return tuple(_one(name, members, happened, people, nature, best) for name in told)


def members_of(groups: Groups) -> dict[str, list[int]]:
    """Name under which a group is shown to its people; empty where no two groups may be shown."""
    names = pooled(sizes_of(groups))
    found: dict[str, list[int]] = {name: [] for name in sorted(set(names.values()))}
    for person in sorted(groups) if names else ():
        found[names[groups[person]]].append(person)
    return found


def _told(members: Mapping[str, list[int]], happened: AbstractSet[int], nature: Nature) -> list[str]:
    """All groups; of two, which would say the same twice, the one that fares worse, or is smaller."""
    if len(members) > 2:
        return sorted(members)
    fares = dict.fromkeys(members, 0.0)
    if nature is not Nature.EITHER:
        fares = {name: _good(keys, happened, nature) for name, keys in members.items()}
    return sorted(members, key=lambda name: (fares[name], len(members[name]), name))[:1]


def _good(keys: Sequence[int], happened: AbstractSet[int], nature: Nature) -> float:
    rate = len(happened & set(keys)) / len(keys)
    return 1 - rate if nature is Nature.BAD else rate


def _one(
    name: str,
    members: Mapping[str, Sequence[int]],
    happened: AbstractSet[int],
    people: People,
    nature: Nature,
    best: float,
) -> Compared:
    ours = members[name]
    others = [key for other, keys in members.items() if other != name for key in keys]
    n, x = len(ours), len(happened & set(ours))
    m, y = len(others), len(happened & set(others))
    return Compared(
        name, n, x, m, y,
        rate=tables.wilson(x, n),
        happens=tables.ratio(x, n, y, m),
        spared=tables.ratio(n - x, n, m - y, m),
        difference=tables.difference(x, n, y, m),
        odds=tables.odds_ratio(x, n, y, m),
        p=tables.fisher(x, n, y, m),
        smallest=tables.smallest_fisher(x + y, n, m),
        inside=_inside(ours, others, happened, people.roles),
        per_year=_per_year(ours, others, happened, people.years),
        four_fifths=_good(ours, happened, nature) / best if best else math.nan,
    )  # fmt: skip


def strata(
    ours: Iterable[int], others: Iterable[int], happened: AbstractSet[int], roles: Mapping[int, str]
) -> list[tuple[int, int, int, int]]:
    """A table a role, in no order that matters."""
    counts: dict[str, list[int]] = {}
    for place, keys in ((0, ours), (2, others)):
        for key in keys:
            row = counts.setdefault(roles.get(key, ""), [0, 0, 0, 0])
            row[place] += key in happened
            row[place + 1] += 1
    return [(a, b, c, d) for a, b, c, d in counts.values()]


def _inside(
    ours: Sequence[int], others: Sequence[int], happened: AbstractSet[int], roles: Mapping[int, str]
) -> Inside:
    rows = strata(ours, others, happened, roles)
    found = mantel_haenszel(rows)
    with_others = sum(row[1] for row in rows if row[3])
    return Inside(found.ratio, exact(rows), found.used, with_others / len(ours))


def _per_year(
    ours: Sequence[int], others: Sequence[int], happened: AbstractSet[int], years: Mapping[int, float]
) -> Between:
    """Ratio of rates per year at work, each person counted until it first happened to them."""
    time = [sum(years.get(key, 0.0) for key in keys) for keys in (ours, others)]
    if min(time) <= 0:
        return Between(math.nan, 0.0, math.inf)
    counts = [len(happened & set(keys)) for keys in (ours, others)]
    return tables.rate_ratio(counts[0], time[0], counts[1], time[1])


def corrected(
    found: Sequence[Compared], more: Sequence[float] = ()
) -> tuple[list[float], list[float], list[float]]:
    """p over all, p within roles and the further p given, each corrected for all that were looked at together."""
    given = [one.p for one in found] + [one.inside.p for one in found] + list(more)
    all_of_them = tables.benjamini_hochberg(np.array(given, np.float64)).tolist()
    n = len(found)
    return all_of_them[:n], all_of_them[n : 2 * n], all_of_them[2 * n :]


def verdict(one: Compared) -> Verdict:
    """Needs `corrected` p. What counts is whether people in the same role are treated alike."""
    over_all, within = one.corrected <= FALSE_ALARMS, one.inside.corrected <= FALSE_ALARMS
    if within:
        same = (one.happens.estimate - 1) * (one.inside.ratio.estimate - 1) > 0
        return Verdict.DIFFERS if over_all and same else Verdict.MASKED
    if over_all:
        return _of_roles(one)
    return Verdict.FEW if one.smallest > FALSE_ALARMS else Verdict.NONE


def _of_roles(one: Compared) -> Verdict:
    """What becomes of a difference over all within roles: it stays, goes, or nobody can tell."""
    if one.inside.share < MOSTLY or not one.inside.roles:
        return Verdict.ALONE
    far, near = _distance(one.happens.estimate), _distance(one.inside.ratio.estimate)
    return Verdict.MIXED if near <= HALF * far else Verdict.DIFFERS


def _distance(ratio: float) -> float:
    return abs(math.log(ratio)) if 0 < ratio < math.inf else math.inf


def adverse(one: Compared, nature: Nature) -> bool | None:
    """Whether what is named is to the disadvantage of the group; None where that cannot be said of such a process."""
    if nature is Nature.EITHER:
        return None
    ratio = one.inside.ratio if verdict(one) is Verdict.MASKED else one.happens
    return (ratio.estimate < 1) == (nature is Nature.GOOD)


def hidden_up_to(one: Compared, nature: Nature) -> float:
    """How many times as often (or seldom) it could be to the group's disadvantage, and the data not show it."""
    more, less = one.happens.high, 1 / one.happens.low if one.happens.low > 0 else math.inf
    if nature is Nature.GOOD:
        return less
    return more if nature is Nature.BAD else max(more, less)
