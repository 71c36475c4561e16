"""When a digest goes out: at an hour of the reader's zone, on days with and without a change of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def next_at(hour: int, zone: ZoneInfo, now: datetime) -> datetime:
    """The first moment after `now` at which clocks of `zone` show `hour`, in UTC.

    Where clocks are put forward over that hour, the moment that is as long after midnight; where they show it
    twice, the first.
    """
    today = now.astimezone(zone).date()
    days = (today + timedelta(days=ahead) for ahead in range(3))
    return next(at for day in days if (at := on(day, hour, zone)) > now)


def on(day: date, hour: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)


def is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name).key)
    except (KeyError, ValueError, OSError):
        return False
