"""Reading a standard, asking about it, objecting to it, and being answered; and asking politely to read it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.people.models import Person
from andon.people.trail import record
from andon.people.words import tidy
from andon.standards import access, queries
from andon.standards.actions.checking import demand, refuse, sentence
from andon.standards.models import Acknowledgement, Answer, Reminder, StandardVersion
from andon.standards.rules import writing

AGAIN_AFTER = timedelta(days=7)


@transaction.atomic
def acknowledge(
    version: StandardVersion, by: Person, now: datetime, words: str = "", kind: str = "understood"
) -> Acknowledgement:
    """Somebody says for themselves that they have read a version of their role: receipt and understanding.

    The same once more changes nothing. Raises PermissionDenied, ValidationError.
    """
    words = tidy(words)
    if not concerns(version, by, now):
        raise PermissionDenied(_("A standard is acknowledged by whom it is for, for themselves."))
    refuse(writing.problem_acknowledging(kind, words, Acknowledgement.Kind.values))
    same = Acknowledgement.objects.of(by).filter(version=version, kind=kind, words=words).first()
    if same:
        return same
    said = Acknowledgement.objects.create(version=version, person=by, at=now, kind=kind, words=words)
    record(by, "acknowledged", f"standard {version.standard_id}", now, number=version.number, kind=kind)
    return said


def concerns(version: StandardVersion, person: Person, now: datetime) -> bool:
    """Whether a version binds somebody today, or will."""
    binding = queries.binding(person, timezone.localdate(now))
    return any(one.pk == version.pk for one in binding.every)


@transaction.atomic
def answer(said: Acknowledgement, text: str, *, by: Person, now: datetime) -> Answer:
    """The line above or an HR partner answers a question or an objection; never one's own.

    Raises PermissionDenied, ValidationError.
    """
    demand(access.may_hear(by, said.person), _("Answered by the line above or by an HR partner."))
    if said.kind == Acknowledgement.Kind.UNDERSTOOD:
        raise ValidationError(_("Nothing was asked here."))
    text = sentence(text, writing.LONGEST, _("an answer"))
    given = Answer.objects.create(acknowledgement=said, by=by, at=now, text=text)
    record(by, "answered about", f"standard {said.version.standard_id}", now, to=said.person.number)
    return given


@transaction.atomic
def remind(version: StandardVersion, people: Iterable[Person], *, by: Person, now: datetime) -> list[Person]:
    """Asks those who have not read a version to do so; whoever was asked within a week is left in peace.

    Returns who was asked. Raises PermissionDenied where somebody is not in `by`'s line.
    """
    people = list(people)
    heard = set(access.heard_by(by).filter(pk__in=[one.pk for one in people]).values_list("pk", flat=True))
    demand(heard == {one.pk for one in people}, _("One reminds those in one's own line."))
    rested = _left_in_peace(version, people, now)
    asked = [one for one in people if one.pk not in rested]
    Reminder.objects.bulk_create(Reminder(version=version, person=one, by=by, at=now) for one in asked)
    if asked:
        numbers = [one.number for one in asked]
        record(by, "reminded", f"standard {version.standard_id}", now, number=version.number, people=numbers)
    return asked


def _left_in_peace(version: StandardVersion, people: list[Person], now: datetime) -> set[int]:
    lately = Reminder.objects.filter(version=version, person__in=people, at__gt=now - AGAIN_AFTER)
    said = Acknowledgement.objects.filter(version=version, person__in=people)
    return set(lately.values_list("person", flat=True)) | set(said.values_list("person", flat=True))
