"""The points of a stored chart, one each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from andon.mechanisms.models import Measure
from andon.watch.models import Chart

COLUMNS = ("n", "value", "centre", "lower", "upper", "reasons", "phase")
LENGTH = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Point:
    """One period: `at` is its start and `until` its end (not included), both UTC."""

    at: datetime
    until: datetime
    n: float | None
    value: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    marked: bool
    worse: bool
    reason: str
    phase: int


def points(chart: Chart) -> list[Point]:
    """In the order of time."""
    measure, columns = chart.measure, chart.points or {}
    at = [moment(text) for text in columns.get("at", [])]
    rows = zip(*(_column(columns, name, len(at)) for name in COLUMNS), strict=True)
    return [_point(start, row, measure) for start, row in zip(at, rows, strict=True)]


def _point(at: datetime, row: tuple, measure: Measure) -> Point:
    n, value, centre, lower, upper, reason, phase = row
    marked = bool(reason)
    worse = marked and is_worse(value, centre, measure.good)
    until = end(at, measure.every)
    return Point(at, until, n, value, centre, lower, upper, marked, worse, reason or "", int(phase or 0))


def is_worse(value: float | None, centre: float | None, good: str) -> bool:
    """On the side that customers feel; without a centre line every mark asks a question."""
    if value is None or centre is None:
        return True
    return value < centre if good == "high" else value > centre


def moment(text: str) -> datetime:
    """A stored moment, in UTC."""
    at = datetime.fromisoformat(text)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def end(at: datetime, every: str) -> datetime:
    """Where the period that starts at `at` ends."""
    if every in MONTHS:
        months = at.month - 1 + MONTHS[every]
        return at.replace(year=at.year + months // 12, month=months % 12 + 1)
    return at + LENGTH.get(every, timedelta(days=1))


def spans(rows: list[Point]) -> list[tuple[datetime, datetime]]:
    """Periods side by side joined into one (start, end) each, earliest first."""
    return list(_joined(sorted((row.at, row.until) for row in rows)))


def _joined(periods: list[tuple[datetime, datetime]]) -> Iterator[tuple[datetime, datetime]]:
    if not periods:
        return
    start = periods[0][0]
    for (_, until), (following, _) in pairwise(periods):
        if following > until:
            yield start, until
            start = following
    yield start, periods[-1][1]


def _column(columns: dict, name: str, size: int) -> list:
    return (columns.get(name) or [None] * size)[:size]
