"""What a series shows, in words: what, since when, how badly."""

from dataclasses import dataclass

import numpy as np

from andon.analysis.spec import Bools, Floats, Good, Kind, Times
from andon.lake import Every
from andon.plots import words


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """One series as its sentence needs it; arrays of its judged points in order.

    held: rules mark some of its points, which do not count because chance shows as much.
    """

    measure: str
    kind: Kind
    unit: str
    every: Every
    good: Good
    at: Times
    value: Floats
    centre: Floats
    exception: Bools
    usual: float
    weight: Floats
    held: bool = False


def _when(facts: Facts, i: int) -> str:
    return words.period(facts.at[i], facts.every) if facts.every != "second" else words.date(facts.at[i])


def _in(facts: Facts, i: int) -> str:
    at = _when(facts, i)
    return (
        f"in the {at}"
        if facts.every in ("week", "quarter")
        else f"{'on' if facts.every in ('day', 'second') else 'in' if facts.every != 'hour' else 'at'} {at}"
    )


def _level(facts: Facts, which: np.ndarray) -> float:
    value, weight = facts.value[which], facts.weight[which]
    good = np.isfinite(value) & (weight > 0)
    return float(np.average(value[good], weights=weight[good])) if good.any() else float("nan")


def _side(facts: Facts, up: bool) -> str:
    plain = "higher" if up else "lower"
    if facts.kind == "between":
        plain = "further apart" if up else "closer together"
    if facts.good is None:
        return f"{plain} than usual"
    return f"{'better' if up == (facts.good == 'high') else 'worse'} than usual ({plain})"


def episodes(facts: Facts) -> list[np.ndarray]:
    """Stretches of exceptions on one side, with at most two other points between them."""
    marked = np.flatnonzero(facts.exception)
    if not len(marked):
        return []
    up = facts.value[marked] > facts.centre[marked]
    cut = np.flatnonzero((np.diff(marked) > 3) | (np.diff(up.astype(int)) != 0)) + 1
    return np.split(marked, cut)


def is_ongoing(facts: Facts, episode: np.ndarray) -> bool:
    """It lasts: marked lately more than once, and no point since has gone back to the other side."""
    since = slice(int(episode[-1]), None)
    gap = facts.value[since] - facts.centre[since]
    gone_back = gap <= 0 if is_up(facts, episode) else gap >= 0
    return int(episode[-1]) >= len(facts.value) - 3 and len(episode) >= 2 and not gone_back[1:].any()


def is_up(facts: Facts, episode: np.ndarray) -> bool:
    return bool(facts.value[episode[0]] > facts.centre[episode[0]])


def _amount(facts: Facts, x: float) -> str:
    return words.value(x, facts.unit)


def _versus(facts: Facts, episode: np.ndarray, ongoing: bool) -> str:
    stretch = np.arange(episode[0], len(facts.value) if ongoing else episode[-1] + 1)
    seen = stretch[np.isfinite(facts.value[stretch])]
    level, usual = _level(facts, seen), _level_of_centre(facts, seen)
    one, other = _apart(facts, level, usual)
    if one == other:
        return f"{one}, as much as usual"
    return f"{one} against the usual {other}{_ratio(facts, level, usual)}"


def _apart(facts: Facts, one: float, other: float) -> tuple[str, str]:
    """Both amounts, with as many more figures as it takes to tell them apart, two at most."""
    texts = [(words.value(one, facts.unit, more), words.value(other, facts.unit, more)) for more in range(3)]
    return next((pair for pair in texts if pair[0] != pair[1]), texts[0])


def _level_of_centre(facts: Facts, which: np.ndarray) -> float:
    centre = facts.centre[which]
    return float(np.mean(centre)) if len(centre) else float("nan")


def _ratio(facts: Facts, level: float, usual: float) -> str:
    if facts.kind == "value" or not usual > 0 or not np.isfinite(level):
        return ""
    times = level / usual
    if times >= 1.95:
        return f", {words.number(times)} times as much"
    return ""


def told(facts: Facts, found: list[np.ndarray]) -> np.ndarray:
    """The stretch that is told of: one that lasts, or else the one farthest from the usual."""
    return max(found, key=lambda episode: (is_ongoing(facts, episode), _weight(facts, episode)))


def sentence(facts: Facts) -> str:
    """The story of one stretch of exceptions, and how many others there were."""
    found = episodes(facts)
    if not found:
        return _calm(facts)
    last = told(facts, found)
    ongoing = is_ongoing(facts, last)
    side = words.capital(_side(facts, is_up(facts, last)))
    if ongoing:
        text = f"{side} since {_since(facts, int(last[0]))}: {_versus(facts, last, True)}."
    elif len(last) == 1:
        text = f"{side} {_in(facts, int(last[0]))}: {_versus(facts, last, False)}."
    else:
        first, end = _since(facts, int(last[0])), _since(facts, int(last[-1]))
        text = f"{side} from {first} to {end}: {_versus(facts, last, False)}."
    rest = sum(len(episode) for episode in found) - len(last)
    return text + (f" {words.capital(words.counted(rest, 'other exception'))}." if rest else "")


def _since(facts: Facts, i: int) -> str:
    at = _when(facts, i)
    return f"the {at}" if facts.every in ("week", "quarter") else at


def _weight(facts: Facts, episode: np.ndarray) -> float:
    return float(np.nansum(np.abs(facts.value[episode] - facts.centre[episode])))


def _calm(facts: Facts) -> str:
    seen = np.isfinite(facts.value)
    if not seen.any():
        return "No points to judge."
    held = "; what stands out is no more than chance" if facts.held else ""
    return f"Varies as usual around {_amount(facts, facts.usual)}{held}."


def reason(facts: Facts, i: int, sentences: list[str], score: float) -> str:
    """Why one point is marked."""
    up = facts.value[i] > facts.centre[i]
    text = " ".join(sentences)
    if facts.value[i] == facts.centre[i] or not np.isfinite(score):
        return text
    versus = " against ".join(_apart(facts, float(facts.value[i]), float(facts.centre[i])))
    return f"{words.capital(_side(facts, bool(up)))}: {versus}. {text}"
