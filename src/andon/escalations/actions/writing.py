"""Written to a question: notes and answers, what is known so far, and thanks."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.escalations import access, rules, telling
from andon.escalations.actions.common import check, closed, demand, locked, refuse, take_on_if_nobody_has
from andon.escalations.models import Entry, Escalation, Preliminary, Thanks
from andon.escalations.rules import acts
from andon.people import saying
from andon.people.access import at_work
from andon.people.models import Person
from andon.people.trail import record
from andon.people.words import tidy


@transaction.atomic
def write(escalation: Escalation, kind: str, text: str, by: Person, now: datetime) -> Entry:
    """Adds to the story. Who answers has taken the question on, so that stops its clock too if nobody did."""
    one, text = locked(escalation), tidy(text)
    if problem := rules.problem_writing(kind, text, closed(one)):
        raise ValidationError(problem)
    demand(
        kind in access.kinds_open_to(by, one),
        _("Answers are written by whom it is put to; a note by who may read it."),
    )
    if kind in rules.ANSWERS and access.may_own(by, one):
        take_on_if_nobody_has(one, by, now)
    entry = Entry.objects.create(escalation=one, kind=kind, text=text, by=by, at=now)
    record(by, "wrote", one, now, kind=kind)
    _tell(one, entry, by, now)
    return entry


def _tell(one: Escalation, entry: Entry, by: Person, now: datetime) -> None:
    telling.happened(
        one,
        f"{entry.kind}:{entry.pk}",
        lambda: telling.paragraphs(f"{entry.get_kind_display()}, {by.name}:", entry.text),
        by,
        now,
    )


def add_by_mail(escalation: Escalation, text: str, by: Person, now: datetime) -> Entry:
    """What somebody answers to a mail of a question: an answer of whom it is put to, else a note."""
    answers = not closed(escalation) and Entry.Kind.ANSWER in access.kinds_open_to(by, escalation)
    return write(escalation, Entry.Kind.ANSWER if answers else Entry.Kind.NOTE, text, by, now)


@transaction.atomic
def say_preliminary(
    escalation: Escalation, text: str, next_at: datetime, by: Person, now: datetime
) -> Preliminary:
    """What is known so far, and when more will be said. It is not the cause: the explanation is still owed."""
    one, text = locked(escalation), tidy(text)
    demand(access.may_own(by, one), _("Said by whom it is put to, or by a leader."))
    check(one, acts.Act("preliminary", until=next_at), now)
    refuse(rules.problem_text(text))
    take_on_if_nobody_has(one, by, now)
    said = Preliminary.objects.create(escalation=one, text=text, next_at=next_at, by=by, at=now)
    record(by, "said so far", one, now, next_at=next_at.isoformat())
    telling.happened(one, f"preliminary:{said.pk}", lambda: _so_far(said), by, now)
    return said


def _so_far(said: Preliminary) -> str:
    more = _("More will be said by %(moment)s.") % {"moment": saying.moment(said.next_at)}
    return telling.paragraphs(_("What is known so far:"), said.text, more)


@transaction.atomic
def thank(escalation: Escalation, to: Person, text: str, by: Person, now: datetime) -> Thanks:
    """Thanks for everybody to read; from one to another once for a question."""
    one, text = locked(escalation), tidy(text)
    demand(access.may_read(by, one), _("Thanked by who may read the question."))
    refuse(rules.problem_text(text, rules.LONGEST_THANKS))
    if to.pk == by.pk or not at_work(to):
        raise ValidationError(_("Choose somebody else who works here."))
    thanks, new = Thanks.objects.get_or_create(
        escalation=one, to=to, by=by, defaults={"text": text, "at": now}
    )
    if new:
        record(by, "thanked", one, now)
        telling.thanked(one, to, text, by, now)
    return thanks
