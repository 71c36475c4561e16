"""Where intake stops: the last periods of a series that hold almost nothing are a tail, not a signal."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from andon.stats.segments import Floats, Segments, checked_offsets


def tail(volume: ArrayLike, offsets: ArrayLike, share: float = 0.25) -> NDArray[np.int64]:
    """Points at the end of each segment where intake has stopped, int64 (segments,).

    volume: float64 (N,), rows or denominator of each period; a missing one counts as 0.
    The tail begins after the last period with at least `share` of a busy one (7 in 8 are quieter). It is one
    only if every period in it has less than half of a quiet one before it (9 in 10 are busier), so that a
    closing weekend is no tail. Needs four periods before the tail.
    """
    x = np.nan_to_num(np.asarray(volume, np.float64).ravel(), posinf=0.0, neginf=0.0)
    segments = Segments(checked_offsets(offsets, len(x)))
    ends = segments.offsets
    return np.array([_tail(x[ends[i] : ends[i + 1]], share) for i in range(segments.size)], np.int64)


def _tail(x: Floats, share: float) -> int:
    if len(x) < 5:
        return 0
    busy = np.flatnonzero(x >= share * max(float(np.quantile(x, 0.875)), 1e-300))
    if len(busy) == 0 or busy[-1] < 3 or busy[-1] == len(x) - 1:
        return 0
    head, rest = x[: busy[-1] + 1], x[busy[-1] + 1 :]
    return len(rest) if rest.max() < np.quantile(head, 0.1) / 2 else 0
