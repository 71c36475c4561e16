"""Two groups compared within strata, so that a difference in their mix makes none: Mantel and Haenszel.

Each row of `tables`, (K, 4), is a stratum: x1 of n1 in one group, x2 of n2 in the other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc
from scipy.stats import hypergeom, norm

from andon.stats.segments import Floats
from andon.stats.tables import EQUAL, Between


@dataclass(frozen=True, slots=True)
class Within:
    """`ratio` of shares and `odds` within strata, `p` that there is none; `used` strata hold both groups.

    compared: the people of both groups who are in such strata. NaN where no stratum says anything.
    """

    ratio: Between
    odds: float
    p: float
    used: int
    compared: int


def mantel_haenszel(tables: ArrayLike, level: float = 0.95, correct: bool = True) -> Within:
    """The ratio of shares common to all strata, with the interval of Greenland and Robins (1985).

    p is of the test of Mantel and Haenszel (1959), with the correction of continuity unless told, as R's
    mantelhaen.test; `odds` is their common odds ratio. Raises ValueError where counts are none.
    """
    rows = np.asarray(tables, np.float64).reshape(-1, 4)
    if (rows < 0).any() or (rows[:, 0] > rows[:, 1]).any() or (rows[:, 2] > rows[:, 3]).any():
        raise ValueError("a stratum is x1 of n1 and x2 of n2, with no more of either than there are")
    kept = rows[(rows[:, 1] > 0) & (rows[:, 3] > 0)]
    compared = int(kept[:, [1, 3]].sum())
    return Within(_ratio(kept, level), _odds(kept), _p(kept, correct), len(kept), compared)


def _ratio(rows: Floats, level: float) -> Between:
    x1, n1, x2, n2 = rows.T
    total = n1 + n2
    up, down = float((x1 * n2 / total).sum()), float((x2 * n1 / total).sum())
    if up <= 0 and down <= 0:
        return Between(math.nan, 0.0, math.inf)
    if up <= 0 or down <= 0:
        return Between(0.0 if up <= 0 else math.inf, 0.0, math.inf)
    spread = float(((n1 * n2 * (x1 + x2) - x1 * x2 * total) / total**2).sum()) / (up * down)
    reach = float(norm.ppf(0.5 + level / 2)) * math.sqrt(max(spread, 0.0))
    found = up / down
    return Between(found, found * math.exp(-reach), found * math.exp(reach))


def _odds(rows: Floats) -> float:
    x1, n1, x2, n2 = rows.T
    up, down = float((x1 * (n2 - x2) / (n1 + n2)).sum()), float((x2 * (n1 - x1) / (n1 + n2)).sum())
    return up / down if down else (math.inf if up else math.nan)


def _p(rows: Floats, correct: bool) -> float:
    x1, n1, x2, n2 = rows.T
    total, happened = n1 + n2, x1 + x2
    some = total > 1
    expected = n1 * happened / total
    spread = n1[some] * n2[some] * happened[some] * (total - happened)[some]
    variance = float((spread / (total[some] ** 2 * (total[some] - 1))).sum())
    if variance <= 0:
        return 1.0
    apart = abs(float((x1 - expected).sum()))
    apart = max(apart - 0.5, 0.0) if correct else apart
    return float(chdtrc(1, apart**2 / variance))


def exact(tables: ArrayLike) -> float:
    """Two-sided p that there is no difference within strata, exactly: of how often it happened to the first group.

    The sum over strata is a convolution of hypergeometric laws; all sums no likelier than the one seen count. As R's
    mantelhaen.test(exact = TRUE); with one stratum it is Fisher's test.
    """
    rows = np.asarray(tables, np.int64).reshape(-1, 4)
    chance, seen = np.ones(1), 0
    for x1, n1, x2, n2 in rows[(rows[:, 1] > 0) & (rows[:, 3] > 0)].tolist():
        first = max(0, x1 + x2 - n2)
        at = np.arange(first, min(n1, x1 + x2) + 1)
        chance, seen = (
            np.convolve(chance, np.exp(hypergeom.logpmf(at, n1 + n2, n1, x1 + x2))),
            seen + x1 - first,
        )
    return float(min(1.0, chance[chance <= chance[seen] * EQUAL].sum()))
