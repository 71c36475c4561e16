"""Who may read the inside of a question, take it on, write to it and close it.

Everybody at work may ask one.
"""

from django.db.models import Q

from andon.escalations.models import Entry, Escalation
from andon.people import access
from andon.people.access import ADMINISTRATOR, ANALYST, LEADER, OWNER
from andon.people.models import Person

NOTES = (Entry.Kind.NOTE,)
ANSWERS = (Entry.Kind.ANSWER, Entry.Kind.MADE_RIGHT, Entry.Kind.EXPLAINED)


def askable(person):
    """Whom a door offers to ask: one's own people, and whoever leads people or answers for a mechanism.

    Who only serves customers in another team is not offered: a question is about what, not who.
    """
    leads = Q(reports__is_active=True) | Q(grants__role=LEADER)
    answers = leads | Q(owned_mechanisms__isnull=False, owned_mechanisms__retired_at=None)
    at_work = Person.objects.at_work()
    near = Person.objects.visible_to(person).values("pk")
    return at_work.filter(Q(pk__in=near) | Q(pk__in=at_work.filter(answers).values("pk"))).exclude(
        pk=person.pk
    )


def may_read(person, escalation: Escalation) -> bool:
    """The customer's words, the note and what was written.

    Number, heading, mechanism and clocks everybody sees.
    """
    return Escalation.objects.readable_by(person).filter(pk=escalation.pk).exists()


def may_own(person, escalation: Escalation) -> bool:
    """Whom it is put to; leaders always; in triage, also those who know the register."""
    if access.is_any(person, LEADER):
        return True
    if Escalation.objects.put_to(person).filter(pk=escalation.pk).exists():
        return True
    return in_triage(escalation) and access.is_any(person, OWNER, ANALYST, ADMINISTRATOR)


def in_triage(escalation: Escalation) -> bool:
    return escalation.to_team_id is None and not access.at_work(escalation.to_person)


def kinds_open_to(person, escalation: Escalation) -> tuple[str, ...]:
    """What somebody may write: answers who may own it, made right also who asked, a note every reader."""
    if may_own(person, escalation):
        return (*NOTES, *ANSWERS)
    if not may_read(person, escalation):
        return ()
    if person.pk == escalation.raised_by_id:
        return (*NOTES, Entry.Kind.MADE_RIGHT)
    return NOTES


def may_close(person, escalation: Escalation) -> bool:
    """Who asked, and who may own it."""
    asked = access.at_work(person) and person.pk == escalation.raised_by_id
    return asked or may_own(person, escalation)


def may_name(person, escalation: Escalation) -> bool:
    """Saying what a question is about: who asked, who is asked, and those who know the register."""
    return may_close(person, escalation) or access.is_any(person, ANALYST, ADMINISTRATOR)


def may_reopen(person, escalation: Escalation) -> bool:
    """Who may close it, and whoever asked the same."""
    return may_close(person, escalation) or (
        access.at_work(person)
        and escalation.entries.filter(kind=Entry.Kind.ALSO_ASKED, by=person.pk).exists()
    )
