"""All that the page of journeys shows. Nothing is computed here; it was kept when the data came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from django.utils.translation import gettext as _

from andon.culture.journeys.models import JourneyReport
from andon.culture.journeys.slicing import ALL, AT, FROM, QUARTER
from andon.people import saying
from andon.web.journeys import pictures
from andon.web.journeys.naming import Names
from andon.web.journeys.rows import SavingRow, passages, paths, savings, steps

PASSAGES = 40  # shown; those of a step are all on its page


@dataclass(frozen=True, slots=True)
class Asked:
    """The key of a slice, as it stands in the address; all of them where there is none."""

    key: str = ALL

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        return cls(str(query.get("show", "")).replace("\x00", "")[:120] or ALL)


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    label: str
    chosen: bool


def shown(report: JourneyReport, asked: Asked, names: Names) -> dict[str, Any]:
    """Two queries: which slices there are, and the one that is shown. An unknown one shows all."""
    keys = list(report.slices.values_list("key", flat=True))
    key = asked.key if asked.key in keys else ALL
    kept = report.slices.get(key=key).content
    rows = steps(kept["steps"], names)
    saved = savings(rows)
    sentence = told(kept, saved, report.gap)
    title = _("The ways of customers, contact by contact")
    return {
        "report": report, "key": key, "whole": key == ALL, "kept": kept, "steps": rows, "savings": saved,
        "periods": _choices(keys, FROM, key, report, names), "begins": _choices(keys, AT, key, report, names),
        "heading": heading(kept), "sentence": sentence, "several": kept["journeys"] - kept["single"],
        "chosen": chosen(key, report, names), "paths": paths(kept["paths"], names, kept["journeys"]),
        "passages": passages(kept["passages"][:PASSAGES], names), "gap": saying.counted(round(report.gap), "day"),
        "picture": pictures.ways(kept["bands"], names, title, sentence), "saved": pictures.saved(saved, sentence),
        "few": any(row.few for row in rows),
    }  # fmt: skip


def heading(kept: Mapping[str, Any]) -> str:
    share = saying.value((kept["journeys"] - kept["single"]) / kept["journeys"], "share")
    return _("%(share)s of journeys need more than one contact") % {"share": share}


def told(kept: Mapping[str, Any], saved: Sequence[SavingRow], gap: float) -> str:
    """Where a fix would save customers most."""
    best = next((one for one in saved if one.told), None)
    if best is None:
        return _(
            "At no step do more customers come back than would come anyway, as far as these numbers can tell."
        )
    return _(
        "A fix at “%(step)s” would save customers most: up to %(saved)s contacts a month (%(range)s). "
        "So many more come back within %(gap)s of it than come anyway."
    ) % {
        "step": best.step.name, "saved": saying.number(round(best.saved)), "range": best.range,
        "gap": saying.counted(round(gap), "day"),
    }  # fmt: skip


def _choices(keys: Sequence[str], prefix: str, now: str, report: JourneyReport, names: Names) -> list[Choice]:
    found = [Choice(key, label(key, report, names), key == now) for key in keys if key.startswith(prefix)]
    return found if prefix == FROM else sorted(found, key=lambda one: one.label.casefold())


def chosen(key: str, report: JourneyReport, names: Names) -> str:
    """What is shown, in the line below the heading."""
    said = label(key, report, names)
    return _("begun at “%(step)s”") % {"step": said} if key.startswith(AT) else said


def label(key: str, report: JourneyReport, names: Names) -> str:
    """In words: “17 August 2026 to 15 November 2026”, the name of a step."""
    if key.startswith(AT):
        return names.of(key.removeprefix(AT))
    if not key.startswith(FROM):
        return between(report.starts.date(), report.ends.date())
    since = date.fromisoformat(key.removeprefix(FROM))
    return between(since, min(since + timedelta(days=QUARTER), report.ends.date()))


def between(since: date, until: date) -> str:
    """`until` is the day after the last."""
    days = {"first": saying.day(since), "last": saying.day(until - timedelta(days=1))}
    return _("%(first)s to %(last)s") % days
