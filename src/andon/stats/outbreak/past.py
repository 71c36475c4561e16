"""Which past weeks a week is compared with, and to which part of the season each belongs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from andon.stats.segments import Ints


@dataclass(frozen=True, slots=True)
class PastRule:
    """How the past of a week is chosen (names as in Noufaily et al. 2013).

    years: b, years to look back; None takes as many as there are, at most 5.   half_window: w, weeks either
    side of the same week of those years.   periods: parts of the season; with 1 only the windows are used.
    recent: so many weeks just before are left out.   period: weeks in a year, when weeks have no dates.
    start: first day of the first week; the same week of other years is then found by the calendar.
    """

    years: int | None
    half_window: int
    periods: int
    recent: int
    period: int = 52
    start: date | None = None

    def __post_init__(self) -> None:
        if self.years is not None and self.years < 1:
            raise ValueError("years must be 1 or more, or None for as many as there are")
        if self.half_window < 0 or 2 * self.half_window + 1 > self.period:
            raise ValueError("half_window must be 0 or more, and its window shorter than a year")
        if self.periods < 1 or self.period - 2 * self.half_window - 1 < self.periods - 1:
            raise ValueError("seasons must be 1 or more, and not more than the weeks between the windows")
        if self.recent < 0:
            raise ValueError("recent must be 0 weeks or more")

    def layouts(self, weeks: Ints) -> Iterator[tuple[Past, Ints]]:
        """Every shape of the past that occurs, with the positions in `weeks` of those that have it."""
        shapes: dict[tuple[int, ...], list[int]] = {}
        for position, week in enumerate(weeks.tolist()):
            shape = self._anniversaries(week)
            if shape:
                shapes.setdefault(shape, []).append(position)
        for shape, positions in shapes.items():
            past = self._past(shape)
            if past is not None:
                yield past, np.array(positions)

    def _anniversaries(self, week: int) -> tuple[int, ...]:
        """The same week of so many years before, in weeks from now, (-52, -104, ...); () when history is short."""
        asked = [self._back(week, year) for year in range(1, (self.years or 5) + 1)]
        held = [back for back in asked if week + back - self.half_window >= 0]
        return tuple(held) if held and self.years in (None, len(held)) else ()

    def _back(self, week: int, years: int) -> int:
        if self.start is None:
            return -self.period * years
        day = self.start + timedelta(weeks=week)
        return round((_years_before(day, years) - day).days / 7)

    def _past(self, anniversaries: tuple[int, ...]) -> Past | None:
        """The past of a week with these anniversaries; None when nothing is left of its own part of the season."""
        w, last = self.half_window, self.periods - 1
        first = anniversaries[-1] - w
        part = np.full(1 - first, -1)
        part[max(-w - first, 0) :] = last
        for later, earlier in zip((0, *anniversaries), anniversaries, strict=False):
            part[earlier - w - first : earlier + w + 1 - first] = last
            if last:
                between = np.arange(earlier + w + 1, later - w) - first
                part[between] = _equal_parts(len(between), last)
        weeks = np.arange(first, 1)
        keep = (part >= 0) & (weeks < -self.recent)
        return _ordered(weeks[keep], part[keep], len(anniversaries)) if (part[keep] == last).any() else None


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return date(day.year - years, 3, 1)


def _equal_parts(weeks: int, parts: int) -> Ints:
    """Part of each week when so many weeks are cut in equal parts, the first of which take what is left over."""
    size, rest = divmod(weeks, parts)
    return np.repeat(np.arange(parts), size + (np.arange(parts) < rest))


def _ordered(weeks: Ints, part: Ints, years: int) -> Past:
    """Weeks of a part side by side, and only parts that have any."""
    order = np.argsort(part, kind="stable")
    renumbered = np.unique(part[order], return_inverse=True)[1]
    return Past(weeks[order], renumbered.astype(np.int64), years)


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """The weeks a week is compared with: one design, shared by every series.

    weeks: int64 (n,), relative to now, so that the trend is 0 now.   part: int64 (n,), part of the season, from 0,
    in order; now is in the last.   years: so many were found.
    """

    weeks: Ints
    part: Ints
    years: int
