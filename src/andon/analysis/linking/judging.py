"""What may be said of an association."""

from __future__ import annotations

import math

from andon.analysis.linking.spec import (
    FEWEST_BETWEEN,
    FEWEST_WITHIN,
    Measure,
    Step,
    Told,
    Verdict,
)
from andon.stats.linked import Association
from andon.stats.linked.result import CHANGED

NARROW = 0.5  # an interval of r beyond this is too wide to say that there is nothing


def told(found: Association, p_adjusted: float, fdr: float, fewest: int) -> Told:
    """The verdict on one association. `fewest`: units below which nothing is said."""
    verdict, why = _verdict(found, p_adjusted, fdr, fewest)
    return Told(found, p_adjusted, verdict, why, step(found))


def told_between(found: Association, p_adjusted: float, fdr: float) -> Told:
    return told(found, p_adjusted, fdr, FEWEST_BETWEEN)


def told_within(found: Association, p_adjusted: float, fdr: float) -> Told:
    return told(found, p_adjusted, fdr, FEWEST_WITHIN)


def _verdict(found: Association, p_adjusted: float, fdr: float, fewest: int) -> tuple[Verdict, str]:
    if not found.known:
        return "cannot tell", found.why
    if found.units < fewest:
        return "cannot tell", "few units"
    if found.least_p > fdr:
        return "cannot tell", "few permutations"
    if p_adjusted <= fdr:
        return ("cannot tell", "one unit makes it") if _makes(found, fdr) else ("association", "")
    if _hides(found, fdr):
        return "cannot tell", "one unit hides it"
    if _apart(found, fdr):
        return "cannot tell", "one unit makes it"
    if found.p_pearson <= fdr:
        return "cannot tell", "many looks" if found.p <= fdr else "ranks differ"
    reaches = max(abs(found.low), abs(found.high))
    return ("no sign", "") if reaches <= NARROW else ("cannot tell", "wide")


def _makes(found: Association, fdr: float) -> bool:
    one = found.without_one
    return one is not None and one.p > fdr and (abs(one.r) < CHANGED * abs(found.r) or one.r * found.r < 0)


def _apart(found: Association, fdr: float) -> bool:
    """r alone would say so, ranks do not, and one unit far out is why."""
    one = found.without_one
    return (
        one is not None
        and one.far
        and found.p_pearson <= fdr < found.p
        and abs(one.r) < CHANGED * abs(found.r)
    )


def _hides(found: Association, fdr: float) -> bool:
    one = found.without_one
    return (
        one is not None
        and one.far
        and one.p <= fdr
        and (CHANGED * abs(one.r) > abs(found.r) or one.r * found.r < 0)
    )


# Size


def step(found: Association) -> Step | None:
    """What goes with a round step of the first measure, about as large as it usually differs."""
    if not (found.known and found.spread_x > 0):
        return None
    size = _round(found.spread_x)
    ends = sorted((found.slope_low * size, found.slope_high * size))
    return Step(size, found.slope * size, *ends)


def _round(spread: float) -> float:
    """1, 2 or 5 times a power of ten, the nearest on a scale of ratios."""
    power = 10.0 ** math.floor(math.log10(spread))
    steps = [factor * power for factor in (1, 2, 5, 10)]
    nearest = min(steps, key=lambda one: abs(math.log(one / spread)))
    return float(f"{nearest:.6g}")


def better_together(employee: Measure, customer: Measure, r: float) -> bool | None:
    """Whether better goes with better; None where it was not said which way is better."""
    if employee.good is None or customer.good is None:
        return None
    same = employee.good == customer.good
    return (r > 0) == same
