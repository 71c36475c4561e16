"""When a measure is "out": a plain decision on the points of its chart."""

from dataclasses import dataclass

import numpy as np

RECENT = 4  # periods: an exception stays on the wall until this many calm ones have followed


@dataclass(frozen=True, slots=True)
class Spell:
    """The exception that is going on: index of its first and last marked point."""

    first: int
    last: int


def spell(marked: np.ndarray, beyond: np.ndarray, recent: int = RECENT) -> Spell | None:
    """The spell that is going on, or None.

    `marked` (N,) are the exceptions on the worse side (either side where none is better), `beyond` (N,) the
    points on the worse side of the centre line, marked or not. A measure is out when one of its last `recent`
    points is marked. The spell reaches back over marked points that are at most `recent` apart, and then over
    the unbroken run of points beyond the centre that leads to the first: that is when it began.
    """
    where = np.flatnonzero(marked)
    if not len(where) or where[-1] < len(marked) - recent:
        return None
    gaps = np.flatnonzero(np.diff(where) > recent)
    first = int(where[gaps[-1] + 1] if len(gaps) else where[0])
    return Spell(_back(beyond, first), int(where[-1]))


def _back(beyond: np.ndarray, first: int) -> int:
    calm = np.flatnonzero(~beyond[:first])
    return int(calm[-1]) + 1 if len(calm) else 0


def touched(
    n: np.ndarray, value: np.ndarray, centre: np.ndarray, worse_is_high: bool, kind: str
) -> np.ndarray:
    """Contacts (N,) beyond what the centre line lets expect, at least 0; 0 where nothing is known.

    For a proportion the bad outcomes beyond the expected ones; for a count the excess itself; for an average
    or a time between there is no "bad one", so every contact of the period counts.
    """
    excess = (value - centre) if worse_is_high else (centre - value)
    size = {"proportion": n, "rate": n, "count": np.ones_like(n)}.get(kind)
    amount = np.where(excess > 0, n, 0.0) if size is None else excess * size
    return np.nan_to_num(np.maximum(amount, 0.0), nan=0.0, posinf=0.0)
