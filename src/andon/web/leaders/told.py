"""The silence report in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andon.culture.models import Silence
from andon.culture.rules import Verdict
from andon.people import saying


@dataclass(frozen=True, slots=True)
class Row:
    """A team or mechanism; `look` is the class of its chip, `state` the words in it."""

    name: str
    key: str
    cases: int
    happened: int
    usual: str
    state: str
    look: str
    sentence: str

    @property
    def stands_out(self) -> bool:
        return bool(self.sentence)


@dataclass(frozen=True, slots=True)
class Part:
    """One comparison: `rows` is empty where nobody can tell."""

    rows: list[Row]
    left_out: int

    @property
    def out(self) -> list[Row]:
        return [row for row in self.rows if row.stands_out]


@dataclass(frozen=True, slots=True)
class Unasked:
    name: str
    mechanism: str
    measure: str
    since: datetime | None
    customers: int


@dataclass(frozen=True, slots=True)
class Told:
    """The whole report; None while none was computed."""

    computed_at: datetime
    since: datetime
    teams: Part
    mechanisms: Part
    young: Part
    unasked: list[Unasked]

    @classmethod
    def of(cls, report: Silence | None) -> "Told | None":
        if report is None:
            return None
        return cls(
            report.computed_at,
            report.since,
            _part(report.teams, _quiet_team),
            _part(report.mechanisms, _quiet_mechanism),
            _part(report.young, _young),
            [Unasked(**{**one, "since": parse_datetime(one["since"])}) for one in report.unasked],
        )

    @property
    def sentence(self) -> str:
        """What stands out, in a sentence."""
        far = [row.name for row in self.teams.out] + [row.name for row in self.mechanisms.out]
        if not far and not self.unasked:
            return _("Nowhere is it quieter than chance and ordinary differences explain.")
        if not far:
            return _unasked_words(len(self.unasked))
        return _("It is quiet where customers complain: %(places)s.") % {"places": ", ".join(far)}


def _unasked_words(n: int) -> str:
    told = ngettext(
        "%(n)s measure is out of spec and nobody asks.", "%(n)s measures are out of spec and nobody asks.", n
    )
    said = told % {"n": saying.few(n)}
    return said[:1].upper() + said[1:]


def _part(kept: Mapping[str, Any], words) -> Part:
    return Part([_row(one, words) for one in kept.get("rows", [])], kept.get("left_out", 0))


def _row(one: Mapping[str, Any], words) -> Row:
    verdict = Verdict(one["verdict"])
    states = {
        Verdict.FAR: (_("stands out"), "cord"),
        Verdict.BEYOND: (_("worth a look"), "open"),
        Verdict.USUAL: (_("as elsewhere"), "calm"),
        Verdict.FEW: (_("too few to tell"), ""),
    }
    state, look = states[verdict]
    usual = _usual(one) if verdict is not Verdict.FEW else ""
    sentence = words(one) if verdict in (Verdict.FAR, Verdict.BEYOND) else ""
    return Row(one["name"], one["key"], one["cases"], one["happened"], usual, state, look, sentence)


def _usual(one: Mapping[str, Any]) -> str:
    low, high = saying.thousands(one["low"]), saying.thousands(one["high"])
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _figures(one: Mapping[str, Any]) -> dict[str, str]:
    return {
        "name": one["name"],
        "cases": saying.thousands(one["cases"]),
        "happened": saying.thousands(one["happened"]),
        "rate": saying.percent(one["rate"]),
        "usual": _usual(one),
    }


def _quiet_team(one: Mapping[str, Any]) -> str:
    if not one["happened"]:
        return _(
            "%(cases)s customers complained after %(name)s had served them, and nobody of the team has asked. "
            "Elsewhere it is %(rate)s: %(usual)s questions would be usual for as many."
        ) % _figures(one)
    return ngettext(
        "%(cases)s customers complained after %(name)s had served them, and people of the team asked once. "
        "Elsewhere it is %(rate)s: %(usual)s questions would be usual for as many.",
        "%(cases)s customers complained after %(name)s had served them, and people of the team asked %(happened)s "
        "times. Elsewhere it is %(rate)s: %(usual)s questions would be usual for as many.",
        one["happened"],
    ) % _figures(one)


def _quiet_mechanism(one: Mapping[str, Any]) -> str:
    if not one["happened"]:
        return _(
            "%(cases)s customers complained about %(name)s, and nobody has asked about it. Elsewhere it is %(rate)s: "
            "%(usual)s questions would be usual for as many."
        ) % _figures(one)
    return ngettext(
        "%(cases)s customers complained about %(name)s, and it was asked about once. Elsewhere it is %(rate)s: "
        "%(usual)s questions would be usual for as many.",
        "%(cases)s customers complained about %(name)s, and it was asked about %(happened)s times. Elsewhere it is "
        "%(rate)s: %(usual)s questions would be usual for as many.",
        one["happened"],
    ) % _figures(one)


def _young(one: Mapping[str, Any]) -> str:
    return _(
        "%(cases)s questions to %(name)s were closed, %(happened)s of them within two days with nothing made right "
        "and nothing explained. Elsewhere it is %(rate)s: %(usual)s would be usual."
    ) % _figures(one)
