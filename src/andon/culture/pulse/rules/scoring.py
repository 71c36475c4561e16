"""From answers on five points to a number of a group, as far as it may be told.

Every answer counts 0, 25, 50, 75 or 100, and a dimension is the mean of its questions, as in the Employee Engagement
Index of the Civil Service People Survey (Cabinet Office, technical guide). What is kept of a group is blunt on
purpose: counts go down to fives and means are whole points between 5 and 95, so that a group that agrees in
everything is not laid open, and so that one more answer does not show by how far a mean moves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, erfc, isfinite, sqrt

import numpy as np
from scipy.stats import false_discovery_control
from scipy.stats import t as student

from andon.stats.reliability import alpha

POINTS = 5
LOWEST, HIGHEST = 5, 95
STEP = 5
LEVEL = 0.95
QUESTIONS_TOGETHER, ENOUGH_TOGETHER = 3, 30
"""Questions and people from which it is said how far the questions go together."""
BLUNT = 0.05
USUAL_SPREAD = 25.0
"""Points by which people differ where too few answered to say."""


@dataclass(frozen=True, slots=True)
class Score:
    """`n` answers (down to fives), the mean in points and half of its 95 % interval."""

    n: int
    value: int
    half: int

    @property
    def low(self) -> int:
        return max(0, self.value - self.half)

    @property
    def high(self) -> int:
        return min(100, self.value + self.half)


@dataclass(frozen=True, slots=True)
class Change:
    """From one wave to the next: `by` points, with half of its interval; `clear` where nought lies outside."""

    by: int
    half: int

    @property
    def clear(self) -> bool:
        return abs(self.by) > self.half

    @property
    def words(self) -> str:
        """+3, −2, 0."""
        return f"{self.by:+d}".replace("-", "−") if self.by else "0"

    @property
    def chance(self) -> float:
        """How likely a change as far would be if nothing had changed (two-sided, normal)."""
        error = max(self.half, 0.5) / 1.96
        return erfc(abs(self.by) / error / sqrt(2))


def points(answer: int, turned: bool = False) -> float:
    """1 to 5 as 0 to 100; `turned` where to agree is to say that it is bad. Raises ValueError for any other."""
    if not 1 <= answer <= POINTS:
        raise ValueError(f"An answer is 1 to {POINTS}, and not {answer}.")
    score = 25.0 * (answer - 1)
    return 100.0 - score if turned else score


def of_person(answers: Sequence[float | None]) -> float | None:
    """The mean of one person's questions of a dimension; None where fewer than half were answered."""
    given = [answer for answer in answers if answer is not None]
    return float(np.mean(given)) if given and 2 * len(given) >= len(answers) else None


def spread(values: Sequence[float]) -> float:
    """How far people differ, over all who answered: a group's own spread would tell whether all in it agree."""
    return float(np.std(values, ddof=1)) if len(values) > 2 else USUAL_SPREAD


def score(values: Sequence[float], deviation: float, of_all: int) -> Score:
    """Of a group. `deviation` is `spread` of all `of_all` answers; raises ValueError where the group is empty."""
    if not values:
        raise ValueError("Nobody answered.")
    n = down(len(values))
    factor = float(student.ppf((1 + LEVEL) / 2, max(of_all - 1, 2)))
    half = ceil(factor * deviation / sqrt(max(n, 1)))
    return Score(n, blunt(float(np.mean(values))), min(half, 100))


def down(n: int) -> int:
    """To fives below: 5 to 9 are told as 5."""
    return n // STEP * STEP


def blunt(mean: float) -> int:
    """Whole points, from 5 to 95."""
    return int(np.clip(np.floor(mean + 0.5), LOWEST, HIGHEST))


def share(part: float, whole: float) -> int:
    """Per cents in steps of five, from 5 to 95: all, or nobody, would say it of everyone."""
    if whole <= 0:
        return LOWEST
    return int(np.clip(np.floor(100 * part / whole / STEP + 0.5) * STEP, LOWEST, HIGHEST))


def shares(values: Sequence[float]) -> tuple[int, int, int]:
    """Who is below the middle, in it, above it: per cents in steps of five, each from 5 to 95."""
    found = np.asarray(values)
    parts = (found < 50).sum(), (found == 50).sum(), (found > 50).sum()
    low, middle, high = (share(float(part), len(values)) for part in parts)
    return low, middle, high


def together(answers: Sequence[Sequence[float | None]]) -> float | None:
    """How far the questions of a dimension go together: Cronbach's alpha of those who answered all, in steps of 0.05.

    None for fewer than three questions or too few answers to say; never below nought.
    """
    whole = [one for one in answers if None not in one]
    if len(whole) < ENOUGH_TOGETHER or len(whole[0]) < QUESTIONS_TOGETHER:
        return None
    found = alpha(np.array(whole, np.float64)).value
    return round(round(max(found, 0.0) / BLUNT) * BLUNT, 2) if isfinite(found) else None


def change(before: Score, now: Score) -> Change:
    """As if other people had answered, as nobody knows who did: the interval is rather too wide than too narrow."""
    return Change(now.value - before.value, ceil(sqrt(before.half**2 + now.half**2)))


def standing_out(chances: Sequence[float], wrong: float = 0.05) -> list[bool]:
    """Of changes with these probabilities under "nothing changed", which to name, so that of those named at most a
    share of `wrong` is expected to be chance (Benjamini and Hochberg 1995).
    """
    return [bool(chance <= wrong) for chance in false_discovery_control(chances)] if chances else []
