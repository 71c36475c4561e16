"""Rows of points and the level under them over one cycle; missing points are NaN."""

from __future__ import annotations

import numpy as np

from andon.stats.segments import Floats


def median(rows: Floats) -> Floats:
    """Median of each row, NaN where it holds nothing."""
    ordered = np.sort(rows, axis=1)
    count = np.isfinite(ordered).sum(axis=1)
    if rows.shape[1] == 0:
        return np.full(len(rows), np.nan)
    at = np.arange(len(rows))
    low, high = (
        ordered[at, np.maximum(count - 1, 0) // 2],
        ordered[at, np.minimum(count // 2, rows.shape[1] - 1)],
    )
    return np.where(count > 0, (low + high) / 2, np.nan)


def mean(rows: Floats) -> Floats:
    known = np.isfinite(rows)
    total = np.where(known, rows, 0).sum(axis=1, keepdims=True)
    return total / np.where(known.any(axis=1, keepdims=True), known.sum(axis=1, keepdims=True), np.nan)


def level(rows: Floats, cycle: int) -> Floats:
    """The level under each point: mean of the cycle around it; near the ends, of the first or last cycle."""
    length = rows.shape[1]
    width = min(cycle, length)
    if width == 0:
        return rows
    known = np.isfinite(rows)
    sums, counts = (_windows(a, width) for a in (np.where(known, rows, 0.0), known.astype(np.float64)))
    if width % 2 == 0 and length > width:  # an even cycle has no middle point: average two neighbours
        sums, counts = (a[:, :-1] + a[:, 1:] for a in (sums, counts))
    return _stretched(sums / np.where(counts > 0, counts, np.nan), length)


LONGEST_MEDIAN = 64
"""Cycles longer than this keep the mean as their level: a running median of them costs too much."""


def steady_level(rows: Floats, cycle: int) -> Floats:
    """As `level`, but of rows without their season, and the median: a wild point or a step does not smear."""
    length = rows.shape[1]
    width = min(cycle | 1, length)
    if width == 0 or width > LONGEST_MEDIAN:
        return level(rows, cycle)
    windows = np.lib.stride_tricks.sliding_window_view(rows, width, axis=1)
    return _stretched(np.stack([median(window) for window in windows]), length)


def _stretched(middle: Floats, length: int) -> Floats:
    """A level for the middle points as one for all: the first and the last reach to the ends."""
    first = (length - middle.shape[1]) // 2
    return middle[:, np.clip(np.arange(length) - first, 0, middle.shape[1] - 1)]


def _windows(rows: Floats, width: int) -> Floats:
    total = np.cumsum(np.pad(rows, ((0, 0), (1, 0))), axis=1)
    out: Floats = total[:, width:] - total[:, :-width]
    return out
