"""Rare events: the time, or the number of cases, from one to the next."""

import numpy as np

from andon.analysis.series import Series, series_codes
from andon.lake import Cells

DAY = 86400.0


def build(cells: Cells) -> tuple[Series, str, str]:
    """A point an event; the chart ("t" or "g") and the unit.

    Without an outcome each row is an event, and the value is days since the one before. With yes/no, each yes is an
    event, and the value is the number of cases since. The first event of a series has none before it and is left out.
    """
    code, names = series_codes(cells)
    events = cells.total if cells.has_outcome else cells.rows
    pieces = (
        [_gaps(cells, np.flatnonzero(code == s), events) for s in range(len(names))]
        if len(names) < 50
        else _split(cells, code, events)
    )
    lengths = [len(piece[0]) for piece in pieces]
    at = np.concatenate([piece[0] for piece in pieces]) if pieces else np.empty(0, "datetime64[s]")
    gap = np.concatenate([piece[1] for piece in pieces]) if pieces else np.empty(0)
    ones = np.ones(len(gap))
    nothing = np.full(len(gap), np.nan)
    series = Series(
        names, np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64), at, ones, gap, gap**2, nothing, ones,
        np.ones(len(gap), np.bool_), "second", (),
    )  # fmt: skip
    return series, ("g" if cells.has_outcome else "t"), ("cases" if cells.has_outcome else "days")


def _split(cells: Cells, code: np.ndarray, events: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    bounds = np.flatnonzero(np.diff(code)) + 1
    return [_gaps(cells, part, events) for part in np.split(np.arange(len(code)), bounds)]


def _gaps(cells: Cells, rows: np.ndarray, events: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Moments of the events after the first, and what lies between each and the one before."""
    rows = rows[np.argsort(cells.at[rows], kind="stable")]
    times = np.repeat(cells.at[rows], np.maximum(events[rows], 0).astype(np.int64))
    if not cells.has_outcome:
        return times[1:], np.diff(times.astype(np.int64)) / DAY
    # Several cases of one moment are taken in the order no, yes: the count up to each event is a lower bound.
    seen = np.cumsum(cells.n[rows])
    reach = np.repeat(seen, np.maximum(events[rows], 0).astype(np.int64))
    return times[1:], np.maximum(np.diff(reach), 0.0)
