"""A week in words, in the order in which a meeting goes through it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andon.culture.weekly import monday_of
from andon.escalations.models import Verdict
from andon.escalations.rules import span
from andon.people import saying
from andon.people.retelling import retold
from andon.web.links import raise_url
from andon.web.templatetags.andon import first_sentence

WEEK = timedelta(days=7)
VERDICT_LOOKS = {"effective": "good", "partial": "open", "ineffective": "cord", "too_few": ""}


@dataclass(frozen=True, slots=True)
class Agenda:
    """For `review/review.html` and the PDF. `before` and `after` are Mondays, None where there is no such week."""

    starts: datetime
    ends: datetime
    heading: str
    kept: bool
    rolling: bool
    before: date
    after: date | None
    tiles: list[dict[str, Any]]
    calm: list[dict[str, Any]]
    new: int
    still: int
    over: list[str]
    questions: dict[str, Any]
    fixes: dict[str, Any]

    @classmethod
    def of(cls, told: Mapping[str, Any], monday: date | None, now: datetime) -> "Agenda":
        starts, ends = (parse_datetime(told[name]) for name in ("starts", "ends"))
        rows = told["measures"]
        this = monday_of(now.date())
        return cls(
            starts=starts,
            ends=ends,
            heading=_heading(rows, told["questions"]),
            kept=told["kept"],
            rolling=told["rolling"],
            before=(monday or this) - WEEK,
            after=monday + WEEK if monday and monday < this else None,
            tiles=[_tile(row, ends) for row in rows if row["out"]],
            calm=[_tile(row, ends) for row in rows if not row["out"]],
            new=told["changes"]["new"],
            still=told["changes"]["still"],
            over=[_named(row) for row in rows if row["change"] == "over"],
            questions=_questions(told["questions"], ends),
            fixes=_fixes(told["fixes"]),
        )

    @property
    def last_day(self) -> date:
        return (self.ends - timedelta(microseconds=1)).date()

    @property
    def sections(self) -> bool:
        return bool(self.tiles or self.calm or self.questions["open"])


def _named(row: Mapping[str, Any]) -> str:
    return f"{row['mechanism']}: {row['name']}"


def _heading(rows: list, questions: Mapping[str, Any]) -> str:
    out, late = sum(row["out"] for row in rows), questions["late_count"]
    if not rows:
        return _("Nothing is measured yet.")
    first = ngettext(
        "%(out)s of %(n)s measure is out of spec", "%(out)s of %(n)s measures are out of spec", len(rows)
    )
    said = first % {"out": saying.few(out), "n": saying.thousands(len(rows))}
    if late:
        more = ngettext("%(n)s question is late", "%(n)s questions are late", late) % {"n": saying.few(late)}
        said = _("%(first)s, and %(more)s") % {"first": said, "more": more}
    return f"{said[:1].upper()}{said[1:]}."


def _tile(row: Mapping[str, Any], ends: datetime) -> dict[str, Any]:
    since = parse_datetime(row["since"]) if row["since"] else None
    changes = {"new": _("new"), "still": _("still"), "over": _("calm again")}
    return {
        "name": row["name"], "part": row["mechanism"], "number": saying.figures(row["number"]), "svg": row["svg"],
        "url": reverse("mechanisms:measure", args=[row["mechanism_slug"], row["slug"]]),
        "why": retold(first_sentence(row["sentence"])) if row["out"] else "",
        "beside": _beside(row), "state": "out" if row["out"] else "" if row["svg"] else "waiting",
        "change": changes.get(row["change"], ""), "asked": row["asked"], "since": since,
        "ask": raise_url(mechanism=row["mechanism_slug"]) if row["out"] and not row["asked"] else "",
    }  # fmt: skip


def _beside(row: Mapping[str, Any]) -> str:
    if not row["out"] or not row["customers"]:
        return ""
    return _("About %(customers)s.") % {"customers": saying.counted(row["customers"], "customer")}


def _questions(told: Mapping[str, Any], ends: datetime) -> dict[str, Any]:
    return {**told, "open": [{**one, "words": _clock(one, ends)} for one in told["open"]]}


def _clock(one: Mapping[str, Any], ends: datetime) -> str:
    """As it stood when the week was over; the clock on the wall is near enough for a meeting."""
    if not one["due"]:
        return _("all promises met")
    due = parse_datetime(one["due"])
    late, left = due < ends, {"span": span(abs(ends - due))}
    words = {
        "own": (_("late by %(span)s to own it"), _("%(span)s left to own it")),
        "make right": (
            _("late by %(span)s to make it right for the customer"),
            _("%(span)s left to make it right for the customer"),
        ),
        "explain": (_("late by %(span)s to explain it"), _("%(span)s left to explain it")),
    }
    return words[one["clock"]][0 if late else 1] % left


def _fixes(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: [_fix(one) for one in rows] for name, rows in told.items()}


def _fix(one: Mapping[str, Any]) -> dict[str, Any]:
    verdict = one.get("verdict", "")
    return {
        **one,
        "due": parse_date(one["due"]),
        "until": parse_datetime(one["until"]) if one["until"] else None,
        "verdict": Verdict(verdict).label if verdict else "",
        "look": VERDICT_LOOKS.get(verdict, ""),
        "sentence": retold(one.get("sentence", "")),
    }
