"""A week as it was: kept once it is over, so that no later number changes what was looked at."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from andon.culture.models import Week
from andon.culture.weekly import fixes, measures, questions

WEEK = timedelta(days=7)
FIRST = date(2000, 1, 3)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def keep_last_week(now: datetime) -> Week:
    """The last whole week, if it is not kept yet. Weeks run from Monday to Monday, UTC, as the charts' do."""
    monday = monday_of(now.astimezone(UTC).date()) - WEEK
    kept = Week.objects.filter(starts=monday).first()
    if kept:
        return kept
    fresh = now - _start(monday + WEEK) < timedelta(days=2)
    content = _of(_start(monday), _start(monday + WEEK), live=fresh)
    return Week.objects.get_or_create(starts=monday, defaults={"content": content, "kept_at": now})[0]


def week_of(monday: date | None, now: datetime) -> dict[str, Any]:
    """A week that is over as it was kept, or told from what is known now; None is the seven days up to now."""
    if monday is None:
        return {**_of(now - WEEK, now, live=True), "kept": False, "rolling": True}
    kept = Week.objects.filter(starts=monday).first()
    if kept:
        return {**kept.content, "kept": True, "rolling": False}
    ends = min(_start(monday + WEEK), now)
    return {**_of(_start(monday), ends, live=False), "kept": False, "rolling": False}


def _of(starts: datetime, ends: datetime, live: bool) -> dict[str, Any]:
    rows = measures.at_end(starts, ends, live)
    return {
        "starts": starts.isoformat(),
        "ends": ends.isoformat(),
        "measures": rows,
        "changes": measures.counts(rows),
        "questions": questions.of_week(starts, ends),
        "fixes": fixes.of_week(starts, ends),
    }


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
