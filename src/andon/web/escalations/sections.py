"""The sections of an explanation on its pages: to write in, and to read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andon.escalations import actions, drafts
from andon.escalations.models import Escalation, Explanation
from andon.escalations.rules import explaining
from andon.people import saying
from andon.people.models import Person

ORDER = (
    "summary", "affected", "how_counted", "how_detected", "timeline", "version", "spec_missed", "failure",
    "what_worked", "measure_wrong", "measure_wrong_why", "open_questions",
)  # fmt: skip
LABELS: dict[str, Lazy] = {
    **explaining.TEXTS,
    "affected": gettext_lazy("How many customers were touched"),
    "version": gettext_lazy("Which version of the mechanism"),
    "failure": gettext_lazy("How the mechanism failed"),
    "measure_wrong": gettext_lazy("Is the measure itself wrong?"),
}
HELP: dict[str, Lazy] = {
    "summary": gettext_lazy("What happened, why, and what changes. No names, no inside words."),
    "affected": gettext_lazy("A whole number; empty while nobody can count them."),
    "how_counted": gettext_lazy("From where, by which rule; or why they cannot be counted yet."),
    "how_detected": gettext_lazy(
        "Who saw it first? If it was the customer: what should have shown it to us?"
    ),
    "timeline": gettext_lazy("One line each, with the time."),
    "spec_missed": gettext_lazy("What it should have done by its specification; or that there is none."),
    "what_worked": gettext_lazy("What caught it, or kept it small. It should stay."),
    "open_questions": gettext_lazy("What you do not know yet, and who finds out."),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One section: what it holds, its choices if it has any, and the mark of what is stored."""

    name: str
    label: str
    help: str
    kind: str
    value: str
    mark: str
    words: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a section was not kept; `changed` when somebody else wrote meanwhile."""

    sentence: str
    changed: bool = False


def written(one: Explanation, sent: Mapping[str, str] | None, problems: Mapping[str, Problem]) -> list[Part]:
    """To write in. What was sent and could not be kept stands there as it was sent."""
    return [one_of(one, name, sent, problems.get(name)) for name in ORDER]


def one_of(
    one: Explanation, name: str, sent: Mapping[str, str] | None = None, problem: Problem | None = None
) -> Part:
    stored = _stored(one, name)
    value = sent[name] if sent is not None and problem and name in sent else stored
    return Part(
        name=name,
        label=str(LABELS[name]),
        help=str(HELP.get(name, "")),
        kind=_kind(name),
        value=value,
        mark=drafts.mark(one, name),
        words=_words(one, name),
        choices=tuple(_choices(one, name)),
        problem=problem.sentence if problem else "",
        theirs=_words(one, name) if problem and problem.changed else "",
    )


def read(one: Explanation) -> list[Part]:
    """To read: those that say something."""
    return [part for part in written(one, None, {}) if part.words]


def keep(
    escalation: Escalation, names: Iterable[str], sent: Mapping[str, str], by: Person, now: datetime
) -> dict[str, Problem]:
    """These sections as they were sent; the problems by name. One that cannot be kept does not keep back others."""
    values = {name: sent[name] for name in names if name in sent}
    was = {name: sent[f"was_{name}"] for name in values if f"was_{name}" in sent}
    found = actions.write_sections(escalation, values, by, now, was)
    return {name: Problem(" ".join(error.messages), error.code == "changed") for name, error in found.items()}


def _kind(name: str) -> str:
    if name in explaining.TEXTS:
        return "text"
    return "number" if name == "affected" else "choice"


def _stored(one: Explanation, name: str) -> str:
    if name == "version":
        return str(one.version_id or "")
    value: Any = getattr(one, name)
    return "" if value is None else str(value)


def _choices(one: Explanation, name: str):
    if name == "failure":
        return [("", _("Choose one of six")), *Explanation.Failure.choices]
    if name == "measure_wrong":
        return [("", _("Not answered yet")), *Explanation.MeasureWrong.choices]
    if name == "version":
        return [("", _("Not known")), *_versions(one.escalation)]
    return []


def _versions(escalation: Escalation) -> list[tuple[str, str]]:
    if escalation.mechanism is None:
        return []
    return [(str(one.pk), _version_in_words(one)) for one in escalation.mechanism.versions.all()]


def _version_in_words(one) -> str:
    return _("Version %(number)s, since %(day)s") % {"number": one.number, "day": saying.day(one.since)}


def _words(one: Explanation, name: str) -> str:
    """As a reader sees it."""
    if name == "version":
        return _version_in_words(one.version) if one.version else ""
    if name == "affected":
        return "" if one.affected is None else saying.thousands(one.affected)
    if name in ("failure", "measure_wrong"):
        return getattr(one, f"get_{name}_display")()
    return getattr(one, name)
