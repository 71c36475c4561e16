"""What growth itself puts on the list of what somebody owes."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from andon.growth.models import ActionItem, Coaching, OneToOne, Promise
from andon.growth.models.passing import nearest_manager
from andon.growth.owed import Owed, register
from andon.growth.rules import passing
from andon.growth.rules.promises import words
from andon.people.models import Line, Person
from andon.standards.models import Acknowledgement

MOST = 200  # of each kind: beyond it nobody reads on


@register
def support(person: Person, now: datetime) -> list[Owed]:
    """Promises that have not come, or that are doubted without an answer."""
    waiting = Promise.objects.owed_by(person).waiting().listed().select_related("person", "owed_by")
    return [
        Owed(
            kind=_("Support"),
            what=promise.what,
            to=promise.person,
            due=promise.due,
            page=("team:promise", str(promise.pk)),
            passed_on=_passed_on(promise, person),
            state=words(promise.facts(now), timezone.localdate(now)),
            thing=promise,
        )
        for promise in waiting[:MOST]
    ]


def _passed_on(promise: Promise, person: Person) -> str:
    if promise.owed_by_id == person.pk:
        return ""
    return passing.words(promise.owed_by.name, person.name, to_reader=True)


@register
def follow_ups(person: Person, now: datetime) -> list[Owed]:
    """Talks in which to look back at what was agreed."""
    return [
        Owed(
            kind=_("Follow-up"),
            what=coaching.agreed_action,
            to=coaching.person,
            due=coaching.next_on,
            page=("team:coaching", str(coaching.pk)),
            passed_on="" if coaching.by_id == person.pk else passing.agreed(coaching.by.name),
            thing=coaching,
        )
        for coaching in Coaching.objects.to_follow_up_by(person).select_related("person", "by")[:MOST]
    ]


@register
def actions(person: Person, now: datetime) -> list[Owed]:
    """What one took on in talks of two, and has not done."""
    talks = OneToOne.objects.visible_to(person).order_by().values("pk")
    mine = ActionItem.objects.filter(owner=person, done=None, one_to_one__in=talks)
    return [
        Owed(
            kind=_("From a 1:1"),
            what=action.text,
            to=action.one_to_one.other(person),
            due=action.due,
            page=("coaching:one_to_one", str(action.one_to_one_id)),
            thing=action,
        )
        for action in mine.select_related("one_to_one__person", "one_to_one__manager")[:MOST]
    ]


@register
def answers(person: Person, now: datetime) -> list[Owed]:
    """Questions and objections to standards that nobody has answered: asked of the nearest manager."""
    asked = Acknowledgement.objects.exclude(kind=Acknowledgement.Kind.UNDERSTOOD).filter(answers=None)
    below = Line.objects.filter(above=person).values("below")
    mine = asked.filter(person__in=below, person__is_active=True).annotate(owes=nearest_manager())
    mine = mine.filter(owes=person.pk)
    return [
        Owed(
            kind=_("Answer"),
            what=_("{kind}, about “{standard}”: {words}").format(
                kind=_("A question") if one.kind == Acknowledgement.Kind.QUESTION else _("An objection"),
                standard=one.version.standard.name,
                words=one.words,
            ),
            to=one.person,
            due=None,
            page=("standards:readers", str(one.version.standard_id)),
            thing=one,
        )
        for one in mine.select_related("person", "version__standard")[:MOST]
    ]
