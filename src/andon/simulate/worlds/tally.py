"""How right a rule was, in one world and over many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .truth import Bools


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of workers in one world. wrong: named and not truly below; below: truly below."""

    named: int
    wrong: int
    below: int

    @property
    def found(self) -> int:
        return self.named - self.wrong


def tally(named: Bools, below: Bools) -> Tally:
    """Of workers (W,) that a rule names, and that truly are below."""
    return Tally(int(named.sum()), int((named & ~below).sum()), int(below.sum()))


@dataclass(frozen=True, slots=True)
class Score:
    """Over several worlds of one recipe. Shares are nan where there is nobody to count.

    named, below: mean a world.   wrong: share of those named, all worlds together.   found: of those below.
    wrong_error, found_error: standard errors between worlds (of a ratio of means); nan with one world.
    false_share: mean over worlds of the share wrongly named, 0 where nobody is: what false discovery rate means.
    worlds_naming: worlds in which anybody is named.
    """

    worlds: int
    named: float
    below: float
    wrong: float
    wrong_error: float
    found: float
    found_error: float
    false_share: float
    worlds_naming: int


def score(tallies: Sequence[Tally]) -> Score:
    """All worlds of one recipe together."""
    named = np.array([one.named for one in tallies], np.float64)
    wrong = np.array([one.wrong for one in tallies], np.float64)
    below = np.array([one.below for one in tallies], np.float64)
    wrong_share, wrong_error = _ratio(wrong, named)
    found_share, found_error = _ratio(named - wrong, below)
    return Score(
        worlds=len(tallies),
        named=float(named.mean()),
        below=float(below.mean()),
        wrong=wrong_share,
        wrong_error=wrong_error,
        found=found_share,
        found_error=found_error,
        false_share=float((wrong / np.maximum(named, 1)).mean()),
        worlds_naming=int((named > 0).sum()),
    )


def _ratio(part: np.ndarray, whole: np.ndarray) -> tuple[float, float]:
    """Sum over sum, and its standard error by linearisation."""
    total, worlds = float(whole.sum()), len(whole)
    if total == 0:
        return float("nan"), float("nan")
    share = float(part.sum()) / total
    if worlds < 2:
        return share, float("nan")
    off = part - share * whole
    return share, float(np.sqrt(worlds * (off**2).sum() / (worlds - 1)) / total)
