"""Chances adjusted for how many were looked at."""

import numpy as np
from numpy.typing import ArrayLike

from andon.stats.segments import Floats


def adjusted(p: ArrayLike) -> Floats:
    """Benjamini and Hochberg's (1995) adjusted p, float (K,): those at or below q are found with a share q of wrong
    ones at most. NaN is not counted among those looked at, and stays.
    """
    given = np.asarray(p, np.float64).ravel()
    found = np.full(len(given), np.nan)
    known = np.flatnonzero(np.isfinite(given))
    if not len(known):
        return found
    order = known[np.argsort(given[known], kind="stable")]
    steps = given[order] * len(order) / np.arange(1, len(order) + 1)
    found[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return found
