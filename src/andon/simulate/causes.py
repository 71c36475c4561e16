"""What is planted: each cause of data/causes.toml with its dates, its people and its shifts of columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from .mechanisms import Mechanism, load
from .people import Staff
from .sizes import Window, at_midnight

CALLER_CONTACTS = 86
Span = tuple[np.datetime64, np.datetime64]


@dataclass(frozen=True, slots=True)
class Shift:
    """`by` is added to the log-odds of a yes/no column, the log of a time, or the latent satisfaction.

    An empty mechanism means every one; "ease" moves everything that hangs on how well a customer was helped.
    """

    column: str
    by: float
    mechanism: str
    start: np.datetime64
    end: np.datetime64
    shape: str = "step"
    worker: int | None = None
    product: str | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """A target on handling time: of longer contacts, `share` are handed on before `limit` seconds."""

    limit: int
    share: float


@dataclass(frozen=True, slots=True)
class Cause:
    """One planted cause. `contrast` says which rows to compare for its size (see contrasts.py)."""

    id: str
    kind: str
    start: np.datetime64
    end: np.datetime64
    sentence: str
    find: str
    special: bool
    mechanism: str = ""
    columns: tuple[str, ...] = ()
    contrast: str = "before"
    shifts: tuple[Shift, ...] = ()
    cut: Cut | None = None
    worker: int | None = None
    team: int | None = None
    product: str | None = None


def plan_causes(window: Window, mechanisms: tuple[Mechanism, ...], staff: Staff) -> tuple[Cause, ...]:
    """Every cause that fits: its mechanism exists, its people too, and its time lies in the window."""
    slugs = {mechanism.slug for mechanism in mechanisms}
    planned: list[Cause] = []
    for row in load("causes.toml")["cause"]:
        cause = _plan(row, window, slugs, staff, {cause.worker for cause in planned})
        if cause is not None:
            planned.append(cause)
    return tuple(planned)


def _plan(
    row: dict[str, Any], window: Window, slugs: set[str], staff: Staff, taken: set[int | None]
) -> Cause | None:
    span = _span(row, window)
    if span is None or (row.get("mechanism") and row["mechanism"] not in slugs):
        return None
    worker = _settled_hand(staff, row["hand"], window, taken) if "hand" in row else None
    if "hand" in row and worker is None:
        return None
    return Cause(
        *(row["id"], row["kind"], *span, row["sentence"], row["find"], row["special"]),
        mechanism=row.get("mechanism", ""),
        columns=tuple(row.get("columns", ())),
        contrast=row.get("contrast", "before"),
        shifts=tuple(_shifts(row, span, slugs, worker)),
        cut=Cut(**row["cut"]) if "cut" in row else None,
        worker=worker,
        team=staff.kind_of(row["team"])[-1] if "team" in row else None,
        product=row.get("product"),
    )


def _shifts(row: dict[str, Any], span: Span, slugs: set[str], worker: int | None) -> Iterator[Shift]:
    mechanism = row.get("mechanism", "")
    product = row.get("product")
    for given in row.get("shifts", ()):
        shift = {name: value for name, value in given.items() if name != "everywhere"}
        places = [""] if "everywhere" in given else [mechanism, *row.get("also", ())]
        for place in places:
            if not place or place in slugs:
                yield Shift(
                    **shift, mechanism=place, start=span[0], end=span[1], worker=worker, product=product
                )


def _span(row: dict[str, Any], window: Window) -> Span | None:
    """From and to, within the window; None when nothing of it is left."""
    if row.get("december"):
        return _december(window)
    day = window.day(row["starts"], row.get("weekday"))
    if "hours" in row:
        start, end = (at_midnight(day, hour) for hour in row["hours"])
    else:
        start, end = at_midnight(day), at_midnight(_last(row, day, window))
    inside = start < end <= at_midnight(window.end)
    return (start, end) if inside else None


def _last(row: dict[str, Any], day: date, window: Window) -> date:
    if "days" not in row:
        return window.end
    most = max(7, int(row.get("part", 1) * window.days))
    return min(day + timedelta(days=min(row["days"], most)), window.end)


def _december(window: Window) -> Span | None:
    """The last December peak whose height lies in the window."""
    peaks = (date(year, 12, 12) for year in range(window.start.year, window.end.year + 1))
    seen = [peak for peak in peaks if window.start <= peak < window.end]
    if not seen:
        return None
    start, end = at_midnight(seen[-1] - timedelta(days=18)), at_midnight(seen[-1] + timedelta(days=15))
    return max(start, at_midnight(window.start)), min(end, at_midnight(window.end))


def _settled_hand(staff: Staff, kind: str, window: Window, taken: set[int | None]) -> int | None:
    """Somebody of that kind of team who serves customers through the whole window."""
    team = staff.kind_of(kind)[0]
    hands = [
        place
        for place, person in enumerate(staff.people)
        if person.team == team and person.is_hand and person.stays(window) and place not in taken
    ]
    return hands[-1] if hands else None
