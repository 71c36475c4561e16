"""How busy it is: by time of the year, day of the week and hour of the day."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .sizes import Window

Floats = NDArray[np.float64]
WEEKDAY = np.array([1.18, 1.06, 1.0, 1.0, 1.02, 0.72, 0.46])
OPEN_HOURS = np.array([0] * 7 + [2, 6, 9, 10, 10, 8, 8, 9, 9, 9, 8, 6, 4, 2, 0, 0, 0], dtype=float)
ALL_HOURS = np.array([2, 1, 1, 1, 1, 2, 3, 5, 6, 6, 6, 6, 7, 6, 6, 6, 6, 7, 8, 8, 8, 7, 5, 3], dtype=float)
PEAK_DAY, PEAK_WIDTH, PEAK_HEIGHT = 11, 11.0, 0.45
"""The peak stands on 12 December, with a standard deviation of eleven days."""


def busy(window: Window) -> Floats:
    """Expected volume of each day, 1 on an ordinary Wednesday; shape (days,)."""
    volume: Floats = yearly(window) * WEEKDAY[window.weekday]
    return volume


def yearly(window: Window) -> Floats:
    """The December peak, 1 for the rest of the year; shape (days,)."""
    january = window.calendar.astype("datetime64[Y]").astype("datetime64[M]")
    december = (january + np.timedelta64(11, "M")).astype("datetime64[D]")
    away = (window.calendar - december).astype(float) - PEAK_DAY
    away = np.where(away < -180, away + 365, away)
    peak: Floats = 1 + PEAK_HEIGHT * np.exp(-((away / PEAK_WIDTH) ** 2) / 2)
    return peak


def seconds_of_day(rng: np.random.Generator, hours: Floats, count: int) -> NDArray[np.int64]:
    """Seconds after midnight, with the given weights of the 24 hours."""
    ends = np.cumsum(hours) / hours.sum()
    hour = np.minimum(np.searchsorted(ends, rng.random(count), side="right"), 23)
    return hour * 3600 + rng.integers(0, 3600, count)
