"""How big the made-up organisation is, and when it is watched."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.datetime64]
FIRST_YEAR, LAST_YEAR = 1970, 2200
OFFICE_STAFF = 5
"""Head of service, HR partner, analyst, administrator, owner of the digital service."""


class BadSize(ValueError):  # noqa: N818 - reads as what is wrong
    """A size that cannot be built. `problem` says what is wrong, `remedy` what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem} {remedy}")
        self.problem, self.remedy = problem, remedy


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything. The defaults are the demo's."""

    people: int = 240
    teams: int = 8
    mechanisms: int = 12
    months: int = 18
    interactions: int = 2_000_000
    signals: int = 20_000

    def check(self) -> None:
        """Raise BadSize when no organisation of these sizes can stand."""
        _at_least("teams", self.teams, 2)
        _at_least("mechanisms", self.mechanisms, 1)
        _at_least("months", self.months, 1)
        _at_least("interactions", self.interactions, 1)
        _at_least("signals", self.signals, 0)
        self._check_people()
        if self.signals > self.interactions:
            raise BadSize(
                f"{self.signals} signals need as many interactions, and there are {self.interactions}.",
                f"Use --signals {self.interactions} or fewer.",
            )

    def _check_people(self) -> None:
        needed = OFFICE_STAFF + 2 * (self.teams - 1)
        if self.people < needed:
            raise BadSize(
                f"{self.people} people cannot fill {self.teams} teams: the office needs {OFFICE_STAFF} "
                "and every other team a manager and somebody to manage.",
                f"Use --people {needed} or more, or fewer --teams.",
            )


def _at_least(name: str, value: int, least: int) -> None:
    if value < least:
        raise BadSize(f"--{name} {value} is too few.", f"Use --{name} {least} or more.")


@dataclass(frozen=True)
class Window:
    """The days that are watched: from `start` up to, but without, `end` (UTC)."""

    start: date
    end: date

    @classmethod
    def before(cls, end: date, months: int) -> Window:
        """`months` calendar months up to the day before `end`."""
        year, month = divmod(end.year * 12 + end.month - 1 - months, 12)
        if year < FIRST_YEAR or end.year > LAST_YEAR:
            raise BadSize(
                f"{months} months before {end} do not lie between {FIRST_YEAR} and {LAST_YEAR}.",
                "Use another --end or fewer --months.",
            )
        return cls(_day_of(year, month + 1, end.day), end)

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @cached_property
    def first(self) -> np.datetime64:
        return np.datetime64(self.start, "s")

    @cached_property
    def calendar(self) -> Days:
        """Each day, datetime64[D], shape (days,)."""
        return np.arange(np.datetime64(self.start, "D"), np.datetime64(self.end, "D"))

    @cached_property
    def weekday(self) -> NDArray[np.int64]:
        """0 = Monday, shape (days,)."""
        return (self.calendar.astype(np.int64) + 3) % 7

    @cached_property
    def month_of_day(self) -> NDArray[np.int64]:
        """Which calendar month of the window a day lies in, from 0, shape (days,)."""
        months = self.calendar.astype("datetime64[M]").astype(np.int64)
        since: NDArray[np.int64] = months - months[0]
        return since

    @cached_property
    def months(self) -> list[date]:
        """The first day of every calendar month the window touches."""
        months: list[date] = np.unique(self.calendar.astype("datetime64[M]")).astype(date).tolist()
        return months

    def day(self, share: float, weekday: int | None = None) -> date:
        """The day at `share` of the window; the first such weekday from it on, when one is asked for."""
        found = self.start + timedelta(days=round(share * self.days))
        ahead = 0 if weekday is None else (weekday - found.weekday()) % 7
        return min(found + timedelta(days=ahead), self.end)


def _day_of(year: int, month: int, day: int) -> date:
    """That day of the month, or the last one of a shorter month."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def at_midnight(day: date, hours: int = 0) -> np.datetime64:
    """`hours` after the start of a day, as datetime64[s]."""
    midnight: Any = np.datetime64(day, "s")
    return midnight + np.timedelta64(hours, "h")  # type: ignore[no-any-return]
