"""When a broken promise is told, and how far up the line. Pure."""

from datetime import datetime, timedelta

from andon.escalations.rules.timing import Promised, after

A_LEVEL_EVERY = {
    "own": timedelta(hours=1),
    "make right": timedelta(hours=1),
    "explain": timedelta(hours=4),
    "preliminary": timedelta(hours=4),
}
"""How much longer a promise may stay broken before the next level hears of it: working time for a team's own clocks."""


def levels_due(promised: Promised, until: datetime, most: int) -> tuple[datetime, ...]:
    """When each level was to hear of it: nothing until it is broken, then one after the other, at most `most`.

    `until` is now, or when the question was closed; a promise that was kept late has been broken up to then.
    """
    if not promised.is_late(until):
        return ()
    end = min(promised.met_at or until, until)
    found, at = [], promised.due
    while at < end and len(found) < most:
        found.append(at)
        at = after(at, A_LEVEL_EVERY[promised.promise.name], promised.measure)
    return tuple(found)
