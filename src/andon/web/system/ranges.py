"""Values with their intervals on one scale, as places from 0 to 100: the picture is drawn by the template."""

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH = 100.0
ROOM = 0.06  # of the scale, at either end


@dataclass(frozen=True, slots=True)
class Scale:
    """From the units of an outcome to places along a picture."""

    low: float
    high: float

    def at(self, value: float | None) -> float | None:
        if value is None:
            return None
        return round(min(max(WIDTH * (value - self.low) / (self.high - self.low), 0.0), WIDTH), 2)


@dataclass(frozen=True, slots=True)
class Range:
    """Where a value, its interval and what it is compared with lie; None: not known."""

    value: float | None
    low: float | None
    high: float | None
    usual: float | None = None
    standard: float | None = None
    raw: float | None = None

    @property
    def width(self) -> float:
        return (self.high or 0.0) - (self.low or 0.0)


def scale_over(values: Iterable[float | None]) -> Scale | None:
    """One that holds all of them; None when there is nothing to show, or nothing differs."""
    known = [value for value in values if value is not None]
    if not known or min(known) == max(known):
        return None
    room = ROOM * (max(known) - min(known))
    return Scale(min(known) - room, max(known) + room)
