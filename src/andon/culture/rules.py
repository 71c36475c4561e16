"""Who is quieter than others, and where questions die young: rates against the same rate of all others. Pure.

Each unit is compared with a funnel of the others: what they reached together, how much they differ among themselves
(Spiegelhalter 2005), and how much chance alone makes of the unit's own size. The unit is not part of what it is
compared with, so that one that is silent does not make silence look usual.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import ndtr
from scipy.stats import binom
from scipy.stats import t as student

from andon.stats.funnel import funnel

FEWEST_UNITS = 4
"""Others of which anybody could say what is usual among them."""
FEWEST_SEEN = 10
"""Times it must have happened elsewhere before its rate says anything."""
LEVELS = (0.95, 0.998)


class Verdict(StrEnum):
    FAR = "far"
    """Beyond what chance and ordinary differences make of one unit in a thousand."""
    BEYOND = "beyond"
    """Beyond what they make of one in forty: worth a look."""
    USUAL = "usual"
    FEW = "few"
    """Even the most extreme outcome could be chance at this size."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A team or mechanism: `happened` of `cases`."""

    key: str
    name: str
    cases: int
    happened: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A unit beside all others: `rate` is theirs, and `low` to `high` of its cases would be usual."""

    unit: Unit
    verdict: Verdict
    rate: float
    low: int
    high: int


def fewer(units: Sequence[Unit]) -> tuple[Compared, ...]:
    """Where it happens more seldom than elsewhere, the most striking first. Empty unless `can_tell`."""
    return _compared(units, below=True)


def more(units: Sequence[Unit]) -> tuple[Compared, ...]:
    """Where it happens more often than elsewhere."""
    return _compared(units, below=False)


def can_tell(units: Sequence[Unit]) -> bool:
    """Whether there are enough units, and it happens often enough, to say what is usual."""
    known = [unit for unit in units if unit.cases]
    return len(known) > FEWEST_UNITS and sum(unit.happened for unit in known) >= FEWEST_SEEN


def _compared(units: Sequence[Unit], below: bool) -> tuple[Compared, ...]:
    known = [unit for unit in units if unit.cases]
    if not can_tell(known):
        return ()
    apart: set[str] = set()
    while True:
        usual = [unit for unit in known if unit.key not in apart]
        found = [_one(unit, [other for other in usual if other is not unit], below) for unit in known]
        now = {one.unit.key for one in found if one.verdict is Verdict.FAR}
        if now <= apart or not can_tell([unit for unit in known if unit.key not in apart | now]):
            break
        apart |= now  # two that are silent must not make each other look usual
    order = list(Verdict)
    return tuple(sorted(found, key=lambda one: (order.index(one.verdict), -one.unit.cases, one.unit.name)))


def _one(unit: Unit, others: Sequence[Unit], below: bool) -> Compared:
    happened, cases = ([getattr(other, name) for other in others] for name in ("happened", "cases"))
    plot = funnel("proportion", happened, cases, levels=_widened(len(others)), at=[unit.cases])
    low, high = (np.clip(limits[:, 0], 0, 1) * unit.cases for limits in (plot.lower, plot.upper))
    beyond = [
        _beyond(unit, plot.target, float(low[i] if below else high[i]), level, below)
        for i, level in enumerate(LEVELS)
    ]
    few = not _could_be_beyond(unit, plot.target, float(low[0] if below else high[0]), below)
    verdict = (
        Verdict.FEW if few else Verdict.FAR if beyond[1] else Verdict.BEYOND if beyond[0] else Verdict.USUAL
    )
    return Compared(unit, verdict, plot.target, int(np.ceil(low[0])), int(np.floor(high[0])))


def _widened(others: int) -> tuple[float, ...]:
    """Levels for the funnel, such that limits hold although the scatter of few others is known but roughly."""
    half = [(1 + level) / 2 for level in LEVELS]
    wider = np.sqrt(1 + 1 / others) * student.ppf(half, others - 1)
    return tuple(np.minimum(2 * ndtr(wider) - 1, 1 - 1e-12).tolist())


def _beyond(unit: Unit, rate: float, limit: float, level: float, below: bool) -> bool:
    """Beyond the funnel's limit, and too unlikely by the exact binomial: a funnel is rough where few are expected."""
    return _outside(unit.happened, limit, below) and _tail(unit, unit.happened, rate, below) < (1 - level) / 2


def _could_be_beyond(unit: Unit, rate: float, limit: float, below: bool) -> bool:
    extreme = 0 if below else unit.cases
    return _outside(extreme, limit, below) and _tail(unit, extreme, rate, below) < (1 - LEVELS[0]) / 2


def _outside(happened: float, limit: float, below: bool) -> bool:
    return happened < limit if below else happened > limit


def _tail(unit: Unit, happened: int, rate: float, below: bool) -> float:
    """How likely as few (or as many) would be, if it happened at the rate of the others."""
    if below:
        return float(binom.cdf(happened, unit.cases, rate))
    return float(binom.sf(happened - 1, unit.cases, rate))
