"""What is done to a question: each checks permission, writes and records together. All doors call these."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.escalations import access, rules
from andon.escalations.asking import addressee, raise_escalation
from andon.escalations.models import Closing, Entry, Escalation, Naming, Ownership
from andon.mechanisms.models import Mechanism
from andon.people import saying
from andon.people.models import Person
from andon.people.trail import record
from andon.people.words import tidy

__all__ = ["close", "name_mechanism", "own", "raise_escalation", "write"]


@transaction.atomic
def own(escalation: Escalation, by: Person, now: datetime) -> Ownership:
    """Takes a question on. The first time stops the clock; the same person twice changes nothing."""
    locked = _locked(escalation)
    _demand(access.may_own(by, locked), _("Taken on by whom it is put to, or by a leader."))
    if _closed(locked):
        raise ValidationError(_("This question is closed. Ask anew if something is left to do."))
    return _take_on(locked, by, now)


def _take_on(escalation: Escalation, by: Person, now: datetime) -> Ownership:
    newest = escalation.ownerships.order_by("at", "pk").last()
    if newest and newest.by_id == by.pk:
        return newest
    taken = Ownership.objects.create(escalation=escalation, by=by, at=now)
    record(by, "took on", escalation, now)
    return taken


@transaction.atomic
def write(escalation: Escalation, kind: str, text: str, by: Person, now: datetime) -> Entry:
    """Adds to the story. Who answers has taken the question on, so that stops its clock too if nobody did."""
    locked, text = _locked(escalation), tidy(text)
    if problem := rules.problem_writing(kind, text, _closed(locked)):
        raise ValidationError(problem)
    _demand(
        kind in access.kinds_open_to(by, locked),
        _("Answers are written by whom it is put to; a note by who may read it."),
    )
    if kind in rules.ANSWERS and not locked.ownerships.exists() and access.may_own(by, locked):
        _take_on(locked, by, now)
    entry = Entry.objects.create(escalation=locked, kind=kind, text=text, by=by, at=now)
    record(by, "wrote", locked, now, kind=kind)
    return entry


@transaction.atomic
def close(escalation: Escalation, reason: str, by: Person, now: datetime) -> Closing:
    """Ends a question that was answered, or says why no answer is needed.

    Twice is harmless: the first holds.
    """
    locked = _locked(escalation)
    _demand(access.may_close(by, locked), _("Closed by who asked, whom it is put to, or a leader."))
    if done := Closing.objects.filter(escalation=locked).first():
        return done
    kinds = locked.entries.values_list("kind", flat=True)
    reason = tidy(reason)
    if problem := rules.problem_closing(kinds, reason):
        raise ValidationError(problem)
    if len(reason) > rules.LONGEST_TEXT:
        raise ValidationError(
            _("The reason is longer than %(most)s characters.")
            % {"most": saying.thousands(rules.LONGEST_TEXT)}
        )
    closing = Closing.objects.create(escalation=locked, reason=reason, by=by, at=now)
    record(by, "closed", locked, now)
    return closing


@transaction.atomic
def name_mechanism(escalation: Escalation, mechanism: Mechanism, by: Person, now: datetime) -> Escalation:
    """Says which mechanism a question is about and so puts it to its owner.

    Clocks run on from where they are.
    """
    locked = _locked(escalation)
    _demand(
        access.may_name(by, locked), _("Named by who asked, whom it is put to, analysts and administrators.")
    )
    if _closed(locked):
        raise ValidationError(_("This question is closed."))
    if mechanism.retired_at:
        raise ValidationError(_("This mechanism is retired, so nobody would answer. Choose one in use."))
    if locked.mechanism_id == mechanism.pk:
        return locked
    locked.mechanism, locked.to_person, locked.to_team = mechanism, *addressee(mechanism)
    locked.save(update_fields=["mechanism", "to_person", "to_team"])
    Naming.objects.create(escalation=locked, mechanism=mechanism, by=by, at=now)
    record(by, "named the mechanism", locked, now, mechanism=mechanism.slug)
    return locked


def _locked(escalation: Escalation) -> Escalation:
    """The question as it is now, for this transaction alone.

    Only the row itself: PostgreSQL locks no outer join.
    """
    return Escalation.objects.select_for_update().get(pk=escalation.pk)


def _closed(escalation: Escalation) -> bool:
    return Closing.objects.filter(escalation=escalation).exists()


def _demand(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise PermissionDenied(sentence)
