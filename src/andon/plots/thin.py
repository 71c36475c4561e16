"""Fewer points for a narrow picture, without hiding an exception or a peak."""

import numpy as np

from andon.plots.chart import Bools, Floats, Ints


def thin(value: Floats, keep: Bools, columns: int) -> Ints:
    """Indices to draw: in each of `columns` columns the lowest and highest value, and every point to `keep`.

    A column that holds only missing values keeps one of them, so that the gap stays a gap.
    """
    n = len(value)
    if n <= 3 * columns:
        return np.arange(n)
    column = np.arange(n) * columns // n
    order = np.lexsort((value, column))  # NaN sorts last in its column
    present = order[np.isfinite(value[order])]
    chosen = np.concatenate([_ends(present, column), _gaps(value, column, columns), np.flatnonzero(keep)])
    return np.unique(np.concatenate([chosen, [0, n - 1]]))


def _ends(present: Ints, column: Ints) -> Ints:
    """First and last of each column in an order that is sorted by column, then value."""
    if not len(present):
        return present
    turn = np.flatnonzero(np.diff(column[present]))
    ends: Ints = np.concatenate([[0], turn, turn + 1, [len(present) - 1]])
    return np.take(present, ends)


def _gaps(value: Floats, column: Ints, columns: int) -> Ints:
    """The first index of each column without any value."""
    some = np.zeros(columns, np.bool_)
    some[column[np.isfinite(value)]] = True
    first = np.searchsorted(column, np.arange(columns))
    return first[~some]
