"""How far questions that are meant to say one thing go together.

Cronbach's alpha (Cronbach 1951, Psychometrika 16) with the interval of Feldt (1965, Psychometrika 30; Feldt, Woodruff
and Salih 1987), as alpha() of the R package psych gives them.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import f as fisher


@dataclass(frozen=True, slots=True)
class Alpha:
    """Alpha with its interval; `n` people answered `k` questions each. NaN where nothing can be told."""

    value: float
    low: float
    high: float
    n: int
    k: int


def alpha(answers: NDArray[np.float64], level: float = 0.95) -> Alpha:
    """Of `answers` (n, k), a row a person and a column a question, all turned the same way and none missing.

    Raises ValueError for fewer than two questions, or where an answer is missing.
    """
    answers = np.asarray(answers, np.float64)
    n, k = answers.shape
    if k < 2 or not np.isfinite(answers).all():
        raise ValueError("It takes two questions or more, and an answer to each.")
    whole = float(answers.sum(axis=1).var(ddof=1)) if n > 2 else 0.0
    if whole <= 1e-12 * max(float((answers**2).max(initial=0.0)), 1.0):  # nobody differs from anybody
        return Alpha(math.nan, math.nan, math.nan, n, k)
    value = k / (k - 1) * (1 - float(answers.var(axis=0, ddof=1).sum()) / whole)
    return Alpha(value, *_interval(value, n, k, level), n, k)


def _interval(value: float, n: int, k: int, level: float) -> tuple[float, float]:
    """(1 - alpha) of the population to (1 - alpha) of the sample is distributed as F, inverted."""
    freedom = n - 1, (n - 1) * (k - 1)
    low, high = (1 - (1 - value) * float(fisher.ppf(p, *freedom)) for p in ((1 + level) / 2, (1 - level) / 2))
    return low, high
