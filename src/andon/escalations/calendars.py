"""Working time: when a team works, and when a promise of so many working hours runs out. Pure.

An instant is working time when the clock on the wall of the team's zone shows hours of that weekday, on a day that is
no day off. So an hour that summer time skips counts for nothing, and one that occurs twice counts twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
FARTHEST = timedelta(hours=16)  # no zone is farther from UTC
STEP = timedelta(hours=4)  # offsets never change twice within it
LONGEST_WALK = 1100  # days: three years without enough working time is no calendar

Span = tuple[int, int]
"""Minutes of a day from midnight, from and up to: 9:00 to 17:00 is (540, 1020), to midnight (…, 1440)."""
Week = tuple[tuple[Span, ...], ...]
"""Seven days, Monday first; no span is a day on which nobody works."""
Interval = tuple[datetime, datetime]


class TooLittleTimeError(ValueError):
    """Not so much working time in three years."""


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """A team's calendar. `zone` is an IANA name, `days_off` its own, holidays those of `country` and `subdivision`."""

    zone: str
    week: Week
    country: str = ""
    subdivision: str = ""
    days_off: frozenset[date] = frozenset()

    def is_off(self, day: date) -> bool:
        return day in self.days_off or day in public_holidays(self.country, self.subdivision, day.year)

    def on(self, day: date) -> tuple[Interval, ...]:
        """The working time of a day of the team's zone, in UTC, in order."""
        spans = self.week[day.weekday()]
        return () if not spans or self.is_off(day) else intervals(self.zone, day, spans)

    def is_working(self, at: datetime) -> bool:
        return any(start <= at < end for start, end in self.on(self._day(at)))

    def due(self, start: datetime, within: timedelta) -> datetime:
        """The first instant by which `within` was worked since `start`; for none at all, the next working instant.

        Raises TooLittleTimeError.
        """
        left = within
        for begins, ends in self._from(start):
            worked = ends - begins
            if worked > left or (worked == left and left):
                return begins + left
            left -= worked
        raise TooLittleTimeError(self.zone)

    def worked(self, start: datetime, end: datetime) -> timedelta:
        """Working time from `start` up to `end`; none when it ends before it starts."""
        total = timedelta()
        day = self._day(start)
        while start < end and day <= self._day(end):
            for begins, ends in self.on(day):
                total += max(timedelta(), min(ends, end) - max(begins, start))
            day += DAY
        return total

    def _from(self, start: datetime) -> Iterator[Interval]:
        first = self._day(start)
        for ahead in range(LONGEST_WALK):
            for begins, ends in self.on(first + ahead * DAY):
                if ends > start:
                    yield max(begins, start), ends

    def _day(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.zone)).date()


@lru_cache(maxsize=20_000)
def intervals(zone: str, day: date, spans: tuple[Span, ...]) -> tuple[Interval, ...]:
    """What the wall shows of these spans on a day, in UTC: cut where the offset of the zone changes."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    found = []
    for begins, ends, offset in _pieces(ZoneInfo(zone), midnight - FARTHEST, midnight + DAY + FARTHEST):
        here = midnight - offset
        for opens, closes in spans:
            start, end = max(begins, here + opens * MINUTE), min(ends, here + closes * MINUTE)
            if start < end:
                found.append((start, end))
    return tuple(_joined(sorted(found)))


def _joined(found: list[Interval]) -> Iterator[Interval]:
    """Without the seams where the offset changed in the middle of work."""
    before: Interval | None = None
    for start, end in found:
        if before and before[1] == start:
            before = (before[0], end)
            continue
        if before:
            yield before
        before = (start, end)
    if before:
        yield before


def _pieces(zone: tzinfo, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """From `start` to `end` by the offset that holds."""
    begins, offset = start, _offset(zone, start)
    at = start
    while at < end:
        ahead = min(at + STEP, end)
        if (then := _offset(zone, ahead)) != offset:
            change = _change(zone, at, ahead)
            yield begins, change, offset
            begins, offset = change, then
        at = ahead
    yield begins, end, offset


def _change(zone: tzinfo, low: datetime, high: datetime) -> datetime:
    """The first second at which the offset is that of `high`."""
    old = _offset(zone, low)
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        low, high = (middle, high) if _offset(zone, middle) == old else (low, middle)
    return high


def _offset(zone: tzinfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


@lru_cache(maxsize=2000)
def public_holidays(country: str, subdivision: str, year: int) -> frozenset[date]:
    """Of a country ("" is none) and, where given, a part of it. Raises NotImplementedError for one not known."""
    if not country:
        return frozenset()
    import holidays  # a hundred milliseconds that only those with a calendar pay

    return frozenset(holidays.country_holidays(country, subdiv=subdivision or None, years=year))
