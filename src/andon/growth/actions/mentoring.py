"""Mentoring: offered, asked for, agreed or declined, ended. Between two people."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.growth.actions.guards import demand, demand_at_work, demand_colleague, demand_own, needed
from andon.growth.models import Mentoring, MentorOffer
from andon.people.models import Person


@transaction.atomic
def offer(about: str, *, by: Person, now: datetime) -> MentorOffer:
    """Says that one would be a mentor, and in what; again changes the words."""
    demand_at_work(by)
    about = needed(about, _("Say in what you could be of use."), 200)
    made, _new = MentorOffer.objects.update_or_create(
        person=by, defaults={"about": about}, create_defaults={"about": about, "since": now}
    )
    return made


@transaction.atomic
def withdraw_offer(*, by: Person, now: datetime) -> None:
    demand_at_work(by)
    MentorOffer.objects.filter(person=by).delete()


@transaction.atomic
def ask(to: Person, about: str, *, by: Person, now: datetime) -> Mentoring:
    """Raises PermissionDenied, ValidationError."""
    demand_at_work(by)
    demand_colleague(to, by)
    about = needed(about, _("Say what you would like to learn from them."))
    if Mentoring.objects.filter(mentee=by, mentor=to, declined_at=None, ended_at=None).exists():
        raise ValidationError(_("You have asked them already."))
    return Mentoring.objects.create(mentee=by, mentor=to, about=about, asked_at=now)


@transaction.atomic
def agree(asked: Mentoring, *, by: Person, now: datetime) -> None:
    _answer(asked, by, agreed_at=now)


@transaction.atomic
def decline(asked: Mentoring, *, by: Person, now: datetime) -> None:
    """Needs no reason."""
    _answer(asked, by, declined_at=now)


def _answer(asked: Mentoring, by: Person, **moment: datetime) -> None:
    demand_own(asked.mentor_id, by)
    if not Mentoring.objects.waiting().filter(pk=asked.pk).update(**moment):
        raise ValidationError(_("This was answered already."))


@transaction.atomic
def end(mentoring: Mentoring, *, by: Person, now: datetime) -> None:
    """Either of the two, at any time; also taking back what one asked."""
    demand_at_work(by)
    demand(by.pk in (mentoring.mentee_id, mentoring.mentor_id), _("Ended by one of the two."))
    Mentoring.objects.filter(pk=mentoring.pk, declined_at=None, ended_at=None).update(ended_at=now)
