"""Which of two measures comes first: named only where lags tell."""

from __future__ import annotations

import math
from collections.abc import Sequence

from andon.analysis.linking.spec import Direction, Side, Told, ToldLag

ALONE = 5.0  # lags without an association in the same period must be so many times as clear
FAINT = 0.25  # what is weaker than this share of the other way, though clear, does not blur the direction
ECHO = 0.5  # of r in the same period: a lag that is weaker may be an echo of it
APART = 1.96  # standard errors by which both ways must differ


def direction(within: Told, lags: Sequence[ToldLag], fdr: float) -> Direction:
    """Empty where nothing is found over time. Else whose changes are clearly followed by the other's, and not the other
    way round; one being clear and the other not is not enough, they must differ.
    """
    found = within.verdict == "association"
    best = [strongest(lags, "employee"), strongest(lags, "customer")]
    if not found and not any(one and one.p_adjusted <= fdr / ALONE for one in best):
        return ""
    first, second = (one if one and _fits(one, within, found) else None for one in best)
    if first and _leads(first, second, lags):
        return "employee first"
    if second and _leads(second, first, lags):
        return "customer first"
    return "unknown"


def strongest(lags: Sequence[ToldLag], side: Side) -> ToldLag | None:
    """The clear lag with the smallest chance, where that measure leads."""
    clear = [one for one in lags if one.leads == side and one.clear]
    return min(clear, key=lambda one: one.p_adjusted, default=None)


def _fits(one: ToldLag, within: Told, found: bool) -> bool:
    """What comes later has the sign of what goes together, and is no mere echo of it: what two measures share in a
    period, and what of it lasts, looks like a faint lead of the one that lasts longer.
    """
    same = within.found.r
    return not found or (one.found.r * same > 0 and abs(one.found.r) >= ECHO * abs(same))


def _leads(one: ToldLag, other: ToldLag | None, lags: Sequence[ToldLag]) -> bool:
    """The other way is not clear, or faint; and no lag of it comes near."""
    if other and abs(other.found.r) >= FAINT * abs(one.found.r):
        return False
    against = [lag for lag in lags if lag.leads != one.leads and lag.found.known]
    return bool(against) and all(_differs(one, lag) for lag in against)


def _differs(one: ToldLag, other: ToldLag) -> bool:
    way = math.copysign(1.0, one.found.r)
    error = math.hypot(_error(one), _error(other))
    return way * (one.found.r - other.found.r) > APART * error


def _error(one: ToldLag) -> float:
    return (one.found.high - one.found.low) / (2 * APART)
