"""Talks of two. Nothing of them is in the ledger: what is said there is nobody's evidence."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.growth.line import demand
from andon.growth.models import ActionItem, AgendaItem, Covered, Done, Note, OneToOne
from andon.growth.refusing import refuse
from andon.growth.rules.coaching import problem_day
from andon.growth.rules.words import problem_text
from andon.people import access
from andon.people.models import Person
from andon.people.words import tidy


@transaction.atomic
def plan_talk(person: Person, manager: Person, on: date, *, by: Person, now: datetime) -> OneToOne:
    """A talk of two on a day; either of them plans it. The same pair and day is the same talk."""
    both = access.at_work(person) and access.at_work(manager) and access.in_line(manager, person)
    demand(both and by.pk in {person.pk, manager.pk}, _("A talk is planned by one of the two who have it."))
    refuse({"on": problem_day(on, timezone.localdate(now))})
    return OneToOne.objects.get_or_create(
        person=person, manager=manager, on=on, defaults={"planned_by": by, "at": now}
    )[0]


@transaction.atomic
def put_on_agenda(talk: OneToOne, text: str, *, by: Person, now: datetime) -> AgendaItem:
    return AgendaItem.objects.create(one_to_one=_mine(talk, by), text=_text(text), by=by, at=now)


@transaction.atomic
def write_note(talk: OneToOne, text: str, *, by: Person, now: datetime) -> Note:
    return Note.objects.create(one_to_one=_mine(talk, by), text=_text(text), by=by, at=now)


@transaction.atomic
def agree_action(
    talk: OneToOne, text: str, owner: Person, due: date, *, by: Person, now: datetime
) -> ActionItem:
    """What one of the two does until a day."""
    talk = _mine(talk, by)
    if owner.pk not in {talk.person_id, talk.manager_id}:
        raise ValidationError({"owner": _("One of the two of you takes it on.")})
    refuse({"due": problem_day(due, timezone.localdate(now))})
    return ActionItem.objects.create(one_to_one=talk, text=_text(text), owner=owner, due=due, by=by, at=now)


@transaction.atomic
def cover(item: AgendaItem, *, by: Person, now: datetime) -> Covered:
    """It was talked about, so it is not carried over any more."""
    _mine(item.one_to_one, by)
    return Covered.objects.get_or_create(item=item, defaults={"by": by, "at": now})[0]


@transaction.atomic
def finish(action: ActionItem, *, by: Person, now: datetime) -> Done:
    _mine(action.one_to_one, by)
    return Done.objects.get_or_create(action=action, defaults={"by": by, "at": now})[0]


def _mine(talk: OneToOne, by: Person) -> OneToOne:
    seen = OneToOne.objects.visible_to(by).filter(pk=talk.pk).exists()
    demand(seen, _("What is written here is between the two of you."))
    return talk


def _text(text: str) -> str:
    text = tidy(text)
    refuse({"text": problem_text(text, _("Write a few words."))})
    return text
