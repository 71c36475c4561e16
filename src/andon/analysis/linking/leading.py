"""Which of two measures comes first: named only where lags tell."""

from __future__ import annotations

import math
from collections.abc import Sequence

from andon.analysis.linking.spec import Direction, Side, Told, ToldLag

ALONE = 5.0  # lags without an association in the same period must be so many times as clear
ECHO = (
    0.5  # of the strongest r over time, in the same period or at a lag: what is weaker may be an echo of it
)
APART = 1.96  # standard errors by which both ways must differ


def direction(within: Told, lags: Sequence[ToldLag], fdr: float) -> Direction:
    """Empty where nothing is found over time. Else whose changes are clearly followed by the other's, and not the other
    way round; one being clear and the other not is not enough, they must differ.
    """
    best = [strongest(lags, "employee"), strongest(lags, "customer")]
    same = within.found.r if within.verdict == "association" else 0.0
    if not same and not any(one and one.p_adjusted <= fdr / ALONE for one in best):
        return ""
    way = max((same, *(one.found.r for one in best if one)), key=abs)
    first, second = (one if one and _fits(one, way) else None for one in best)
    if first and _leads(first, second, lags):
        return "employee first"
    if second and _leads(second, first, lags):
        return "customer first"
    return "unknown"


def strongest(lags: Sequence[ToldLag], side: Side) -> ToldLag | None:
    """The clear lag with the smallest chance, where that measure leads."""
    clear = [one for one in lags if one.leads == side and one.clear]
    return min(clear, key=lambda one: one.p_adjusted, default=None)


def echoed(within: Told, lags: Sequence[ToldLag], leads: Direction) -> bool:
    """Whether what goes together in the same period points the other way and is weaker than what comes first: where a
    measure is compared with its own mean over few periods, a lag leaves such a trace.
    """
    sides: dict[Direction, Side] = {"employee first": "employee", "customer first": "customer"}
    one = strongest(lags, sides[leads]) if leads in sides else None
    return one is not None and one.found.r * within.found.r < 0


def _fits(one: ToldLag, way: float) -> bool:
    """What comes later is no mere echo. What two measures share in a period, and what of it lasts, looks like a faint
    lead of the one that lasts longer; and where a measure swings back, the other way round looks like its opposite.
    """
    near = abs(one.found.r) >= ECHO * abs(way)
    return near and one.found.r * way > 0


def _leads(one: ToldLag, other: ToldLag | None, lags: Sequence[ToldLag]) -> bool:
    """The other way is not clear, or an echo; and no lag of it comes near."""
    if other:
        return False
    against = [lag for lag in lags if lag.leads != one.leads and lag.found.known]
    return bool(against) and all(_differs(one, lag) for lag in against)


def _differs(one: ToldLag, other: ToldLag) -> bool:
    way = math.copysign(1.0, one.found.r)
    error = math.hypot(_error(one), _error(other))
    return way * (one.found.r - other.found.r) > APART * error


def _error(one: ToldLag) -> float:
    return (one.found.high - one.found.low) / (2 * APART)
