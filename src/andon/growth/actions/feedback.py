"""Asking for feedback, answering, giving it unasked, sharing it, and putting it on one's record.

Nothing of a confidential answer goes to the trail or the ledger, and nothing of feedback that was asked for does.
"""

import random
import uuid
from collections.abc import Iterable
from datetime import date, datetime, time

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.growth.actions.guards import (
    day_of,
    demand,
    demand_at_work,
    demand_colleague,
    demand_own,
    needed,
    refuse,
)
from andon.growth.actions.record import put
from andon.growth.models import Answer, Feedback, FeedbackRound, FeedbackShare, Invitation
from andon.growth.queries.feedback import facts_of
from andon.growth.rules import feedback as rules
from andon.growth.rules.sharing import Wish, problem_sharing
from andon.people import access
from andon.people.models import Person
from andon.people.words import tidy
from andon.standards.models import Behaviour


@transaction.atomic
def ask(
    to: Iterable[Person],
    question: str,
    *,
    confidential: bool,
    closes_on: date,
    by: Person,
    now: datetime,
) -> FeedbackRound:
    """Puts a question about oneself to colleagues; whether it is confidential never changes after.

    Raises PermissionDenied, ValidationError.
    """
    demand_at_work(by)
    asked = list({person.pk: person for person in to}.values())
    for person in asked:
        demand_colleague(person, by)
    question = tidy(question)
    refuse(rules.problem_asking(question, len(asked), confidential, closes_on, day_of(now)))
    put_to = FeedbackRound.objects.create(
        about=by, asked_by=by, question=question, confidential=confidential, asked_at=now,
        closes_at=_end_of(closes_on),
    )  # fmt: skip
    asked.sort(key=lambda person: (person.name, person.pk))  # the order of choosing tells nothing either
    Invitation.objects.bulk_create(Invitation(round=put_to, to=person) for person in asked)
    return put_to


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


@transaction.atomic
def answer(
    to: FeedbackRound, text: str, *, by: Person, now: datetime, rng: random.Random | None = None
) -> None:
    """Answers once. Of a confidential round nothing that is kept tells who, when, or in which order.

    Raises PermissionDenied, ValidationError.
    """
    invitation = _invited(to, by)
    text, closed = tidy(text), now >= invitation.round.closes_at
    refuse(rules.problem_answering(text, closed, invitation.answered or invitation.declined))
    invitation.answered = True
    invitation.save(update_fields=["answered"])
    if invitation.round.confidential:
        _mix_in(invitation.round, text, rng or random.SystemRandom())
    else:
        Answer.objects.create(round=invitation.round, text=text, on=day_of(now), by=by)


def _mix_in(to: FeedbackRound, text: str, rng: random.Random) -> None:
    """All answers are written anew in a random order, so that where a row lies tells nothing either."""
    texts = [*to.answers.values_list("text", flat=True), text]
    rng.shuffle(texts)
    to.answers.all().delete()
    on = timezone.localdate(to.closes_at)
    Answer.objects.bulk_create(Answer(id=uuid.uuid4(), round=to, text=each, on=on) for each in texts)


@transaction.atomic
def decline(to: FeedbackRound, *, by: Person, now: datetime) -> None:
    """Needs no reason, and who asked is not told who declined."""
    invitation = _invited(to, by)
    if invitation.answered:
        raise ValidationError(_("You have answered already. Thank you."))
    invitation.declined = True
    invitation.save(update_fields=["declined"])


def _invited(to: FeedbackRound, by: Person) -> Invitation:
    """The invitation of somebody at work, with the round locked: answers of one round come one after the other."""
    demand_at_work(by)
    locked = FeedbackRound.objects.select_for_update().get(pk=to.pk)
    found = Invitation.objects.filter(round=locked, to=by).first()
    if found is None:
        raise PermissionDenied(_("Only those who were asked answer."))
    found.round = locked
    return found


@transaction.atomic
def call_off(asked: FeedbackRound, *, by: Person, now: datetime) -> None:
    """Takes a question back that is not over. What was written confidentially is deleted unread."""
    locked = FeedbackRound.objects.select_for_update().get(pk=asked.pk)
    demand_own(locked.about_id, by)
    if now >= locked.closes_at:
        raise ValidationError(_("This question is over; there is nothing to take back."))
    if locked.confidential or not locked.answers.exists():
        locked.delete()
        return
    locked.invitations.filter(answered=False).delete()
    locked.closes_at = now
    locked.save(update_fields=["closes_at"])


@transaction.atomic
def give(to: Person, text: str, *, behaviour: Behaviour | None = None, by: Person, now: datetime) -> Feedback:
    """Feedback that nobody asked for, by name; it is theirs to share.

    Raises PermissionDenied, ValidationError.
    """
    demand_at_work(by)
    demand_colleague(to, by)
    text = needed(text, _("Write what you saw and what it led to."))
    return Feedback.objects.create(about=to, by=by, behaviour=behaviour, text=text, at=now)


@transaction.atomic
def share(what: FeedbackRound | Feedback, to: Person, *, by: Person, now: datetime) -> FeedbackShare:
    """Lets somebody above read it. Raises PermissionDenied, ValidationError."""
    refuse(
        problem_sharing(
            Wish(
                own=what.about_id == by.pk and access.at_work(by),
                readable=not isinstance(what, FeedbackRound) or rules.showing(facts_of(what), now).shown,
                to_self=to.pk == by.pk,
                to_at_work=access.at_work(to),
                to_above=access.in_line(to, by),
            )
        )
    )
    found = {"round": what} if isinstance(what, FeedbackRound) else {"feedback": what}
    known = FeedbackShare.objects.filter(**found, to=to, ended_at=None).first()
    return known or FeedbackShare.objects.create(**found, to=to, at=now)


@transaction.atomic
def take_back(shared: FeedbackShare, *, by: Person, now: datetime) -> None:
    about = (shared.round or shared.feedback).about_id
    demand_own(about, by)
    FeedbackShare.objects.filter(pk=shared.pk, ended_at=None).update(ended_at=now)


@transaction.atomic
def put_on_record(what: Answer | Feedback, *, by: Person, now: datetime) -> None:
    """The person makes it part of their record; from then on it is evidence like any other."""
    if isinstance(what, Answer):
        demand_own(what.round.about_id, by)
        demand(rules.showing(facts_of(what.round), now).shown, _("This cannot be read yet."))
        title, on, behaviour = what.round.question, what.on, None
        confidential = what.round.confidential
    else:
        demand_own(what.about_id, by)
        title, on, behaviour = _("Feedback"), day_of(what.at), what.behaviour
        confidential = False
    source = _("Confidential feedback that the person asked for") if confidential else _by_name(what.by)
    put(what, by, "feedback", title=title, text=what.text, happened_on=on, source=source, now=now,
        behaviour=behaviour)  # fmt: skip


def _by_name(giver: Person | None) -> str:
    return _("Feedback of %(name)s") % {"name": giver.name if giver else _("somebody who left")}


@transaction.atomic
def let_go(now: datetime) -> int:
    """Deletes unread what was answered in confidential rounds that ended with fewer than three; how many rounds."""
    ended = FeedbackRound.objects.filter(confidential=True, closes_at__lte=now, answers__isnull=False)
    few = [one for one in ended.distinct() if not rules.showing(facts_of(one), now).shown]
    Answer.objects.filter(round__in=few).delete()
    return len(few)
