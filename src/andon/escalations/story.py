"""The story of a question: who did what and when, in order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from andon.escalations.access import may_read
from andon.escalations.models import Closing, Entry, Escalation
from andon.people.models import Person

SAID = {
    Entry.Kind.NOTE: "wrote a note",
    Entry.Kind.ANSWER: "answered",
    Entry.Kind.MADE_RIGHT: "made it right for the customer",
    Entry.Kind.EXPLAINED: "explained how it could happen",
    Entry.Kind.ALSO_ASKED: "asked the same",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: `what` follows a name ("Olga took it on"), `kind` is for looks."""

    at: datetime
    by: Person | None
    kind: str
    what: str
    text: str = ""


def of(escalation: Escalation) -> list[Step]:
    """Everything in order, from a query a kind."""
    asked = Step(escalation.raised_at, escalation.raised_by, "asked", "asked", escalation.note)
    steps = [asked, *_named(escalation), *_owned(escalation), *_written(escalation), *_closed(escalation)]
    return sorted(steps, key=lambda step: step.at)  # stable: of one moment, in the order above


def told_to(person: Person, escalation: Escalation) -> list[Step]:
    """The story, without its texts for those who may not read what the customer said."""
    steps = of(escalation)
    return steps if may_read(person, escalation) else [replace(step, text="") for step in steps]


def _named(escalation: Escalation) -> Iterable[Step]:
    for naming in escalation.namings.select_related("by", "mechanism"):
        yield Step(naming.at, naming.by, "named", f"said it is about {naming.mechanism.name}")


def _owned(escalation: Escalation) -> Iterable[Step]:
    for ownership in escalation.ownerships.select_related("by"):
        yield Step(ownership.at, ownership.by, "owned", "took it on")


def _written(escalation: Escalation) -> Iterable[Step]:
    for entry in escalation.entries.select_related("by"):
        yield Step(entry.at, entry.by, entry.kind, SAID[entry.kind], entry.text)


def _closed(escalation: Escalation) -> Iterable[Step]:
    for closing in Closing.objects.filter(escalation=escalation).select_related("by"):
        yield Step(closing.at, closing.by, "closed", "closed it", closing.reason)
