"""What every act on a question begins with."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError

from andon.escalations.cases import case_of
from andon.escalations.models import Closing, Escalation, Ownership
from andon.escalations.rules import acts, life
from andon.people.models import Person
from andon.people.trail import record


def locked(escalation: Escalation) -> Escalation:
    """The question as it is now, for this transaction alone.

    Only the row itself: PostgreSQL locks no outer join.
    """
    return Escalation.objects.select_for_update().get(pk=escalation.pk)


def closed(escalation: Escalation) -> bool:
    return Closing.objects.filter(escalation=escalation).exists()


def demand(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise PermissionDenied(sentence)


def refuse(problem: str) -> None:
    if problem:
        raise ValidationError(problem)


def check(escalation: Escalation, act: acts.Act, now: datetime) -> life.Case:
    """The case, when the act is possible in it; ValidationError with the sentence otherwise."""
    case = case_of(escalation)
    refuse(acts.problem(case, act, now))
    return case


def take_on(escalation: Escalation, by: Person, now: datetime) -> Ownership:
    """The first time stops the clock; the same person twice changes nothing."""
    newest = escalation.ownerships.order_by("at", "pk").last()
    if newest and newest.by_id == by.pk and newest.ended_at is None:
        return newest
    taken = Ownership.objects.create(escalation=escalation, by=by, at=now)
    record(by, "took on", escalation, now)
    return taken


def take_on_if_nobody_has(escalation: Escalation, by: Person, now: datetime) -> None:
    """Who answers has taken it on."""
    if not escalation.ownerships.filter(ended_at=None).exists():
        take_on(escalation, by, now)
