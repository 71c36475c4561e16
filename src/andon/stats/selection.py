"""Which of many to name so that few of those named are named wrongly."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from andon.stats.segments import Bools, Floats


def selected(chance: ArrayLike, q: float = 0.05) -> Bools:
    """The largest set, the likeliest first, of which at most a share `q` is expected to be wrong; bool (K,).

    chance: float (K,), the probability that each is truly so; NaN stands for somebody not looked at. The expected
    share of wrong ones is the mean of 1 - chance over the set (Newton, Noueiry, Sarkar and Ahlquist 2004).
    Those with equal chances are named together or not at all. Raises ValueError where `q` is no share.
    """
    if not 0 <= q < 1:
        raise ValueError(f"q is a share from 0 to below 1, not {q}")
    known = np.nan_to_num(np.asarray(chance, np.float64).ravel(), nan=-1.0)
    order = np.argsort(-known, kind="stable")
    ranked = known[order]
    wrong = np.cumsum(1 - ranked) / np.arange(1, len(ranked) + 1)
    last_of_equals = np.append(ranked[1:] < ranked[:-1], True)[: len(ranked)]
    fits = np.flatnonzero((wrong <= q + 1e-12) & last_of_equals & (ranked >= 0))
    chosen = np.zeros(len(known), np.bool_)
    if len(fits):
        chosen[order[: fits[-1] + 1]] = True
    return chosen


def expected_wrong(chance: ArrayLike, chosen: ArrayLike) -> float:
    """Expected share of wrong ones among those chosen; 0 where nobody is."""
    named: Floats = np.asarray(chance, np.float64)[np.asarray(chosen, np.bool_)]
    return float(np.mean(1 - named)) if len(named) else 0.0
