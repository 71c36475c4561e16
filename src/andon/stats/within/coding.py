"""Codes made dense, without sorting where that can be avoided."""

from __future__ import annotations

import numpy as np

from andon.stats.within.absorb import Floats, Ints

MOST = 50_000_000  # values that codes may have for a table of them to be made
SPARSE = 16  # times as many values as codes, from which sorting is quicker
FINE = 4096  # steps in which quantiles are told


def dense(codes: Ints) -> tuple[Ints, Ints]:
    """Codes from 0 without gaps (N,), in order, and the value that each stands for. codes (N,): from 0."""
    size = int(codes.max(initial=-1)) + 1
    if size > min(MOST, SPARSE * len(codes)):
        values, out = np.unique(codes, return_inverse=True)
        return out.astype(np.int64), values
    seen = np.zeros(size, np.bool_)
    seen[codes] = True
    place = np.cumsum(seen) - 1
    return place[codes], np.flatnonzero(seen)


def crossed(one: Ints, other: Ints) -> Ints:
    """Dense codes of every combination of two groupings that there is."""
    return dense(one * (int(other.max(initial=0)) + 1) + other)[0]


def quantiles(values: Floats, weight: Floats, shares: tuple[float, ...]) -> Floats:
    """Weighted quantiles, to a four-thousandth of where all but the outermost hundredths of the cases lie."""
    low, high = float(values.min()), float(values.max())
    found = np.full(len(shares), low)
    for _ in range(3):  # looked at closer each time: a few far values would make the steps coarse
        if not high > low:
            return found
        step = np.clip(((values - low) * (FINE / (high - low))).astype(np.int64), 0, FINE - 1)
        share = np.concatenate([[0.0], np.cumsum(np.bincount(step, weight, FINE)) / weight.sum()])
        edges = low + np.arange(FINE + 1) * (high - low) / FINE
        found = np.asarray(np.interp(shares, share, edges), np.float64)
        first, last = int(np.searchsorted(share, 0.01, "right")) - 1, int(np.searchsorted(share, 0.99))
        low, high = float(edges[max(first, 0)]), float(edges[min(last, FINE)])
    return found
