"""How long a period each point should cover."""

import numpy as np

from andon.lake import Every
from andon.lake.times import Grain

LENGTHS: dict[Every, float] = {
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "month": 30.44,
    "quarter": 91.31,
    "year": 365.25,
}
FEWEST, MOST = 20, 130  # points that make a good chart
CASES = 8.0  # rows a point


COARSE: tuple[Every, ...] = ("week", "month", "quarter", "year")


def _points(since: np.datetime64, until: np.datetime64, every: Every) -> float:
    return float((until - since) / np.timedelta64(1, "s")) / 86400 / LENGTHS[every] + 1


def choose_every(
    since: np.datetime64, until: np.datetime64, rows: int, series: int, grain: Grain
) -> tuple[Every, str]:
    """A period and why: the finest with at most 130 points and eight rows a point, not finer than the times
    given.

    rows and series: how many rows there are in how many series. grain: what the times keep to ("day",
        "month"...).
    """
    if grain in COARSE and FEWEST / 2 <= _points(since, until, grain) <= MOST:
        return grain, f"the times are {grain}s"
    days = max(float((until - since) / np.timedelta64(1, "s")) / 86400, 1 / 24)
    order = list(LENGTHS)
    finest = order.index(grain) if grain in order else 0
    each = rows / max(series, 1)
    fitting = [
        e for e in order[finest:] if days / LENGTHS[e] <= MOST and each / max(days / LENGTHS[e], 1) >= CASES
    ]
    long_enough = [e for e in fitting if days / LENGTHS[e] >= FEWEST]
    if long_enough:
        return long_enough[0], "the shortest period that gives 20 to 130 points with eight rows or more each"
    if fitting:
        return fitting[0], "the shortest period with eight rows or more a point"
    spare = [e for e in order[finest:] if days / LENGTHS[e] >= FEWEST] or [order[finest]]
    if grain in COARSE:
        return order[finest], f"the times are {grain}s"
    return spare[-1], "rows are few, so points cover a long time"
