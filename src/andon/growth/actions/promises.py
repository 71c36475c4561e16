"""Promises of support: made, delivered, doubted, answered, let go. Each is in the ledger."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.evidence.ledger import append, pseudonym_of
from andon.evidence.models import Entry
from andon.growth.line import demand, may_promise
from andon.growth.models import Coaching, Delivery, Doubt, DoubtAnswer, Passing, Promise, Release
from andon.growth.models.promises import Kind
from andon.growth.refusing import refuse
from andon.growth.rules.coaching import problem_day
from andon.growth.rules.promises import WAITING, State
from andon.growth.rules.words import problem_text
from andon.people import access
from andon.people.locking import held
from andon.people.models import Person
from andon.people.trail import record
from andon.people.words import tidy


@transaction.atomic
def promise(
    person: Person,
    *,
    what: str,
    kind: str,
    owed_by: Person,
    due: date,
    by: Person,
    now: datetime,
    coaching: Coaching | None = None,
) -> Promise:
    """Promises somebody support until a day. What a manager promises, the next manager owes.

    Raises PermissionDenied, and ValidationError with sentences by field.
    """
    what = tidy(what)
    demand(may_promise(by, person), _("Support is promised by those above somebody, and by HR partners."))
    refuse(_problems(person, what, kind, owed_by, due, timezone.localdate(now), coaching))
    as_manager = access.in_line(owed_by, person)
    body = {
        "what": what, "kind": kind, "due": due.isoformat(), "owed_by": pseudonym_of(owed_by), "as_manager": as_manager,
        "coaching": coaching.entry_id if coaching else None,
    }  # fmt: skip
    entry = append("promise.made", about=person, body=body, by=by, now=now)
    made = Promise.objects.create(
        person=person, owed_by=owed_by, as_manager=as_manager, held_by=owed_by, held_as_manager=as_manager,
        what=what, kind=kind, due=due, coaching=coaching,
        by=by, at=now, entry=entry,
    )  # fmt: skip
    record(by, "promised support", made, now, person=person.number)
    return made


def _problems(
    person: Person, what: str, kind: str, owed_by: Person, due: date, today: date, coaching: Coaching | None
) -> dict[str, str]:
    at_work = access.at_work(owed_by)
    themselves = owed_by.pk == person.pk
    return {
        "what": problem_text(what, _("Say what is promised.")),
        "kind": "" if kind in Kind.values else _("Choose what kind of support it is."),
        "due": problem_day(due, today),
        "owed_by": _("Support is owed by somebody else than the person.") if themselves
        else "" if at_work else _("Somebody who works here has to owe it."),
        "coaching": _("This coaching is about somebody else.") if coaching and coaching.person_id != person.pk else "",
    }  # fmt: skip


@transaction.atomic
def deliver(promise: Promise, words: str, *, by: Person, now: datetime) -> Delivery:
    """Says that promised support came, and how. Again after a doubt is welcome."""
    words = tidy(words)
    demand(may_deliver(by, promise), _("Said by whoever owes it, or is above the person."))
    refuse({"words": problem_text(words, _("Say what came, and when."))})
    state = _locked(promise).state(now)
    if state is State.RELEASED:
        raise ValidationError(_("The person let go of this promise, so it is not owed any more."))
    if state in {State.DELIVERED, State.DELIVERED_LATE}:
        raise ValidationError(_("It was delivered already, and the person has not doubted it."))
    entry = _append("promise.delivered", promise, words, by, now)
    return Delivery.objects.create(promise=promise, words=words, by=by, at=now, entry=entry)


@transaction.atomic
def doubt(promise: Promise, words: str, *, by: Person, now: datetime) -> Doubt:
    """The person says that it did not come, or did not help. It stands until somebody answers."""
    words = tidy(words)
    demand(by.pk == promise.person_id, _("Only the person knows whether it came and helped."))
    refuse({"words": problem_text(words, _("Say what did not come, or did not help."))})
    state = _locked(promise).state(now)
    if state is State.COMING:
        raise ValidationError(_("It is not due yet. If it does not come, this page says so by itself."))
    if state in {State.DOUBTED, State.RELEASED}:
        raise ValidationError(_("You have said so already, and it is not answered yet, or you let it go."))
    entry = _append("promise.doubted", promise, words, by, now)
    return Doubt.objects.create(promise=promise, words=words, by=by, at=now, entry=entry)


@transaction.atomic
def answer_doubt(doubt: Doubt, words: str, *, by: Person, now: datetime) -> DoubtAnswer:
    """Says what is done about it. The first answer holds; delivering anew answers too."""
    words, promise = tidy(words), doubt.promise
    demand(may_deliver(by, promise), _("Answered by whoever owes it, or is above the person."))
    refuse({"words": problem_text(words, _("Say what is done about it."))})
    _locked(promise)
    if DoubtAnswer.objects.filter(doubt=doubt).exists():
        raise ValidationError(_("Somebody has answered this already."))
    entry = _append("promise.doubt_answered", promise, words, by, now)
    return DoubtAnswer.objects.create(doubt=doubt, words=words, by=by, at=now, entry=entry)


@transaction.atomic
def release(promise: Promise, words: str = "", *, by: Person, now: datetime) -> Release:
    """The person lets go of a promise they no longer want. Twice is harmless."""
    words = tidy(words)
    demand(by.pk == promise.person_id, _("Only the person can let go of what was promised to them."))
    refuse({"words": problem_text(words, "") if words else ""})
    _locked(promise)
    if known := Release.objects.filter(promise=promise).first():
        return known
    entry = _append("promise.released", promise, words, by, now)
    return Release.objects.create(promise=promise, words=words, by=by, at=now, entry=entry)


@transaction.atomic
def hand_on(promise: Promise, to: Person, words: str, *, by: Person, now: datetime) -> Passing:
    """Somebody else owes it from here on: said by whoever owes it, or is above the person.

    Raises PermissionDenied, ValidationError.
    """
    words = tidy(words)
    demand(may_deliver(by, promise), _("Handed on by whoever owes it, or is above the person."))
    refuse(
        {"words": problem_text(words, _("Say why somebody else sees to it now.")), "to": _not_to(promise, to)}
    )
    locked = _locked(promise)
    if locked.state(now) not in WAITING:
        raise ValidationError(_("Nothing is owed here any more."))
    if _holder(promise).owes == to.pk:
        raise ValidationError({"to": _("They owe it already.")})
    return _passed(promise, to, words, by, now)


def _not_to(promise: Promise, to: Person) -> str:
    if to.pk == promise.person_id:
        return _("Support is owed by somebody else than the person.")
    return "" if access.at_work(to) else _("Somebody who works here has to owe it.")


def _holder(promise: Promise) -> Promise:
    """With `owes`, as it is now."""
    return Promise.objects.with_ower().get(pk=promise.pk)


def _passed(promise: Promise, to: Person, words: str, by: Person | None, now: datetime) -> Passing:
    leads = access.in_line(to, promise.person)
    body = {"promise": promise.entry_id, "to": pseudonym_of(to), "as_manager": leads, "words": words}
    entry = append("promise.handed_on", about=promise.person, body=body, by=by, now=now)
    record(by, "handed on a promise", promise, now)
    Promise.objects.filter(pk=promise.pk).update(held_by=to, held_as_manager=leads)
    return Passing.objects.create(
        promise=promise, to=to, as_manager=leads, words=words, by=by, at=now, entry=entry
    )


def note_passed_on(now: datetime) -> int:
    """Writes down which promises passed to another manager since somebody left or moved; how many.

    Who owes a promise follows from the staff list at every look; this is the record of it. Harmless to repeat.
    """
    moved = Promise.objects.waiting().with_ower().exclude(owes=None).exclude(owes=F("held_by"))
    return sum(_noted(promise, now) for promise in moved.select_related("person"))


@transaction.atomic
def _noted(promise: Promise, now: datetime) -> bool:
    _locked(promise)
    holder = _holder(promise)
    if holder.owes is None or holder.owes == holder.held_by_id:
        return False
    _passed(promise, Person.objects.get(pk=holder.owes), "", None, now)
    return True


def may_deliver(by, promise: Promise) -> bool:
    """Whoever owes it today, the line above the person, and HR partners."""
    if not access.at_work(by) or by.pk == promise.person_id:
        return False
    if may_promise(by, promise.person):
        return True
    return Promise.objects.owed_by(by).filter(pk=promise.pk).exists()


def _locked(promise: Promise) -> Promise:
    return held(Promise.objects.all(), promise.pk)


def _append(what: str, promise: Promise, words: str, by: Person, now: datetime) -> Entry:
    record(by, what.partition(".")[2].replace("_", " "), promise, now)
    body = {"promise": promise.entry_id, "words": words}
    return append(what, about=promise.person, body=body, by=by, now=now)
