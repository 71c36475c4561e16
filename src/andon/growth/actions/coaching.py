"""Coaching: noted once, seen by the person at once, looked back at together. A correction adds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.evidence.ledger import append
from andon.growth.actions.promises import promise
from andon.growth.line import demand, may_coach
from andon.growth.models import Coaching, Confirmation, Correction, FollowUp, View
from andon.growth.models.kept import Written
from andon.growth.queries.process import mechanism_of, standing_of
from andon.growth.refusing import refuse
from andon.growth.rules.coaching import problem_day, problem_follow_up, problems_noting
from andon.growth.rules.words import problem_text
from andon.mechanisms.models import Mechanism
from andon.people import saying
from andon.people.models import Person
from andon.people.trail import record
from andon.people.words import tidy
from andon.standards.models import Standard

AGAIN = timedelta(minutes=10)  # the same words within it are a button pressed twice


@dataclass(frozen=True, slots=True)
class Support:
    """Support promised together with the coaching; `owed_by` None: whoever notes it."""

    what: str
    kind: str
    due: date
    owed_by: Person | None = None


@transaction.atomic
def note_coaching(
    person: Person,
    *,
    situation: str,
    behaviour: str,
    impact: str,
    agreed_action: str,
    follow_up_on: date,
    by: Person,
    now: datetime,
    standard: Standard | None = None,
    mechanism: Mechanism | None = None,
    their_view: str = "",
    with_consent: bool = False,
    support: Sequence[Support] = (),
) -> Coaching:
    """Writes down a talk with somebody of one's line, with how the mechanism stood on that day.

    `their_view` is what the person said, noted `with_consent`; it counts once they confirm it.
    Raises PermissionDenied, and ValidationError with sentences by field.
    """
    demand(may_coach(by, person), _("Coaching is noted by those above somebody who works here."))
    texts = {"situation": situation, "behaviour": behaviour, "impact": impact, "agreed_action": agreed_action}
    texts = {name: tidy(text) for name, text in texts.items()}
    their_view = tidy(their_view)
    refuse(problems_noting(texts, follow_up_on, timezone.localdate(now), their_view, with_consent))
    if known := _just_noted(person, by, texts, now):
        return known
    mechanism = mechanism or mechanism_of(standard)
    coaching = _keep(person, texts, follow_up_on, standard, mechanism, by, now)
    if their_view:
        _view(coaching, their_view, by, now)
    for one in support:
        promise(
            person, what=one.what, kind=one.kind, owed_by=one.owed_by or by, due=one.due, by=by, now=now,
            coaching=coaching,
        )  # fmt: skip
    return coaching


def _just_noted(person: Person, by: Person, texts: dict[str, str], now: datetime) -> Coaching | None:
    return _just_written(Coaching, by, now, person=person, **texts)


def _just_written(kind: type[Written], by: Person, now: datetime, **same: Any) -> Any:
    """The same words of the same writer a moment ago."""
    return kind.objects.filter(by=by, at__gt=now - AGAIN, at__lte=now, **same).first()


def _keep(
    person: Person,
    texts: dict[str, str],
    follow_up_on: date,
    standard: Standard | None,
    mechanism: Mechanism | None,
    by: Person,
    now: datetime,
) -> Coaching:
    process = _process(mechanism, now)
    body = {
        **texts,
        "follow_up_on": follow_up_on.isoformat(),
        "standard": standard.name if standard else None,
        "mechanism": mechanism.slug if mechanism else None,
        "process": process,
    }
    entry = append("coaching.noted", about=person, body=body, by=by, now=now)
    coaching = Coaching.objects.create(
        person=person, by=by, at=now, entry=entry, standard=standard, mechanism=mechanism, process=process,
        follow_up_on=follow_up_on, **texts,
    )  # fmt: skip
    record(by, "noted coaching", coaching, now, person=person.number)
    return coaching


def _process(mechanism: Mechanism | None, now: datetime) -> dict[str, Any]:
    """How the mechanism stood, so that a reader years later sees it as the writer did."""
    if mechanism is None:
        return {}
    with saying.for_keeps():
        stood = standing_of(mechanism, now)
        return {"in_control": stood.in_control, "headline": stood.headline, "sentences": stood.sentences}


@transaction.atomic
def add_their_view(
    coaching: Coaching, text: str, *, by: Person, now: datetime, with_consent: bool = False
) -> View:
    """How the person sees it: in their own words, or noted for them with their consent."""
    text = tidy(text)
    own = by.pk == coaching.person_id
    demand(own or may_coach(by, coaching.person), _("Written by the person, or noted by those above them."))
    refuse({"text": problem_text(text, _("Write how you see it."))})
    if not own and not with_consent:
        raise ValidationError({"with_consent": _("Note what somebody says only if they agree that you do.")})
    return _view(coaching, text, by, now)


def _view(coaching: Coaching, text: str, by: Person, now: datetime) -> View:
    if known := _just_written(View, by, now, coaching=coaching, text=text):
        return known
    body = {"coaching": coaching.entry_id, "text": text, "own": by.pk == coaching.person_id}
    entry = append("coaching.view", about=coaching.person, body=body, by=by, now=now)
    record(by, "wrote how they see it", coaching, now)
    return View.objects.create(coaching=coaching, text=text, by=by, at=now, entry=entry)


@transaction.atomic
def confirm_view(view: View, agrees: bool, *, by: Person, now: datetime) -> Confirmation:
    """The person says whether what was noted is what they said. The first answer holds."""
    coaching = view.coaching
    demand(by.pk == coaching.person_id and not view.own, _("Only the person can say what they said."))
    if known := Confirmation.objects.filter(view=view).first():
        return known
    body = {"view": view.entry_id, "agrees": agrees}
    entry = append("coaching.view_confirmed", about=coaching.person, body=body, by=by, now=now)
    record(by, "confirmed a view" if agrees else "did not confirm a view", coaching, now)
    return Confirmation.objects.create(view=view, agrees=agrees, by=by, at=now, entry=entry)


@transaction.atomic
def correct(coaching: Coaching, text: str, *, by: Person, now: datetime) -> Correction:
    """Says what was wrong in a note. The note stays readable as it was."""
    text = tidy(text)
    demand(
        may_coach(by, coaching.person),
        _("Corrected by those above somebody; the person adds how they see it."),
    )
    refuse({"text": problem_text(text, _("Say what was wrong, and what is right."))})
    if known := _just_written(Correction, by, now, coaching=coaching, text=text):
        return known
    body = {"coaching": coaching.entry_id, "text": text}
    entry = append("coaching.corrected", about=coaching.person, body=body, by=by, now=now)
    record(by, "corrected coaching", coaching, now)
    return Correction.objects.create(coaching=coaching, text=text, by=by, at=now, entry=entry)


@transaction.atomic
def follow_up(
    coaching: Coaching,
    outcome: str,
    *,
    their_part: str,
    our_part: str,
    by: Person,
    now: datetime,
    words: str = "",
    next_on: date | None = None,
) -> FollowUp:
    """Looks back at what was agreed: how it came out, and whether both sides did their part.

    `their_part` and `our_part` are values of `FollowUp.Part`; `next_on` is the day of the next talk about it, if any.
    """
    outcome, words = tidy(outcome), tidy(words)
    demand(may_coach(by, coaching.person), _("Followed up by those above somebody who works here."))
    today = timezone.localdate(now)
    refuse(problem_follow_up(outcome, words, (their_part, our_part), FollowUp.Part.values))
    refuse({"next_on": problem_day(next_on, today) if next_on else ""})
    if now < coaching.at:
        raise ValidationError(_("A follow-up comes after the talk."))
    if known := _just_written(FollowUp, by, now, coaching=coaching, outcome=outcome, words=words):
        return known
    body = {
        "coaching": coaching.entry_id, "outcome": outcome, "words": words, "their_part": their_part,
        "our_part": our_part, "next_on": next_on.isoformat() if next_on else None,
    }  # fmt: skip
    entry = append("coaching.followed_up", about=coaching.person, body=body, by=by, now=now)
    record(by, "followed up coaching", coaching, now)
    return FollowUp.objects.create(
        coaching=coaching, outcome=outcome, words=words, their_part=their_part, our_part=our_part,
        next_on=next_on, by=by, at=now, entry=entry,
    )  # fmt: skip
