"""What is done with a record: each checks permission, writes, and adds to the ledger, together.

`by=None` is the installation itself: what is computed, or the demo. No door to the network passes it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.evidence import access, ledger, rules
from andon.evidence.models import Acceptance, Answer, Item, Reply, Sight
from andon.mechanisms.models import Measure, Mechanism
from andon.people import access as people
from andon.people.models import Person
from andon.people.words import tidy
from andon.signals.models import Signal
from andon.standards.models import Behaviour
from andon.standards.rules.writing import problem_naming_step

SAID = ("title", "text", "situation", "effect", "source", "link", "kind", "step", "step_words", "figures")
POINTED_TO = ("measure", "mechanism", "signal", "behaviour", "corrects")


@transaction.atomic
def add_item(
    person: Person,
    kind: str,
    *,
    title: str,
    text: str,
    happened_on: date,
    source: str,
    by: Person | None,
    now: datetime,
    situation: str = "",
    effect: str = "",
    link: str = "",
    measure: Measure | None = None,
    mechanism: Mechanism | None = None,
    signal: Signal | None = None,
    behaviour: Behaviour | None = None,
    step: int | None = None,
    figures: dict | None = None,
) -> Item:
    """Puts something on a person's record.

    An observation needs `situation` and `effect`; a `step` only a behaviour that has an anchor for it.
    Raises PermissionDenied, ValidationError with sentences.
    """
    _demand(access.may_add(by, person, kind), _("Only their line and HR partners add to somebody's record."))
    if kind not in Item.Kind.values:
        raise ValidationError(_("Choose what kind of item it is."))
    if not people.at_work(person):
        raise ValidationError(_("They do not work here any more, so nothing is added to their record."))
    _demand(signal is None or by is None or _sees(by, signal), _("This signal is out of your reach."))
    given = {
        "title": tidy(title), "text": tidy(text), "situation": tidy(situation), "effect": tidy(effect),
        "source": tidy(source), "link": tidy(link), "happened_on": happened_on, "measure": measure,
        "mechanism": mechanism, "signal": signal, "behaviour": behaviour, "step": step, "figures": figures or {},
    }  # fmt: skip
    if problems := rules.problems(kind, given, now, person.joined):
        raise ValidationError(problems)
    return _keep(person, kind, given | {"step_words": _anchor(behaviour, step)}, by, now)


def _sees(person: Person, signal: Signal) -> bool:
    return Signal.objects.visible_to(person).filter(pk=signal.pk).exists()


def _anchor(behaviour: Behaviour | None, step: int | None) -> str:
    """The words of a step as they are now. There is no scale without them."""
    if behaviour is None or step is None:
        return ""
    anchors = {anchor.step: anchor.words for anchor in behaviour.steps}
    if problem := problem_naming_step(step, anchors):
        raise ValidationError(problem)
    return anchors[step]


def _keep(person: Person, kind: str, given: dict[str, Any], by: Person | None, now: datetime, **more) -> Item:
    item = Item(person=person, kind=kind, by=by, at=now, **given, **more)
    what = "item.corrected" if item.corrects_id else "item.added"
    item.entry = ledger.append(what, about=person, body=body_of(item), by=by, now=now)
    item.save(force_insert=True)
    if by == person:
        _note_sight([item], by, now)
    return item


def body_of(item: Item) -> dict[str, Any]:
    """What the ledger says of an item; what is kept of it must say the same, which `andon verify` looks at."""
    return body_from(vars(item))


def body_from(row: Mapping[str, Any]) -> dict[str, Any]:
    """The same of a row of the table."""
    body = {name: row[name] for name in SAID}
    body |= {name: row[f"{name}_id"] for name in POINTED_TO}
    return body | {"happened_on": row["happened_on"].isoformat()}


@transaction.atomic
def correct(item: Item, text: str, *, by: Person | None, now: datetime) -> Item:
    """Adds an item that says it right; what was said before stays readable beside it.

    Raises PermissionDenied, ValidationError.
    """
    _demand(access.decides(by, item.person), _("Corrected by their line and HR partners."))
    _demand_in_place(item)
    if item.corrections.exists():
        raise ValidationError(_("This was corrected already: correct the correction."))
    fields = (
        "title",
        "situation",
        "effect",
        "source",
        "link",
        "happened_on",
        "step",
        "step_words",
        "figures",
    )
    given = {name: getattr(item, name) for name in fields}
    things = {
        f"{name}_id": getattr(item, f"{name}_id") for name in ("measure", "mechanism", "signal", "behaviour")
    }
    return _keep(item.person, item.kind, given | things | {"text": _words(text)}, by, now, corrects=item)


@transaction.atomic
def see(items: Iterable[Item], *, by: Person, now: datetime) -> int:
    """The person says that they saw items; how many were new to them. Raises PermissionDenied."""
    items = list(items)
    _demand(all(item.person_id == by.pk for item in items), _("Only the person it is about can say so."))
    return _note_sight(items, by, now)


@transaction.atomic
def show(items: Iterable[Item], *, by: Person, witness: Person, now: datetime) -> int:
    """Items were shown to the person in a conversation, before a witness; how many were new.

    For somebody who does not open their record. They can see that this was said. Raises PermissionDenied,
    ValidationError.
    """
    items = list(items)
    _demand(all(access.decides(by, item.person) for item in items), _("Shown by their line or HR partners."))
    if not people.at_work(witness) or witness.pk in {by.pk, *(item.person_id for item in items)}:
        raise ValidationError(_("The witness is a third person, who works here."))
    return _note_sight(items, by, now, shown_by=by, witness=witness)


def _note_sight(items: list[Item], by: Person, now: datetime, **more) -> int:
    known = set(Sight.objects.filter(item__in=items).values_list("item", flat=True))
    new = [item for item in items if item.pk not in known]
    for person in {item.person for item in new}:
        theirs = [item for item in new if item.person_id == person.pk]
        said = {"entries": [item.entry_id for item in theirs], "shown": bool(more)}
        if more:
            said["witness"] = ledger.pseudonym_of(more["witness"])
        entry = ledger.append("item.seen", about=person, body=said, by=by, now=now)
        Sight.objects.bulk_create(Sight(item=item, at=now, entry=entry, **more) for item in theirs)
    return len(new)


@transaction.atomic
def reply(item: Item, text: str, *, by: Person, now: datetime, asks: bool = False) -> Reply:
    """The person answers an item; who answers has seen it. `asks` asks for a correction.

    Raises PermissionDenied, ValidationError.
    """
    _demand(item.person_id == by.pk, _("Only the person it is about replies."))
    _demand_in_place(item)
    text = _words(text)
    _note_sight([item], by, now)
    body = {"to": item.entry_id, "text": text, "asks": asks}
    entry = ledger.append("item.replied", about=item.person, body=body, by=by, now=now)
    return Reply.objects.create(item=item, text=text, asks=asks, entry=entry, at=now)


@transaction.atomic
def answer(reply: Reply, text: str, *, by: Person | None, now: datetime, correction: str = "") -> Answer:
    """Answers a correction that was asked for: with one, when `correction` says it right, or with why not.

    Raises PermissionDenied, ValidationError.
    """
    _demand(access.decides(by, reply.item.person), _("Answered by their line and HR partners."))
    if not reply.asks or Answer.objects.filter(reply=reply).exists():
        raise ValidationError(_("There is nothing left to answer here."))
    made = correct(reply.item, correction, by=by, now=now) if tidy(correction) else None
    text = _words(text)
    body = {"to": reply.entry_id, "text": text, "correction": made.entry_id if made else None}
    entry = ledger.append("item.answered", about=reply.item.person, body=body, by=by, now=now)
    return Answer.objects.create(reply=reply, text=text, correction=made, entry=entry, by=by, at=now)


@transaction.atomic
def accept(correction: Item, *, by: Person, now: datetime) -> Acceptance:
    """The person agrees with a correction. Twice is harmless. Raises PermissionDenied, ValidationError."""
    _demand(correction.person_id == by.pk, _("Only the person it is about accepts a correction."))
    if correction.corrects_id is None:
        raise ValidationError(_("This is no correction."))
    if done := Acceptance.objects.filter(item=correction).first():
        return done
    _note_sight([correction], by, now)
    said = {"to": correction.entry_id}
    entry = ledger.append("item.accepted", about=by, body=said, by=by, now=now)
    return Acceptance.objects.create(item=correction, entry=entry, at=now)


def _words(text: str) -> str:
    text = tidy(text)
    if not text:
        raise ValidationError(_("Write at least a word."))
    if len(text) > rules.LONGEST_TEXT:
        raise ValidationError(_("Longer than 20,000 characters. Put the rest into a document of its own."))
    return text


def _demand_in_place(item: Item) -> None:
    if not item.text:
        raise ValidationError(_("What was said here was erased."))


def _demand(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise PermissionDenied(sentence)
