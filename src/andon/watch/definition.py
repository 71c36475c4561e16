"""When a measure is "out": a plain decision on the points of its chart."""

from dataclasses import dataclass

import numpy as np

RECENT = 4  # periods: an exception stays on the wall until this many calm ones have followed
APART = 3  # marks that far apart belong to one spell, as in the sentence of the chart


@dataclass(frozen=True, slots=True)
class Spell:
    """The exception that is going on: index of its first and last marked point."""

    first: int
    last: int


def spell(marked: np.ndarray, recent: int = RECENT, judged_end: int | None = None) -> Spell | None:
    """The spell that is going on, or None.

    `marked` (N,) are the exceptions on the worse side (either side where none is better). A measure is out
    when one of its last `recent` points is marked; the spell reaches back over marks with at most two others
    between them. `judged_end` is one past the last point that counts, when the last periods are not complete.
    """
    where = np.flatnonzero(marked)
    end = len(marked) if judged_end is None else judged_end
    if not len(where) or where[-1] < end - recent:
        return None
    gaps = np.flatnonzero(np.diff(where) > APART)
    return Spell(int(where[gaps[-1] + 1] if len(gaps) else where[0]), int(where[-1]))
