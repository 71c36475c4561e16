"""Before and after: how much of a change would have come anyway.

A stretch that is looked at because it was bad is, on average, followed by a better one, whatever anybody does:
regression to the mean. What would have come is forecast from the history of the measure itself.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _
from scipy import stats

FEWEST_POINTS = 12
MOST_LINKED = 0.95


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the measure alone would have brought next, with its 95 % interval, from `points` of its history."""

    value: float
    low: float
    high: float
    points: int

    def holds(self, after: float) -> bool:
        return self.low <= after <= self.high


def forecast(history: Sequence[float], before: float) -> Forecast | None:
    """What to expect after `before`, from the points until then; None with fewer than twelve.

    The linear prediction of the next point of a stationary first-order series: the mean, and of the distance to it
    the share that neighbouring points have in common (lag-one correlation, from 0 to .95). Box and Jenkins (1976),
    chapter 5. The interval allows for an estimated mean and spread.
    """
    known = [float(x) for x in history if x is not None and math.isfinite(x)]
    if len(known) < FEWEST_POINTS or not math.isfinite(before):
        return None
    n, mean = len(known), sum(known) / len(known)
    apart = [x - mean for x in known]
    spread = sum(x * x for x in apart)
    if spread == 0:
        return Forecast(mean, mean, mean, n)
    linked = min(max(sum(a * b for a, b in pairwise(apart)) / spread, 0.0), MOST_LINKED)
    value = mean + linked * (before - mean)
    sd = math.sqrt(spread / (n - 1) * (1 - linked**2) * (1 + 1 / n))
    reach = float(stats.t.ppf(0.975, n - 1)) * sd
    return Forecast(value, value - reach, value + reach, n)


def told(after: float | None, expected: Forecast | None, spell) -> str:
    """What may be read into a before and an after. `spell` writes a number in the unit of the measure."""
    first = _(
        "Part of a change would have come anyway: what is looked at because it was unusual tends to be more "
        "usual the next time, whatever anybody does."
    )
    if expected is None:
        return f"{first} " + _("There are too few data here to say how much.")
    numbers = {"value": spell(expected.value), "low": spell(expected.low), "high": spell(expected.high)}
    second = _(
        "From the history of this measure one would have expected %(value)s, or anything from %(low)s to %(high)s."
    )
    told = f"{first} {second % numbers}"
    if after is None:
        return told
    if expected.holds(after):
        return f"{told} " + _(
            "What came lies within that, so the numbers alone cannot show what your part was."
        )
    return f"{told} " + _("What came lies outside that, so more happened than the measure does by itself.")
