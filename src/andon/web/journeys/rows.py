"""What is kept of a step, passage or path, as rows of the page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from andon.people import saying
from andon.web.journeys.naming import Names

HOUR = 3600


@dataclass(frozen=True, slots=True)
class StepRow:
    """`kept` is what was kept of it; shares are of its contacts, None where it is not known or too few to show."""

    name: str
    url: str
    kept: Mapping[str, Any]

    def _share(self, name: str) -> float | None:
        count = self.kept[name]
        return None if count is None else count / self.kept["contacts"]

    @property
    def repeats(self) -> float | None:
        return self._share("repeats")

    @property
    def passed(self) -> float | None:
        return self._share("passed")

    @property
    def gave_up(self) -> float | None:
        return self._share("gave_up")

    @property
    def hours(self) -> float | None:
        """In seconds, as every length of time."""
        return None if self.kept["hours"] is None else self.kept["hours"] * HOUR

    @property
    def few(self) -> list[str]:
        """What is too few to show, by its name."""
        return list(self.kept["few"])


@dataclass(frozen=True, slots=True)
class SavingRow:
    """What a fix at a step would save customers a month."""

    step: StepRow
    contacts: float
    returns: float
    anyway: float
    saved: float
    low: float
    high: float
    days: float
    days_low: float
    days_high: float

    @property
    def told(self) -> bool:
        """Whether more come back than come anyway, beyond chance."""
        return self.low > 0

    @property
    def range(self) -> str:
        return between(self.low, self.high)

    @property
    def days_range(self) -> str:
        return between(self.days_low, self.days_high)


def between(low: float, high: float) -> str:
    ends = (saying.number(round(max(end, 0))) for end in (low, high))
    return _("%(low)s to %(high)s") % dict(zip(("low", "high"), ends, strict=True))


def steps(kept: Iterable[Mapping[str, Any]], names: Names) -> list[StepRow]:
    """By name."""
    rows = [StepRow(names.of(one["name"]), names.url(one["name"]), one) for one in kept]
    return sorted(rows, key=lambda row: row.name.casefold())


def savings(rows: Iterable[StepRow]) -> list[SavingRow]:
    """Those of which something can be said, the largest first."""
    return sorted((_saving(row) for row in rows if row.kept["saving"]), key=lambda one: -one.saved)


def _saving(row: StepRow) -> SavingRow:
    kept = row.kept["saving"]
    saved, days = kept["saved"], kept["days"]
    return SavingRow(
        row, kept["contacts"], kept["returns"], kept["anyway"], saved["value"], saved["low"], saved["high"],
        days["value"], days["low"], days["high"],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PathRow:
    names: list[str]
    journeys: int
    share: float
    more: bool


def paths(kept: Iterable[Mapping[str, Any]], names: Names, journeys: int) -> list[PathRow]:
    return [
        PathRow(list(map(names.of, one["steps"])), one["journeys"], one["journeys"] / journeys, one["more"])
        for one in kept
    ]


@dataclass(frozen=True, slots=True)
class PassageRow:
    start: str
    end: str
    start_url: str
    end_url: str
    times: int
    seconds: float


def passages(kept: Iterable[Mapping[str, Any]], names: Names) -> list[PassageRow]:
    return [
        PassageRow(
            names.of(one["start"]), names.of(one["end"]), names.url(one["start"]), names.url(one["end"]),
            one["times"], one["hours"] * HOUR,
        )
        for one in kept
    ]  # fmt: skip
