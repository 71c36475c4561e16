"""Targets met by harm: cases that bunch on one side of a limit, and how customers fare there."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from andon.analysis.metrics.saying import Scale, words_joined
from andon.analysis.metrics.spec import Floats, Harm, Interval
from andon.analysis.metrics.within import Ints
from andon.lake.metrics import FineCounts, Rows
from andon.plots import words
from andon.stats.within.cliff import REACH, Gap, gap, jumps

FEWEST = 800  # cases of a mechanism in which a cliff is looked for
PLACES = 40  # round values tried
STRONG = 5.0  # errors that a jump at a value nobody named must reach, beyond what round values have anyway
NAMED = 3.0  # where the limit was given
LEAST = 0.2  # of the logarithm of the densities: by a fifth
WORSE = 3.0  # errors by which an outcome or another metric must stand out
ROUND = (1, 2, 2.5, 5)
CLOCK = (1.5, 3, 6, 9, 12, 15, 18, 24, 30, 48, 60, 72, 90, 120, 180, 240, 300, 600, 900, 1800, 3600)


@dataclass(frozen=True, slots=True, eq=False)
class _Steps:
    """Cases of one mechanism by step: inside each step, and exactly at its upper edge; with sums likewise (2, N)."""

    first: int
    n: Floats
    y: Floats
    others: dict[str, tuple[Floats, Floats]]

    def put(self, values: Floats, below: bool) -> Floats:
        """Those exactly at an edge put to the step below it or above it."""
        inside, at = values
        return np.asarray(inside + at if below else inside + np.concatenate([[0.0], at[:-1]]), np.float64)


def cliffs(fine: FineCounts, rows: Rows, scale: Scale, limits: tuple[float, ...]) -> Iterator[Harm]:
    """The strongest cliff of each mechanism, and every given limit at which there is one."""
    for code, name in enumerate(fine.mechanisms):
        chosen = np.flatnonzero(fine.mechanism == code)
        if fine.n[chosen].sum() < FEWEST:
            continue
        steps = _steps(fine, chosen)
        given = {value: _edge(value, fine, steps) for value in limits}
        found = [one for value, edge in given.items() if (one := _at(fine, steps, edge, value, True))]
        if not limits:
            found = _strongest(fine, steps)
        yield from (_harm(fine, rows, scale, name, steps, one) for one in found)


def _steps(fine: FineCounts, chosen: Ints) -> _Steps:
    place = fine.place[chosen]
    step = (place + 1) // 2  # the step whose upper edge is at or above the value
    first = int(step.min())
    size = int(step.max()) - first + 2

    def table(values: Floats) -> Floats:
        flat = np.bincount((place % 2 == 0) * size + step - first, values, 2 * size)
        return np.asarray(flat, np.float64).reshape(2, size)

    others = {name: (table(n[chosen]), table(total[chosen])) for name, (n, total) in fine.others.items()}
    return _Steps(first, table(fine.n[chosen]), table(fine.y[chosen]), others)


def _edge(value: float, fine: FineCounts, steps: _Steps) -> int:
    """The step that begins at a value."""
    return round(value / fine.width) + 1 - steps.first


@dataclass(frozen=True, slots=True)
class _Cliff:
    value: float
    edge: int
    ratio: float
    z: float
    given: bool

    @property
    def below(self) -> bool:
        """Whether cases bunch below the value: fewer above it."""
        return self.ratio < 0


def _at(fine: FineCounts, steps: _Steps, edge: int, value: float, given: bool) -> _Cliff | None:
    ratio, z = _jump(steps, np.array([edge]))
    if not np.isfinite(z[0]) or abs(z[0]) < NAMED or abs(ratio[0]) < LEAST:
        return None
    return _Cliff(value, edge, float(ratio[0]), float(z[0]), given)


def _jump(steps: _Steps, edges: Ints) -> tuple[Floats, Floats]:
    """The jump at each edge and how many errors it is: the smaller of those with the cases at the edge put to either
    side, nothing where the two disagree: then people only write round numbers.
    """
    found = [jumps(steps.put(steps.n, below), edges) for below in (True, False)]
    ratio, z = np.stack([one[0] for one in found]), np.stack([one[0] / one[1] for one in found])
    agree = np.sign(ratio[0]) == np.sign(ratio[1])
    less = np.argmin(np.abs(z), axis=0)
    pick = np.arange(len(edges))
    return np.where(agree, ratio[less, pick], 0.0), np.where(agree, z[less, pick], 0.0)


def _strongest(fine: FineCounts, steps: _Steps) -> list[_Cliff]:
    values = _round_values(fine, steps)
    edges = np.array([_edge(value, fine, steps) for value in values], np.int64)
    every = np.arange(REACH, len(steps.n[0]) - REACH)
    if not len(edges) or len(every) < 2 * REACH:
        return []
    ratio, z = _jump(steps, edges)
    usual = np.nan_to_num(_jump(steps, every)[1])
    noise = max(1.0, 1.4826 * float(np.median(np.abs(usual))))
    strength = np.where(np.isfinite(z) & (np.abs(ratio) >= LEAST), np.abs(z) / noise, 0.0)
    best = int(np.argmax(strength))
    near = np.abs(every - edges[best]) <= 2
    lone = np.abs(z[best]) >= 0.9 * float(np.abs(usual[near]).max(initial=0.0))
    if strength[best] < STRONG or not lone:
        return []
    return [_Cliff(float(values[best]), int(edges[best]), float(ratio[best]), float(z[best]), False)]


def _round_values(fine: FineCounts, steps: _Steps) -> list[float]:
    """Round numbers within the range, of tens and of the clock, about forty of each at most."""
    low, high = (steps.first + REACH) * fine.width, (steps.first + len(steps.n[0]) - REACH) * fine.width
    sizes = [one * 10.0**power for power in range(-6, 12) for one in ROUND], [float(one) for one in CLOCK]
    values: set[float] = set()
    for choices in sizes:
        fitting = [size for size in choices if (high - low) / size <= PLACES and size >= 3 * fine.width]
        if fitting:
            values |= {
                round(k * fitting[0], 9)
                for k in range(int(np.ceil(low / fitting[0])), int(high / fitting[0]) + 1)
            }
    even = [value for value in values if abs(value / fine.width - round(value / fine.width)) < 1e-6]
    return sorted(even)


def _harm(fine: FineCounts, rows: Rows, scale: Scale, mechanism: str, steps: _Steps, cliff: _Cliff) -> Harm:
    n, y = (steps.put(values, cliff.below) for values in (steps.n, steps.y))
    beside = gap(n, y, cliff.edge, cliff.below, 1.0)
    outcome = _interval(beside, rows.outcome.spread)
    worse = beside is not None and _stands_out(beside) and scale.worse(beside.value)
    others = tuple(
        (name, one.value * rows.metrics[name].spread)
        for name, (known, total) in steps.others.items()
        if (
            one := gap(
                steps.put(known, cliff.below), steps.put(total, cliff.below), cliff.edge, cliff.below, 1.0
            )
        )
        and _stands_out(one)
    )
    p = float(2 * norm.sf(abs(cliff.z)))
    side = "below" if cliff.below else "above"
    cases = beside.cases if beside else 0.0
    return Harm(
        fine.name, mechanism, cliff.value, cliff.given, side, float(np.exp(abs(cliff.ratio))), cases, p, outcome,
        others, worse or bool(others), _sentence(fine.name, mechanism, cliff, outcome, worse, others, scale),
    )  # fmt: skip


def _stands_out(one: Gap) -> bool:
    return one.error > 0 and abs(one.value) / one.error >= WORSE


def _interval(one: Gap | None, spread: float) -> Interval:
    if one is None:
        return Interval(np.nan, np.nan, np.nan)
    reach = 1.959964 * one.error
    return Interval(one.value, one.value - reach, one.value + reach).times(spread)


def _sentence(
    metric: str, mechanism: str, cliff: _Cliff, outcome: Interval, worse: bool,
    others: tuple[tuple[str, float], ...], scale: Scale,
) -> str:  # fmt: skip
    side, other = ("below", "above") if cliff.below else ("above", "below")
    where = f" in {mechanism}" if mechanism else ""
    told = (
        f"“{metric}”{where} piles up just {side} {words.number(cliff.value)}: "
        f"{words.number(float(np.exp(abs(cliff.ratio))))} times as many cases as just {other} it."
    )
    moved = [f"{name} is {words.number(abs(by))} {'higher' if by > 0 else 'lower'}" for name, by in others]
    if worse:
        moved = [f"{scale.change(outcome.effect)}, which is {scale.judged(outcome.effect)}", *moved]
    if not moved:
        return f"{told} Customers there fare no differently, as far as can be seen."
    return f"{told} There, {words_joined(moved)} than what lies around lets expect."
