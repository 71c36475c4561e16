"""Cells to series: every period of a series' own life in order, and which periods can be judged."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from andon.analysis.spec import Bools, Floats, Ints, Kind, Times
from andon.lake import Cells, Every, numbers_of, starts
from andon.plots import words

SEPARATOR = " · "
TAIL = 0.2  # a period with less than this share of the usual intake is not yet, or no longer, intake
FEWEST, MOSTLY = (
    6,
    0.8,
)  # real intake covers this many periods and this share of all rows, or is not told apart
WHOLE = 0.75  # share of the usual rows with which the period before a tail is taken for a whole one
OPEN = 0.05  # a last period in which more than this share of rows is still to come is incomplete
RARE_SLOT = 0.1  # a weekday (or hour of the week) seen less often than this is not a working one


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Series end to end: `offsets` int64 (series + 1,), all else (N,). Periods without rows have n = 0."""

    names: list[str]
    offsets: Ints
    at: Times
    n: Floats
    total: Floats
    squares: Floats
    customers: Floats
    rows: Floats
    judged: Bools
    every: Every
    notes: tuple[str, ...]

    @property
    def owner(self) -> Ints:
        """The series of each point."""
        return np.repeat(np.arange(len(self.names)), np.diff(self.offsets))


def series_codes(cells: Cells) -> tuple[Ints, list[str]]:
    """One code a series and the names: the levels of all groupings joined by “ · ”; “all” without a
    grouping.
    """
    if not cells.by:
        return np.zeros(len(cells), np.int64), ["all"]
    code = np.zeros(len(cells), np.int64)
    for factor in cells.by.values():
        code = code * len(factor.levels) + factor.codes
    used, compact = np.unique(code, return_inverse=True)
    parts: list[list[str]] = []
    for factor in reversed(cells.by.values()):
        parts.append([factor.levels[i] for i in (used % len(factor.levels)).tolist()])
        used = used // len(factor.levels)
    return compact.astype(np.int64), [SEPARATOR.join(names) for names in zip(*reversed(parts), strict=True)]


# The calendar


def _slots(periods: Ints, every: Every) -> Ints:
    """Weekday, or hour of the week: the rhythm in which a service may be closed."""
    return (periods + 3) % 7 if every == "day" else (periods + 72) % 168


def calendar(periods: Ints, every: Every) -> Ints:
    """All periods from the first to the last; days and hours at which nobody works only where something
    happened.
    """
    seen = np.unique(periods)
    if not len(seen):
        return seen
    whole = np.arange(seen[0], seen[-1] + 1)
    width = {"day": 7, "hour": 168}.get(every)
    if width is None or len(whole) < 2 * width:
        return whole if every != "second" else seen
    expected = np.bincount(_slots(whole, every), minlength=width)
    found = np.bincount(_slots(seen, every), minlength=width)
    working = found > RARE_SLOT * expected
    return np.union1d(whole[working[_slots(whole, every)]], seen)


# Which periods can be judged


def _usual(volume: Floats) -> float:
    """Volume of the period in which the middle row lies: long thin tails do not pull it down."""
    order = np.sort(volume)
    half = np.searchsorted(np.cumsum(order), order.sum() / 2)
    return float(order[min(int(half), len(order) - 1)])


def _ends(volume: Floats) -> tuple[int, int]:
    """First and last (exclusive) period with real intake."""
    live = np.flatnonzero(volume >= TAIL * _usual(volume))
    return (int(live[0]), int(live[-1]) + 1) if len(live) else (0, len(volume))


def _intake(volume: Floats, times: Times, every: Every) -> tuple[Bools, list[str]]:
    """Periods within the real intake, and what was left out."""
    good = np.ones(len(volume), np.bool_)
    if len(volume) < 6 or _usual(volume) < 10:
        return good, []
    first, last = _ends(volume)
    if last - first < FEWEST or volume[first:last].sum() < MOSTLY * volume.sum():
        return good, []  # what looks like the end of intake is a peak among ordinary periods
    notes = []
    if last < len(volume) - 1 or (last < len(volume) and volume[last:].sum() > 0 and len(volume) - last > 1):
        notes = _stopped(volume, last, good, times, every)
    if first > 0:
        good[:first] = False
        early = f"{words.counted(first, every)} before {_the(times[first], every)}"
        notes.append(
            f"Intake begins slowly: {early} is not judged."
            if first == 1
            else f"Intake begins slowly: {early} are not judged."
        )
    return good, notes


def _stopped(volume: Floats, last: int, good: Bools, times: Times, every: Every) -> list[str]:
    """Takes the tail from `last` on out of `good`, with the period in which intake stopped if it was cut short."""
    good[last:] = False
    share = words.share(float(volume[last:].mean() / _usual(volume)))
    late = words.capital(words.counted(len(volume) - last, every))
    notes = [
        f"Intake stops: from {_the(times[last], every)} on there are {share} of the usual rows. "
        + (
            f"{late} at the end is not judged."
            if len(volume) - last == 1
            else f"{late} at the end are not judged."
        )
    ]
    if volume[last - 1] < WHOLE * _usual(volume):
        good[last - 1] = False
        notes.append(
            f"{words.capital(_the(times[last - 1], every))}, in which it stops, is not judged either."
        )
    return notes


def _the(at: np.datetime64, every: Every) -> str:
    """The week of 6 June 2016, the second quarter of 2016; but June 2016."""
    said = words.period(at, every)
    return f"the {said}" if every in ("week", "quarter") else said


def _open(cells: Cells, slots: Ints, good: Bools, times: Times) -> list[str]:
    """Marks a first or last period that the data cut off."""
    notes = []
    last = int(np.flatnonzero(good)[-1]) if good.any() else -1
    if cells.unfinished > OPEN and last == len(slots) - 1 and len(slots) > 1:
        good[-1] = False
        notes.append(
            f"The last {cells.every} is incomplete: the rows end on {words.date(cells.until)}. "
            + _shown(times[-1], cells.every)
        )
    if cells.unbegun > OPEN and good[0] and len(slots) > 2:
        good[0] = False
        notes.append(
            f"The first {cells.every} is incomplete: the rows begin on {words.date(cells.since)}. "
            + _shown(times[0], cells.every)
        )
    return notes


def _shown(at: np.datetime64, every: Every) -> str:
    return f"{words.capital(_the(at, every))} is shown but not judged."


def _gaps(volume: Floats, slots: Ints, several: bool) -> Bools:
    """Periods in which nothing came in at all, although much does: missing data, not a count of zero."""
    return (volume == 0) & (several or _usual(volume) >= 10) if len(slots) else np.zeros(0, np.bool_)


def build(cells: Cells, kind: Kind) -> Series:
    """Series of `cells`, with the periods between filled: counts with zero, all else as missing."""
    code, names = series_codes(cells)
    periods = numbers_of(cells.at, cells.every)
    slots = calendar(periods, cells.every)
    place = np.searchsorted(slots, periods)
    volume = np.bincount(place, cells.rows, len(slots))
    times = starts(slots, cells.every)
    good, notes = _intake(volume, times, cells.every)
    notes += _open(cells, slots, good, times)
    gaps = _gaps(volume, slots, len(names) >= 5) & good
    if gaps.any():
        notes.append(
            f"{words.capital(words.counted(int(gaps.sum()), cells.every))} without a single row: "
            "taken as missing, not as zero."
        )
    return _laid(cells, code, names, place, times, good, gaps & (kind == "count"), tuple(notes))


def _laid(
    cells: Cells,
    code: Ints,
    names: list[str],
    place: Ints,
    times: Times,
    good: Bools,
    gaps: Bools,
    notes: tuple[str, ...],
) -> Series:
    series = len(names)
    first, last = np.full(series, len(times)), np.full(series, -1)
    np.minimum.at(first, code, place)
    np.maximum.at(last, code, place)
    offsets = np.concatenate([[0], np.cumsum(last - first + 1)])
    where = offsets[code] + place - first[code]
    slot = np.arange(offsets[-1]) - np.repeat(offsets[:-1] - first, np.diff(offsets))

    def spread(values: NDArray[np.float64], missing: float = 0.0) -> Floats:
        out = np.full(offsets[-1], missing)
        out[where] = values
        return out

    total = spread(cells.total)
    total[gaps[slot]] = np.nan
    return Series(
        names,
        offsets.astype(np.int64),
        times[slot],
        spread(cells.n),
        total,
        spread(cells.squares),
        spread(cells.customers, np.nan),
        spread(cells.rows),
        good[slot],
        cells.every,
        notes,
    )
