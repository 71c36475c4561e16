"""Rare events: the time, or the number of cases, from one to the next."""

import numpy as np

from andon.analysis.series import Series, series_codes
from andon.lake import Cells

DAY = 86400.0


def build(cells: Cells) -> tuple[Series, str, str]:
    """A point an event; the chart ("t" or "g") and the unit.

    Without an outcome each row is an event, and the value is days since the one before. With yes/no, each
    yes is an
    event, and the value is the number of other cases since. The first event of a series has none before it
    and is left out.
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
        names,
        np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        at,
        ones,
        gap,
        gap**2,
        nothing,
        ones,
        np.ones(len(gap), np.bool_),
        "second",
        (),
    )
    return series, ("g" if cells.has_outcome else "t"), ("cases" if cells.has_outcome else "days")


def _split(cells: Cells, code: np.ndarray, events: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    bounds = np.flatnonzero(np.diff(code)) + 1
    return [_gaps(cells, part, events) for part in np.split(np.arange(len(code)), bounds)]


def _gaps(cells: Cells, rows: np.ndarray, events: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Moments of the events after the first, and what lies between each and the one before."""
    rows = rows[np.argsort(cells.at[rows], kind="stable")]
    times = np.repeat(cells.at[rows], np.maximum(events[rows], 0).astype(np.int64))
    if not cells.has_outcome:
        return times[1:], np.diff(_spread(times)) / DAY
    # The events among several cases of one moment are taken to lie evenly among them.
    count = np.maximum(events[rows], 0).astype(np.int64)
    before = np.repeat(np.cumsum(cells.n[rows]) - cells.n[rows], count)
    rank = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    place = before + np.ceil((rank + 0.5) / np.repeat(count, count) * np.repeat(cells.n[rows], count))
    return times[1:], np.maximum(np.diff(place) - 1, 0.0)


def _spread(times: np.ndarray) -> np.ndarray:
    """Seconds since 1970; where only days are known, the events of a day are spread evenly over it."""
    seconds = times.astype("datetime64[s]").astype(np.float64)
    if not len(seconds) or (seconds % DAY).any():
        return seconds
    _, first, count = np.unique(seconds, return_index=True, return_counts=True)
    rank = np.arange(len(seconds)) - np.repeat(first, count)
    return seconds + (rank + 0.5) / np.repeat(count, count) * DAY
