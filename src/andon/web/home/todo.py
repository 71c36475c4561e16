"""What waits for somebody: questions put to them, questions of their own, signals without a mechanism."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from andon.escalations.models import Escalation
from andon.escalations.rules import Clock
from andon.people.models import Person
from andon.signals.access import assignable
from andon.signals.models import Signal

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """One open question with the clock that runs out first; `clock` is None when all are met."""

    number: int
    title: str
    about: str
    url: str
    clock: Clock | None


@dataclass(frozen=True, slots=True)
class Todo:
    """`put` to me or my team, `mine` that I asked, and how many signals I could give a mechanism."""

    put: list[Asked]
    mine: list[Asked]
    unsorted: int

    def __bool__(self) -> bool:
        return bool(self.put or self.mine or self.unsorted)


def todo(person: Person, now: datetime) -> Todo:
    """Three queries, and what it takes to know who somebody is."""
    seen = Escalation.objects.visible_to(person).open()
    by_me_for_my_line = Q(raised_by=person) & ~Q(to_person=person)  # who asks waits for others
    put = _asked(seen.put_to(person).exclude(by_me_for_my_line), now)
    known = [asked.number for asked in put]
    mine = _asked(seen.filter(raised_by=person).exclude(number__in=known), now)
    unsorted = assignable(Signal.objects.visible_to(person).unassigned(), person)
    return Todo(put, mine, unsorted.count())


def _asked(questions, now: datetime) -> list[Asked]:
    found = questions.with_facts().select_related("mechanism", "pin__calendar").order_by("raised_at")[:SHOWN]
    return sorted((_one(question, now) for question in found), key=_urgency)


def _one(question: Escalation, now: datetime) -> Asked:
    about = question.mechanism.name if question.mechanism else _("no mechanism yet")
    url = reverse("escalations:show", args=[question.number])
    return Asked(question.number, question.heading, about, url, first_running(question, now))


def first_running(question: Escalation, now: datetime) -> Clock | None:
    running = [clock for clock in question.clocks(now) if clock.running]
    return min(running, key=lambda clock: clock.due, default=None)


def _urgency(asked: Asked) -> tuple[bool, float]:
    return asked.clock is None, asked.clock.due.timestamp() if asked.clock else 0.0
