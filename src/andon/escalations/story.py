"""The story of a question: who did what and when, in order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import prefetch_related_objects
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy

from andon.escalations.access import may_read
from andon.escalations.climbing import told_words
from andon.escalations.models import Closing, Entry, Escalation
from andon.people.models import Person

SAID = {
    Entry.Kind.NOTE: "wrote a note",
    Entry.Kind.ANSWER: "answered",
    Entry.Kind.MADE_RIGHT: "made it right for the customer",
    Entry.Kind.EXPLAINED: "explained how it could happen",
    Entry.Kind.ALSO_ASKED: "asked the same",
}
WITH = {
    "namings": ("namings__by", "namings__mechanism"),
    "ownerships": ("ownerships__by",),
    "entries": ("entries__by",),
    "reroutings": ("reroutings__by", "reroutings__to_person", "reroutings__to_team"),
    "preliminaries": ("preliminaries__by",),
    "reopenings": ("reopenings__by",),
    "countermeasures": (
        "countermeasures__by", "countermeasures__mechanism", "countermeasures__measure",
        "countermeasures__in_place__by", "countermeasures__judgements", "countermeasures__extensions",
        "countermeasures__dropping__by",
    ),
    "explanations": ("explanations__reviews__by",),
    "merged": ("merged__escalation", "merged__by"),
    "thanks": ("thanks__by", "thanks__to"),
    "breaches": ("breaches__told",),
}  # fmt: skip
"""Kinds of things that happen, by the name of their rows, with what is fetched along."""
TRIAGE = "triage"
VERDICTS: dict[str, tuple[str, Lazy]] = {
    "effective": ("judged the change effective", gettext_lazy("Judged: effective")),
    "partial": ("judged the change partly effective", gettext_lazy("Judged: partly effective")),
    "ineffective": ("judged the change not effective", gettext_lazy("Judged: not effective")),
    "too_few": ("had too few cases to judge the change", gettext_lazy("Judged: too few to tell")),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: `what` follows a name ("Olga took it on"), `kind` is for looks.

    `open` texts are for everybody at work: they are about mechanisms, and hold no customer's words.
    """

    at: datetime
    by: Person | None
    kind: str
    what: str
    text: str = ""
    about: str = ""
    open: bool = False


def fetch(escalation: Escalation) -> Escalation:
    """Brings along what happened: a query for each kind of thing that did, none for what never did (`with_marks`)."""
    there = [name for name in WITH if getattr(escalation, f"has_{name}", True)]
    prefetch_related_objects([escalation], *(path for name in there for path in WITH[name]))
    for name in WITH.keys() - set(there):
        escalation._prefetched_objects_cache[name] = getattr(escalation, name).none()
    return escalation


def of(escalation: Escalation) -> list[Step]:
    """Everything in order, from at most a few queries a kind."""
    asked = Step(escalation.raised_at, escalation.raised_by, "asked", "asked", escalation.note)
    tellers = (
        _named,
        _owned,
        _passed_on,
        _written,
        _so_far,
        _reviewed,
        _mended,
        _merged,
        _again,
        _thanked,
        _late,
        _closed,
    )
    steps = [asked, *(step for teller in tellers for step in teller(escalation))]
    return sorted(steps, key=lambda step: step.at)  # stable: of one moment, in the order above


def told_to(person: Person, escalation: Escalation) -> list[Step]:
    """The story, without its texts for those who may not read what the customer said."""
    steps = of(escalation)
    return (
        steps
        if may_read(person, escalation)
        else [step if step.open else replace(step, text="") for step in steps]
    )


def _named(escalation: Escalation) -> Iterable[Step]:
    for one in escalation.namings.all():
        yield Step(
            one.at, one.by, "named", f"said it is about {one.mechanism.name}", about=one.mechanism.name
        )


def _owned(escalation: Escalation) -> Iterable[Step]:
    for place, one in enumerate(escalation.ownerships.all()):
        yield Step(one.at, one.by, "owned", "took it on", about="again" if place else "")


def _passed_on(escalation: Escalation) -> Iterable[Step]:
    for one in escalation.reroutings.all():
        where = str(one.to_person or one.to_team or TRIAGE)
        yield Step(one.at, one.by, "rerouted", f"passed it on to {where}", one.why, where)


def _written(escalation: Escalation) -> Iterable[Step]:
    for one in escalation.entries.all():
        yield Step(one.at, one.by, one.kind, SAID[one.kind], one.text)


def _so_far(escalation: Escalation) -> Iterable[Step]:
    for one in escalation.preliminaries.all():
        what = f"said what is known so far; more by {one.next_at:%Y-%m-%d %H:%M} UTC"
        yield Step(one.at, one.by, "preliminary", what, one.text, one.next_at.isoformat())


def _reviewed(escalation: Escalation) -> Iterable[Step]:
    for explanation in escalation.explanations.all():
        for one in explanation.reviews.all():
            yield Step(one.at, one.by, "reviewed", "reviewed the explanation", one.text)


def _mended(escalation: Escalation) -> Iterable[Step]:
    for fix in escalation.countermeasures.all():
        about = fix.mechanism.name
        yield Step(fix.at, fix.by, "planned", f"planned a change to {about}", fix.what, about, open=True)
        if placed := getattr(fix, "in_place", None):
            # the day it came, where that was written down later
            text = fix.what if not placed.note else f"{fix.what}\n{placed.note}"
            yield Step(
                placed.since,
                placed.by,
                "in_place",
                f"put a change to {about} in place",
                text,
                about,
                open=True,
            )
        if dropped := getattr(fix, "dropping", None):
            yield Step(
                dropped.at,
                dropped.by,
                "dropped",
                f"dropped a change to {about}",
                dropped.why,
                about,
                open=True,
            )
        for longer in fix.extensions.all():
            what = f"watches the change to {about} for longer"
            yield Step(longer.at, longer.by, "watched_on", what, longer.why, about, open=True)
        for one in fix.judgements.all():
            text = " ".join(filter(None, [one.sentence, one.side_sentence]))
            yield Step(
                one.at, one.by, f"judged_{one.verdict}", VERDICTS[one.verdict][0], text, about, open=True
            )


def _merged(escalation: Escalation) -> Iterable[Step]:
    for one in escalation.merged.all():
        number = one.escalation.number
        yield Step(one.at, one.by, "merged", f"merged question {number} into it", one.why, str(number))


def _again(escalation: Escalation) -> Iterable[Step]:
    for one in escalation.reopenings.all():
        if one.closed_at:
            yield Step(
                one.closed_at,
                one.closed_by,
                "closed",
                "closed it",
                _ending(one.closed_reason, one.closed_recurrence),
            )
        yield Step(one.at, one.by, "reopened", "opened it again", one.why)


def _thanked(escalation: Escalation) -> Iterable[Step]:
    for one in escalation.thanks.all():
        name = one.to.name if one.to else "a colleague"
        yield Step(one.at, one.by, "thanked", f"thanked {name}", one.text, name, open=True)


def _late(escalation: Escalation) -> Iterable[Step]:
    """Promises that were not kept, and how far up that was told; by themselves, so by nobody."""
    for one in escalation.breaches.all():
        if one.level == 0 or one.told.all():
            said = told_words(one)
            yield Step(one.at, None, "late", said, about=said, open=True)


def _closed(escalation: Escalation) -> Iterable[Step]:
    for one in Closing.objects.filter(escalation=escalation).select_related("by"):
        yield Step(one.at, one.by, "closed", "closed it", _ending(one.reason, one.recurrence))


def _ending(reason: str, recurrence: str) -> str:
    return "\n".join(filter(None, [reason, recurrence]))
