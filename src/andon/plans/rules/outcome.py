"""Whether an outcome moved, beyond what chance and a bad start would have given back anyway.

Whoever is looked at because a figure was low will on average be found higher the next time, whatever is done: part of
the low figure was bad luck. So what happened is held against a forecast without any plan: `stats.returning`.
"""

from dataclasses import dataclass

from andon.plots.words import value
from andon.stats.returning import Forecast


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


def mixed(evened: tuple[str, ...]) -> str:
    """What of the work was evened out before anything was compared."""
    if not evened:
        return "The data do not tell kinds of work apart, so a change in the mix of work is in these figures."
    named = " and ".join([", ".join(evened[:-1]), evened[-1]] if len(evened) > 1 else evened)
    return f"All figures are on the common mix of work, by {named}: easier or harder cases are set apart."
