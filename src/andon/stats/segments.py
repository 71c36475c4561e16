"""Many series laid end to end (CSR form), and sums, means and medians of each.

A *segment* is one phase of one series: points `offsets[i]:offsets[i + 1]` of a flat array. A result with one
number a segment has shape (segments, 1), one with a number a point has shape (points,).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Array = NDArray[Any]

BLOCK = 1 << 17
"""Points handled at a time: about 1 MB of float64, so that a block and its masks stay in the cache."""


def checked_offsets(offsets: ArrayLike, points: int) -> Ints:
    """Offsets as int64, or ValueError: they start at 0, never fall, and end at the number of points."""
    ends = np.asarray(offsets, np.int64).ravel()
    if ends.size == 0 or ends[0] != 0 or ends[-1] != points or (np.diff(ends) < 0).any():
        raise ValueError(f"offsets must rise from 0 to the number of points ({points})")
    return ends


@dataclass(frozen=True)
class Segments:
    """Where each segment starts and ends in a flat array; `offsets` int64 (segments + 1,)."""

    offsets: Ints

    @cached_property
    def lengths(self) -> Ints:
        """Points in each segment, int64 (segments,)."""
        return np.diff(self.offsets)

    @cached_property
    def size(self) -> int:
        """Segments."""
        return len(self.offsets) - 1

    @cached_property
    def points(self) -> int:
        """Points in all segments."""
        return int(self.offsets[-1])

    @cached_property
    def width(self) -> int:
        """The common length of all segments, or 0 when they differ."""
        if self.size == 0 or (self.lengths != self.lengths[0]).any():
            return 0
        return int(self.lengths[0])

    @cached_property
    def full(self) -> Bools:
        """Segments that hold a point, bool (segments,)."""
        return self.lengths > 0

    @cached_property
    def starts(self) -> Ints:
        """First point of every segment that holds one."""
        return self.offsets[:-1][self.full]

    @cached_property
    def index(self) -> Ints:
        """The segment of each point, int64 (points,)."""
        return np.repeat(np.arange(self.size), self.lengths)

    @cached_property
    def place(self) -> Ints:
        """How far each point is from the start of its segment, int64 (points,)."""
        return np.arange(self.points) - np.repeat(self.offsets[:-1], self.lengths)

    def total(self, x: Array) -> Floats:
        """Sum of each segment, (segments, 1); an empty segment sums to 0."""
        out = np.zeros(self.size)
        if self.width:
            out[:] = x.reshape(-1, self.width).sum(axis=1, dtype=np.float64)
        elif self.points:
            out[self.full] = np.add.reduceat(x, self.starts, dtype=np.float64)
        return out[:, None]

    def count(self, use: Bools | None) -> Floats:
        """Points used in each segment, float64 (segments, 1)."""
        return self.lengths[:, None].astype(np.float64) if use is None else self.total(use)

    def expand(self, field: Array) -> Array:
        """A number a segment (segments, 1) as a number a point (points,)."""
        if field.ndim == 1:
            return field
        return np.repeat(field[:, 0], self.width or self.lengths)

    def apply(self, how: Callable[[Array, Array], Array], x: Array, field: Array) -> Array:
        """`how(x, field)` of each point and its segment's number (or its own), (points,)."""
        if field.ndim == 1:
            return how(x, field)
        if self.width:
            return how(x.reshape(-1, self.width), field).ravel()
        return how(x, np.repeat(field[:, 0], self.lengths))

    def minus(self, x: Floats, field: Floats) -> Floats:
        """`x` less its segment's number (or its own, when `field` has one a point), (points,)."""
        return self.apply(np.subtract, x, field)

    def mean(self, x: Floats, use: Bools | None = None, weight: Floats | None = None) -> Floats:
        """Mean of each segment, (segments, 1), NaN where nothing counts.

        A second pass over the deviations makes it exact for a constant series and keeps small changes on a
        large level. Points outside `use` must not weigh: `x` may be anything there.
        """
        if use is None and weight is None:
            total = self.count(None)
            rough = self.total(x) / total
            return rough + self.total(self.minus(x, rough)) / total
        heavy = np.ones(len(x)) if weight is None else weight
        heavy = heavy if use is None else np.where(use, heavy, 0.0)
        clean = x if use is None else np.where(use, x, 0.0)
        total = self.total(heavy)
        rough = self.total(clean * heavy) / total
        left = self.minus(clean, rough) * heavy
        return rough + self.total(left if use is None else np.where(use, left, 0.0)) / total

    def padded(self, x: Floats, use: Bools | None = None) -> Floats:
        """The segments as rows, (segments, longest), filled up with NaN; so are points outside `use`."""
        clean = x if use is None else np.where(use, x, np.nan)
        if self.width:
            return clean.reshape(-1, self.width)
        out = np.full((self.size, int(self.lengths.max(initial=0))), np.nan)
        out[self.index, self.place] = clean
        return out

    def flat(self, rows: Array) -> Array:
        """The inverse of `padded`."""
        if self.width:
            return rows.reshape(-1)
        return rows[self.index, self.place]

    def median(self, x: Floats, use: Bools | None = None) -> Floats:
        """Median of each segment, (segments, 1), NaN where nothing counts."""
        rows = np.sort(self.padded(x, use), axis=1)
        count = np.isfinite(rows).sum(axis=1)[:, None]
        if rows.shape[1] == 0:
            return np.full((self.size, 1), np.nan)
        low = np.take_along_axis(rows, np.maximum((count - 1) // 2, 0), axis=1)
        high = np.take_along_axis(rows, np.minimum(count // 2, rows.shape[1] - 1), axis=1)
        middle = low + (high - low) / 2
        return np.where(count > 0, middle, np.nan)

    def blocks(self, points: int = BLOCK) -> Iterator[tuple[slice, slice, Segments]]:
        """Runs of whole segments of about `points` points: (segments, points, their own Segments)."""
        first = 0
        while first < self.size:
            end = int(np.searchsorted(self.offsets, self.offsets[first] + points, side="right")) - 1
            last = min(max(end, first + 1), self.size)
            base = self.offsets[first]
            yield (
                slice(first, last),
                slice(int(base), int(self.offsets[last])),
                Segments(self.offsets[first : last + 1] - base),
            )
            first = last


def phase_offsets(offsets: ArrayLike, new_phase: ArrayLike) -> Ints:
    """Offsets of segments when series (`offsets`) are split where `new_phase` (bool, one a point) is true.

    A series without a point stays a segment of its own.
    """
    begins = np.asarray(new_phase, bool)
    ends = checked_offsets(offsets, len(begins))
    return np.sort(np.concatenate([ends, np.setdiff1d(np.flatnonzero(begins), ends)]))
