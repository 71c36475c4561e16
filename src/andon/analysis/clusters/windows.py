"""Windows of equal length, counted back from the end of what is known."""

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from andon.lake import BadInput
from andon.lake.times import Grain

Times = NDArray[np.datetime64]
Ints = NDArray[np.int64]
Unit = Literal["h", "D", "M"]
DAY = np.timedelta64(86400, "s")
_WRITTEN = re.compile(
    r"^\s*(\d+)\s*(h|hours?|d|days?|w|weeks?|m|mo|months?|q|quarters?|y|years?)\s*$", re.IGNORECASE
)
_UNITS: dict[str, tuple[int, Unit]] = {
    "h": (1, "h"), "d": (1, "D"), "w": (7, "D"), "m": (1, "M"), "q": (3, "M"), "y": (12, "M"),
}  # fmt: skip
_OF_GRAIN: dict[str, tuple[int, Unit]] = {
    "hour": (1, "h"), "day": (1, "D"), "week": (7, "D"), "month": (1, "M"), "quarter": (3, "M"), "year": (12, "M"),
}  # fmt: skip
MONTH_DAYS = 30.4375
MOST = {"h": 24 * 7 * 12, "D": 730, "M": 360}  # windows looked back at; weeks have a number of their own
MOST_WEEKS = 520


@dataclass(frozen=True, slots=True)
class Window:
    """A length of time: hours, days or calendar months."""

    count: int
    unit: Unit

    @property
    def days(self) -> float:
        return self.count * {"h": 1 / 24, "D": 1.0, "M": MONTH_DAYS}[self.unit]

    @property
    def words(self) -> str:
        """7 days, one month."""
        name = {"h": "hour", "D": "day", "M": "month"}[self.unit]
        return f"one {name}" if self.count == 1 else f"{self.count} {name}s"


WEEK, ONE_DAY, HOUR = Window(7, "D"), Window(1, "D"), Window(1, "h")


def parse_window(text: str) -> Window:
    """The window of 7d, 24h, 2w, 1m or 30d. Raises BadInput."""
    found = _WRITTEN.match(text)
    if not found or not 0 < int(found[1]) <= 10_000:
        raise BadInput(
            f"--window {text} is no length of time.", "Write hours, days, weeks or months: 24h, 7d, 2w or 1m."
        )
    times, unit = _UNITS[found[2][0].lower()]
    count = int(found[1]) * times
    return Window(count // 24, "D") if unit == "h" and count % 24 == 0 else Window(count, unit)


def fitted(window: Window, grain: Grain) -> tuple[Window, str]:
    """A window no finer than the times are, and a note where that changed it."""
    if grain == "second":
        return window, ""
    count, unit = _OF_GRAIN[grain]
    least = Window(count, unit)
    if unit == "M" and window.unit != "M":
        whole = Window(max(round(window.days / least.days), 1) * count, "M")
    else:
        whole = least if window.days < least.days else window
    if whole == window:
        return window, ""
    return whole, f"The times are {grain}s, so a window covers {whole.words}, not {window.words}."


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Windows in order of time: `edges` (T + 1,), half-open."""

    window: Window
    edges: Times

    def __len__(self) -> int:
        return max(len(self.edges) - 1, 0)

    def index(self, at: Times) -> Ints:
        """The window of each moment, −1 outside."""
        place = np.searchsorted(self.edges, at, "right").astype(np.int64) - 1
        return np.where((place >= 0) & (place < len(self)), place, -1)

    @property
    def lags(self) -> tuple[int, ...]:
        """How many windows ago the same place in the week (short windows) or in the year was."""
        days = self.window.days
        if days < 7:
            week = round(7 / days)
            return tuple(week * k for k in range(1, 9)) if abs(week * days - 7) < 1e-9 else ()
        year = 365.25 / days
        near = range(-2, 3) if days <= 10 else range(1)
        return tuple(sorted({round(k * year) + j for k in (1, 2, 3) for j in near})) if year >= 4 else ()

    @property
    def baseline(self) -> int:
        """Windows of history that tell the level."""
        days = self.window.days
        return round(28 / days) if days < 1 else round(56 / days) if days < 7 else 26 if days < 25 else 12


def counted_back(end: np.datetime64, window: Window, first: np.datetime64, most: int) -> Times:
    """Edges from `end` back to before `first`, oldest first; at most `most` windows."""
    if window.unit == "M":
        edges = _months_back(end, window.count, first, most)
    else:
        step = np.timedelta64(window.count * (3600 if window.unit == "h" else 86400), "s")
        many = int(min(max(np.ceil((end - first) / step), 1), most))
        edges = end - step * np.arange(many, -1, -1)
    return edges.astype("datetime64[s]")


def _months_back(end: np.datetime64, count: int, first: np.datetime64, most: int) -> Times:
    month, day = end.astype("datetime64[M]"), end - end.astype("datetime64[M]").astype("datetime64[s]")
    span = int((month - first.astype("datetime64[M]")).astype(int)) // count + 1
    months = month - (count * np.arange(min(span, most), -1, -1)).astype("timedelta64[M]")
    start = months.astype("datetime64[s]")
    length = (months + np.timedelta64(1, "M")).astype("datetime64[s]") - start
    edges: Times = start + np.minimum(day, length - DAY if day else day)
    return edges


def end_of(at: np.datetime64, grain: Grain) -> np.datetime64:
    """The moment after the day (or the week, month, ...) that holds `at`."""
    if grain in ("month", "quarter", "year"):
        count = _OF_GRAIN[grain][0]
        return np.datetime64(at.astype("datetime64[M]") + np.timedelta64(count, "M"), "s")
    days = 7 if grain == "week" else 1
    return np.datetime64(at.astype("datetime64[D]") + np.timedelta64(days, "D"), "s")


def grid_of(at: Times, window: Window, grain: Grain, asof: np.datetime64 | None) -> Grid:
    """The windows up to `asof` (the end of its month where times are months), or up to the last moment."""
    if asof is None:
        end = end_of(at.max(), grain)
    elif grain in ("week", "month", "quarter", "year"):
        end = end_of(at[at <= asof].max(), grain)
    else:
        end = asof + np.timedelta64(1, "s")
    most = MOST_WEEKS if window.unit == "D" and window.count >= 7 else MOST[window.unit]
    first = at.min()
    edges = counted_back(end, window, first, most)
    whole = edges[:-1] + (edges[1:] - edges[:-1]) * 0.15 >= first
    start = int(np.argmax(whole)) if whole.any() else len(edges) - 2
    return Grid(window, edges[start:])


def chosen(at: Times, grain: Grain, asof: np.datetime64 | None) -> tuple[Window, str]:
    """Seven days, or a day or an hour where so little time is covered that there would be nothing to compare with."""
    for window in (WEEK, ONE_DAY, HOUR):
        window, note = fitted(window, grain)
        if note or window == HOUR or len(grid_of(at, window, grain, asof)) >= 6:
            break
    if window not in (WEEK, HOUR) and not note:
        note = f"The records span few weeks, so a window covers {window.words}."
    if window == HOUR and not note:
        if len(grid_of(at, HOUR, grain, asof)) < 6:
            return WEEK, ""
        note = "The records span few days, so a window covers one hour."
    return window, note
