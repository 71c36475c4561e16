"""Values of a metric at which cases bunch on one side: given limits, or round values far sharper than others."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from andon.analysis.metrics.placing import Ints
from andon.analysis.metrics.spec import Floats
from andon.lake.metrics import FineCounts
from andon.stats.within.cliff import REACH, jumps, sharp

FEWEST = 800  # cases of a mechanism in which a cliff is looked for
MULTIPLES = 12  # of a round size, up to which a value is a round one
STRONG = 6.0  # errors that a jump at a value nobody named must reach, beyond what other values have
NAMED = 3.0  # where the limit was given
LEAST = 0.2  # of the logarithm of the densities: by a fifth
WINDOW = 0.3  # of the distance between the quartiles: from which a density is told
WIDEST = 300  # steps
ROUND = tuple(one * 10.0**power for power in range(-6, 12) for one in (1, 2, 2.5, 5))
CLOCK = (12.0, 15.0, 24.0, 30.0, 60.0, 300.0, 900.0, 3600.0)
APART = 2.0  # times as sharp as the sharpest of all other values: densities of many peaks have many cliffs


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Cases of one mechanism by step: inside each step, and exactly at its upper edge; with sums likewise (2, N)."""

    first: int
    reach: int
    n: Floats
    y: Floats
    others: dict[str, tuple[Floats, Floats]]

    def put(self, values: Floats, below: bool) -> Floats:
        """Those exactly at an edge put to the step below it or above it."""
        inside, at = values
        return np.asarray(inside + at if below else inside + np.concatenate([[0.0], at[:-1]]), np.float64)


@dataclass(frozen=True, slots=True)
class Cliff:
    """A value at which the density jumps. edge: the step that begins there. ratio: logarithm of the density above over
    that below. z: how sharp it is, in errors.
    """

    value: float
    edge: int
    ratio: float
    z: float
    given: bool

    @property
    def below(self) -> bool:
        """Whether cases bunch below the value: fewer above it."""
        return self.z < 0


def cliffs(
    fine: FineCounts, limits: tuple[float, ...], further: bool = False
) -> Iterator[tuple[str, Steps, Cliff]]:
    """In each mechanism, every given limit at which there is a cliff; without limits (or with `further`, where there is
    none at them), the sharpest there is.
    """
    for code, name in enumerate(fine.mechanisms):
        chosen = np.flatnonzero(fine.mechanism == code)
        if fine.n[chosen].sum() < FEWEST:
            continue
        steps = _steps(fine, chosen)
        given = ((value, _edge(value, fine, steps)) for value in limits)
        found = [one for value, edge in given if (one := _at(steps, edge, value))]
        for cliff in found if found or (limits and not further) else _strongest(fine, steps):
            yield name, steps, cliff


def _steps(fine: FineCounts, chosen: Ints) -> Steps:
    place = fine.place[chosen]
    step = (place + 1) // 2  # the step whose upper edge is at or above the value
    first = int(step.min())
    size = int(step.max()) - first + 2

    def table(values: Floats) -> Floats:
        flat = np.bincount((place % 2 == 0) * size + step - first, values, 2 * size)
        return np.asarray(flat, np.float64).reshape(2, size)

    others = {name: (table(n[chosen]), table(total[chosen])) for name, (n, total) in fine.others.items()}
    n = table(fine.n[chosen])
    share = np.cumsum(n.sum(axis=0)) / max(float(n.sum()), 1e-300)
    middle = float(np.searchsorted(share, 0.75) - np.searchsorted(share, 0.25))
    reach = int(np.clip(round(WINDOW * middle), REACH, WIDEST))
    return Steps(first, reach, n, table(fine.y[chosen]), others)


def _edge(value: float, fine: FineCounts, steps: Steps) -> int:
    """The step that begins at a value."""
    return round(value / fine.width) + 1 - steps.first


def _at(steps: Steps, edge: int, value: float) -> Cliff | None:
    ratio, z = _jump(steps, np.array([edge]))
    if not np.isfinite(z[0]) or abs(z[0]) < NAMED or abs(ratio[0]) < LEAST:
        return None
    return _cliff(steps, value, edge, float(z[0]), True)


def _cliff(steps: Steps, value: float, edge: int, z: float, given: bool) -> Cliff:
    both = [jumps(steps.put(steps.n, below), np.array([edge]), steps.reach)[0][0] for below in (True, False)]
    return Cliff(value, edge, float(min(both, key=abs)), z, given)


def _jump(steps: Steps, edges: Ints) -> tuple[Floats, Floats]:
    """The jump at each edge and how many errors it is: the smaller of those with the cases at the edge put to either
    side, nothing where the two disagree: then people only write round numbers.
    """
    found = [sharp(steps.put(steps.n, below), edges, steps.reach) for below in (True, False)]
    ratio, z = np.stack([one[0] for one in found]), np.stack([one[0] / one[1] for one in found])
    agree = np.sign(ratio[0]) == np.sign(ratio[1])
    less = np.argmin(np.abs(z), axis=0)
    pick = np.arange(len(edges))
    return np.where(agree, ratio[less, pick], 0.0), np.where(agree, z[less, pick], 0.0)


def _strongest(fine: FineCounts, steps: Steps) -> list[Cliff]:
    """The sharpest cliff at a round value, where it is far sharper than what other values have."""
    values = np.array(_round_values(fine, steps))
    every = _core(steps)
    if not len(values) or len(every) < 2 * steps.reach:
        return []
    edges = np.array([_edge(value, fine, steps) for value in values.tolist()], np.int64)
    ratio, z = _jump(steps, edges)
    usual = np.abs(np.nan_to_num(_jump(steps, every)[1]))
    noise = max(1.0, 1.4826 * float(np.median(usual)))
    strength = np.where(np.isfinite(z) & (np.abs(ratio) >= LEAST), np.abs(z) / noise, 0.0)
    best = int(np.argmax(strength))
    found = _cliff(steps, float(values[best]), int(edges[best]), float(z[best]), False)
    if strength[best] < STRONG or not _lone(found, every, usual, steps.reach):
        return []
    return [found]


def _lone(found: Cliff, every: Ints, usual: Floats, reach: int) -> bool:
    """Whether a cliff is the sharpest near it, far sharper than any other, and a drop or rise by itself."""
    away = np.abs(every - found.edge)
    near, far = usual[away <= reach].max(initial=0.0), usual[away > 2 * reach].max(initial=0.0)
    sharp_enough = abs(found.z) >= max(0.8 * float(near), APART * float(far))
    return sharp_enough and found.ratio * found.z > 0 and abs(found.ratio) >= LEAST


def _core(steps: Steps) -> Ints:
    """Edges with enough around them: all but the outermost hundredths of the cases."""
    share = np.cumsum(steps.n.sum(axis=0)) / max(float(steps.n.sum()), 1e-300)
    low, high = (int(np.searchsorted(share, one)) for one in (0.01, 0.99))
    return np.arange(max(low, steps.reach), min(high, len(share) - steps.reach))


def _round_values(fine: FineCounts, steps: Steps) -> list[float]:
    """Round numbers within the core: up to twelve times a size of tens or of the clock."""
    core = _core(steps)
    if not len(core):
        return []
    low, high = (
        (float(core[0]) + steps.first - 1) * fine.width,
        (float(core[-1]) + steps.first - 1) * fine.width,
    )
    sizes = [size for size in (*ROUND, *CLOCK) if high / size <= 1000 and size >= 3 * fine.width]
    values = {
        round(k * size, 9)
        for size in sizes
        for k in range(max(int(np.ceil(low / size)), 1), min(int(high / size), MULTIPLES) + 1)
    }
    return sorted(value for value in values if abs(value / fine.width - round(value / fine.width)) < 1e-6)
