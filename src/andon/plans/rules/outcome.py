"""Whether an outcome moved, beyond what chance and a bad start would have given back anyway.

Whoever is looked at because a figure was low will on average be found higher the next time, whatever is done: part of
the low figure was bad luck. So what happened is held against a forecast without any plan.
"""

from dataclasses import dataclass
from math import sqrt

from andon.plots.words import value

Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Around:
    """The others who do the same work, before and after: their mean, the variance between people (of what they would
    reach with endless cases) and within (of one case)."""

    before: float
    after: float
    between: float
    within: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """What would be expected without any plan, with its 95 % range; and how much of the distance is given back."""

    expected: float
    low: float
    high: float
    reliability: float
    given_back: float


def reliability(n: float, between: float, within: float) -> float:
    """Of the differences between people, the share that n cases can show: τ² / (τ² + σ²/n)."""
    if n <= 0 or between <= 0:
        return 0.0
    return between / (between + within / n)


def forecast(before: float, n_before: float, n_after: float, around: Around) -> Forecast:
    """The figure to expect afterwards without any plan.

    m₂ + r (b − m₁), with r the reliability of the n₁ cases before: the best linear prediction (Galton; Kelley 1927).
    Its variance is τ²(1 − r) + σ²/n₂: what is not known of the person, and the chance of the cases after.
    """
    r = reliability(n_before, around.between, around.within)
    expected = around.after + r * (before - around.before)
    spread = sqrt(around.between * (1 - r) + around.within / max(n_after, 1.0))
    back = (around.before - before) * (1 - r)
    return Forecast(expected, expected - Z * spread, expected + Z * spread, r, back)


@dataclass(frozen=True, slots=True)
class Moved:
    """`side`: better, worse or as expected; held against the forecast, not against the figure before."""

    side: str
    words: str


def moved(before: float, happened: float, told: Forecast, good: str, unit: str) -> Moved:
    """What happened beside what would have been expected anyway."""
    up = happened > told.high
    down = happened < told.low
    side = "as expected" if not (up or down) else "better" if up == (good == "high") else "worse"
    said = {
        "better": "That is better than chance and time alone would have brought.",
        "worse": "That is worse than was to be expected without any plan: look at what changed in the work.",
        "as expected": "That is within what was to be expected without any plan, so nobody can say that it helped.",
    }[side]
    return Moved(
        side,
        f"Before, it was {value(before, unit)}. Without any plan {value(told.expected, unit)} was to be expected "
        f"afterwards, as well anything from {value(told.low, unit)} to {value(told.high, unit)}. "
        f"It was {value(happened, unit)}. {said}",
    )
