"""Outcomes beside what each case let one expect: risk-adjusted CUSUM and variable life-adjusted display (VLAD).

y and risk have one axis, (T,) cases in order, or two, (S, T) series by cases; y is 0 or 1 (1 is the bad outcome),
risk its probability for a case of this kind where all is as usual. What is missing or impossible is passed over.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from andon.stats.segments import Bools, Floats


@dataclass(frozen=True, slots=True, eq=False)
class AdjustedCusum:
    """Evidence for one change of the odds, added up from case to case; arrays of the shape of y.

    sums: log likelihood ratio since it last was 0, never below; a case passed over leaves it as it was.
    alarm: bool, the limit is reached.   usable: bool, the case counted.
    odds: the change looked for, 2 is odds twice as high.   limit: h.
    """

    sums: Floats
    alarm: Bools
    usable: Bools
    odds: float
    limit: float


def scores(y: ArrayLike, risk: ArrayLike, odds: float = 2.0) -> Floats:
    """Log likelihood ratio of `odds` times the odds against the usual odds (Steiner et al. 2000); NaN where unknown.

    A risk of 0 or 1 tells nothing when what had to happen happens; when it does not, the score stays finite.
    """
    if not (odds > 0 and np.isfinite(odds) and odds != 1):
        raise ValueError("odds must be a ratio above 0 other than 1, such as 2 or 0.5")
    outcome, p = _cases(y, risk)
    return np.asarray(outcome * np.log(odds) - np.log1p((odds - 1) * p))


def adjusted_cusum(
    y: ArrayLike, risk: ArrayLike, *, odds: float = 2.0, limit: float = 4.5, restart: bool = False
) -> AdjustedCusum:
    """Risk-adjusted CUSUM (Steiner et al. 2000). odds above 1 look for worse, below 1 for better.

    `limit` should come from `adjusted_arl.limit_for` and the risks at hand: 4.5 was Steiner's for heart surgery.
    With `restart` the sum starts again at 0 after an alarm.
    """
    if not limit > 0:
        raise ValueError("limit must be above 0")
    steps = scores(y, risk, odds)
    usable = ~np.isnan(steps)
    moves = np.where(usable, steps, 0.0)
    sums = np.empty(steps.shape)
    total = np.zeros(steps.shape[:-1])
    for case in range(steps.shape[-1]):
        total = np.maximum(0.0, total + moves[..., case])
        sums[..., case] = total
        if restart:
            total = np.where(total >= limit, 0.0, total)
    return AdjustedCusum(sums, usable & (sums >= limit), usable, odds, limit)


def vlad(y: ArrayLike, risk: ArrayLike) -> Floats:
    """Bad outcomes expected minus seen, added up: rising is better than the cases let one expect.

    A case passed over leaves it as it was. It shows; judge with `adjusted_cusum`, since chance alone makes it wander.
    """
    outcome, p = _cases(y, risk)
    return np.asarray(np.nancumsum(p - outcome, axis=-1))


def _cases(y: ArrayLike, risk: ArrayLike) -> tuple[Floats, Floats]:
    """Outcome and risk, alike in shape; both NaN where either is missing or cannot be."""
    outcome, p = np.broadcast_arrays(np.asarray(y, np.float64), np.asarray(risk, np.float64))
    known = ((outcome == 0) | (outcome == 1)) & (p >= 0) & (p <= 1)
    return np.where(known, outcome, np.nan), np.where(known, p, np.nan)
