"""Sums by code."""

from __future__ import annotations

import numpy as np

from andon.stats.segments import Floats, Ints


def tally(codes: Ints, weight: Floats, size: int) -> Floats:
    """Sum of the weights of each code, float64 (size,): bincount, which answers with integers where nothing is."""
    return np.bincount(codes, weight, size).astype(np.float64, copy=False)


def cross_tally(one: Ints, ones: int, other: Ints, others: int, weight: Floats) -> Floats:
    """Sum of the weights of each pair of codes, float64 (ones, others)."""
    return tally(one * others + other, weight, ones * others).reshape(ones, others)


def tally_columns(codes: Ints, size: int, weight: Floats, x: Floats) -> Floats:
    """Sum of weight times each column of x (M, columns) by code, float64 (size, columns)."""
    out = np.empty((size, x.shape[1]))
    for column in range(x.shape[1]):
        out[:, column] = tally(codes, weight * x[:, column], size)
    return out
