"""Stretches of unbroken points on one flat tape, with gaps between, so that no pattern crosses a gap.

A stretch ends where a segment ends or a point is missing. With as many gaps as the longest window
needs, every window is a plain shift of the whole tape: no boundary is ever handled.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from andon.stats.segments import Array, Bools, Floats, Ints, Segments


@dataclass(frozen=True)
class Tape:
    """Where each point of a block lies on the tape. `at` is None when segments are rows of equal length."""

    rows: int
    width: int
    gap: int
    at: Ints | None = None
    present: Bools | None = None

    @property
    def length(self) -> int:
        """Places on the tape."""
        return self.rows * (self.width + self.gap)

    def lay(self, points: Array, blank: float | bool) -> Array:
        """The points on the tape, `blank` in the gaps."""
        if self.at is not None:
            tape = np.full(self.length, blank, points.dtype)
            tape[self.at] = points[self.present]
            return tape
        tape = np.empty((self.rows, self.width + self.gap), points.dtype)
        tape[:, : self.width] = points.reshape(self.rows, self.width)
        tape[:, self.width :] = blank
        return tape.ravel()

    def lift(self, tape: Array, out: Array) -> None:
        """Write what lies on the tape back to the points; missing points get 0."""
        if self.at is None:
            out.reshape(self.rows, self.width)[:] = tape.reshape(self.rows, -1)[:, : self.width]
            return
        out[:] = 0
        out[self.present] = tape[self.at]


def tape_for(present: Bools, segments: Segments, gap: int) -> Tape:
    """A tape for a block, where points that are not `present` break a stretch."""
    if segments.width and present.all():
        return Tape(segments.size, segments.width, gap)
    fresh = np.ones(len(present), bool)
    fresh[1:] = ~present[:-1]
    fresh[segments.starts] = True
    stretch = np.cumsum(fresh & present)[present] - 1
    at = np.arange(len(stretch)) + gap * stretch
    return Tape(1, int(at[-1]) + 1 if len(at) else 0, gap, at, present)


def steps(x: Floats) -> Bools:
    """(2, tape): whether each place lies above, and below, the one before; False beside a gap."""
    out = np.zeros((2, len(x)), bool)
    np.greater(x[1:], x[:-1], out=out[0, 1:])
    np.less(x[1:], x[:-1], out=out[1, 1:])
    return out


def back(mask: Bools, by: int) -> Bools:
    """The mask as it was `by` places earlier, along the last axis."""
    out = np.zeros_like(mask)
    out[..., by:] = mask[..., :-by] if by else mask
    return out


def all_of(mask: Bools, n: int) -> Bools:
    """Whether each place and the n - 1 before it are all true: by doubling, in about log2 n steps."""
    have, run = 1, mask
    while have < n:
        add = min(have, n - have)
        longer = np.zeros_like(run)
        np.logical_and(run[..., add:], run[..., :-add], out=longer[..., add:])
        run, have = longer, have + add
    return run


def at_least(mask: Bools, k: int, n: int) -> Bools:
    """Whether a place is true and at least k of the n places up to it are."""
    if k == n:
        return all_of(mask, n)
    count = mask.astype(np.uint8)
    for by in range(1, n):
        count[..., by:] += mask.view(np.uint8)[..., :-by]
    return (count >= k) & mask


def leading_up_to(ends: Bools, n: int) -> Bools:
    """Whether one of the n places from here on is an end: the whole pattern, given where patterns end."""
    have, run = 1, ends
    while have < n:
        add = min(have, n - have)
        wider = run.copy()
        np.logical_or(run[..., :-add], run[..., add:], out=wider[..., :-add])
        run, have = wider, have + add
    return run
