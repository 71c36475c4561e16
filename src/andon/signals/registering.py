"""Mechanisms that a file names and the register does not know: written down with their name and with
measures taken from the columns of the file, so that there is something to look at. Nobody owns them yet."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from django.utils.text import slugify

from andon.mechanisms import actions
from andon.mechanisms.checking import numbered
from andon.mechanisms.models import Mechanism
from andon.people.models import Person
from andon.signals.folding import fold

MOST_MEASURES = 300  # in all: a wall that nobody asked for should still be a wall
MOST_EACH = 7
LOW = (
    "late", "delay", "wait", "time", "hour", "minute", "second", "day", "duration", "breach", "error",
    "fail", "fault",
    "defect", "repeat", "transfer", "reassign", "reopen", "complain", "abandon", "lost", "wrong",
    "cancel", "effort",
    "cost", "refus", "reject", "return", "escalat", "churn", "dispute", "miss",
)  # fmt: skip
HIGH = ("on time", "in time", "timely", "kept", "satisf", "resolved", "within", "on the day", "made sla")


class Known:
    """The register as a file sees it: finds a short name by what is written, and makes up one that
    is free.
    """

    def __init__(self) -> None:
        rows = list(Mechanism.objects.filter(retired_at=None).values_list("slug", "name"))
        self._slugs = {fold(name): slug for slug, name in rows} | {fold(slug): slug for slug, _ in rows}
        self._taken = set(Mechanism.objects.values_list("slug", flat=True))
        self.new: dict[str, str] = {}

    def slug_of(self, written: str) -> str:
        """Of a mechanism on record, or one that is going to be: `new` is {slug: name}."""
        if (known := self._slugs.get(fold(written))) is not None:
            return known
        slug = self._free(slugify(written)[:70] or "mechanism")
        self._slugs[fold(written)] = slug
        self.new[slug] = " ".join(written.split())[:120]
        return slug

    def _free(self, base: str) -> str:
        reserved = self._taken | {"new", "import", "edit"}
        slug = numbered(base, reserved)
        self._taken.add(slug)
        return slug


def write_down(
    new: Mapping[str, str],
    columns: Mapping[str, list[tuple[str, str]]],
    every: str,
    by: Person | None,
    now: datetime,
) -> list[str]:
    """Registers `new` ({slug: name}) with measures of `columns` ({slug: [(column, "truth" or "number")]}).

    Returns sentences on what was done. The right of who brought the file was checked when they did.
    """
    most = max(1, min(MOST_EACH, MOST_MEASURES // max(len(new), 1)))
    for slug, name in new.items():
        if Mechanism.objects.filter(slug=slug).exists():  # another file wrote it down in this very moment
            continue
        mechanism = actions.register({"slug": slug, "name": name}, None, now)
        for fields in measures(columns.get(slug, []), every)[:most]:
            actions.add_measure(mechanism, fields, None, now)
    return _said(new)


def _said(new: Mapping[str, str]) -> list[str]:
    if not new:
        return []
    shown = ", ".join(f"“{name}”" for name in list(new.values())[:8]) + (
        " and others" if len(new) > 8 else ""
    )
    if len(new) == 1:
        found = f"1 mechanism was not in the register and is now ({shown}), with measures of the columns of this file."
    else:
        found = (
            f"{len(new):,} mechanisms were not in the register and are now ({shown}), with measures of the columns "
            "of this file."
        )
    return [f"{found} Say who owns them, and check which side is better."]


def measures(columns: list[tuple[str, str]], every: str) -> list[dict]:
    """Fields of measures for these columns: shares of yes first, then averages, then how many there were."""
    ordered = sorted(columns, key=lambda column: column[1] != "truth")
    return [_measure(column, what, every) for column, what in ordered[: MOST_EACH - 1]] + [_how_many(every)]


def _measure(column: str, what: str, every: str) -> dict:
    kind, unit = ("proportion", "share") if what == "truth" else ("value", "plain")
    name = re.sub(r"[_\s]+", " ", column).strip().capitalize()[:120]
    return {
        "name": name,
        "outcome": column,
        "kind": kind,
        "unit": unit,
        "good": good_side(column),
        "every": every,
    }


def _how_many(every: str) -> dict:
    return {"name": f"How many in a {every}", "kind": "count", "unit": "count", "good": "low", "every": every}


def good_side(column: str) -> str:
    """Which side is better, by the words of a column's name; a person may say otherwise."""
    name = fold(column.replace("_", " "))
    if any(word in name for word in HIGH):
        return "high"
    return "low" if any(word in name for word in LOW) else "high"


def cadence(grain: str, starts: datetime | None, ends: datetime | None) -> str:
    """How often to look: as finely as the file tells, and so that there are enough points but not
    too many.
    """
    if grain in ("month", "quarter"):
        return grain
    if starts is None or ends is None:
        return "week"
    span = ends - starts
    finest = next(every for every, longest in _spans() if span <= longest)
    return "week" if grain == "week" and finest in ("hour", "day") else finest


def _spans() -> Iterator[tuple[str, timedelta]]:
    yield from (("hour", timedelta(days=3)), ("day", timedelta(days=120)), ("week", timedelta(days=1500)))
    yield "month", timedelta.max
