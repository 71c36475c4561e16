"""Regression to the mean: what is to be expected of a figure next time, whatever is done about it.

What is looked at because it was unusual is, on average, less unusual the next time. Of the distance to the mean, only
the share is kept that is not chance: `expected = m₂ + kept · (before − m₁)`, the best linear prediction (Galton; Kelley
1927). Among people, `kept` is the reliability of their figures; along the history of one measure, the correlation of
neighbouring points.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from scipy import stats

Z = 1.959963984540054
FEWEST_POINTS = 12
MOST_LINKED = 0.95


@dataclass(frozen=True, slots=True)
class Forecast:
    """What would be expected anyway, with its 95 % range; `kept` of the distance, and how much is given back."""

    expected: float
    low: float
    high: float
    kept: float
    given_back: float

    def between(self, least: float, most: float) -> "Forecast":
        """Where nothing else is possible, as for a share."""
        inside = {name: min(max(getattr(self, name), least), most) for name in ("expected", "low", "high")}
        return replace(self, **inside)

    def holds(self, after: float) -> bool:
        return self.low <= after <= self.high


@dataclass(frozen=True, slots=True)
class Around:
    """The others who do the same work, before and after: their mean, the variance between people (of what they would
    reach with endless cases) and within (of one case)."""

    before: float
    after: float
    between: float
    within: float


def among_people(before: float, n_before: float, n_after: float, around: Around) -> Forecast:
    """The figure of somebody with `n_before` cases before, to be expected of their `n_after` cases afterwards.

    Its variance is τ²(1 − kept) + σ²/n₂: what is not known of the person, and the chance of the cases after.
    """
    kept = reliability(n_before, around.between, around.within)
    spread = math.sqrt(around.between * (1 - kept) + around.within / max(n_after, 1.0))
    return _forecast(before, around.before, around.after, kept, Z * spread)


def reliability(n: float, between: float, within: float) -> float:
    """Of the differences between people, the share that n cases can show: τ² / (τ² + σ²/n)."""
    if n <= 0 or between <= 0:
        return 0.0
    return between / (between + within / n)


def along_history(history: Sequence[float | None], before: float) -> Forecast | None:
    """What to expect of a measure after `before`, from its points until then; None with fewer than twelve.

    The linear prediction of the next point of a stationary first-order series (Box and Jenkins 1976, chapter 5); the
    lag-one correlation is taken from 0 to .95. The range allows for an estimated mean and spread.
    """
    known = [float(x) for x in history if x is not None and math.isfinite(x)]
    if len(known) < FEWEST_POINTS or not math.isfinite(before):
        return None
    n, mean = len(known), sum(known) / len(known)
    apart = [x - mean for x in known]
    squares = sum(x * x for x in apart)
    if squares == 0:
        return _forecast(before, mean, mean, 0.0, 0.0)
    linked = min(max(sum(a * b for a, b in pairwise(apart)) / squares, 0.0), MOST_LINKED)
    sd = math.sqrt(squares / (n - 1) * (1 - linked**2) * (1 + 1 / n))
    return _forecast(before, mean, mean, linked, float(stats.t.ppf(0.975, n - 1)) * sd)


def _forecast(before: float, mean_before: float, mean_after: float, kept: float, reach: float) -> Forecast:
    expected = mean_after + kept * (before - mean_before)
    given_back = (mean_before - before) * (1 - kept)
    return Forecast(expected, expected - reach, expected + reach, kept, given_back)
