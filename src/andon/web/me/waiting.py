"""What waits for me: how many of each, in one query, and where to go for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import CharField, Count, Q, QuerySet, Value
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import ngettext

from andon.evidence.models import Item
from andon.growth.models import Coaching, Mentoring, SkillConfirmation, Training, View
from andon.growth.queries.feedback import open_to
from andon.people.models import Person
from andon.plans.models import Plan
from andon.plans.rules.life import APPEAL_DAYS, Stage

SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Wait:
    """One kind of thing that waits, in words, and the page where it is done."""

    words: str
    url: str


def waiting(counts: Mapping[str, int], unread: int) -> list[Wait]:
    """`unread`: standards that are not acknowledged yet."""
    told = (_told(what, unread if what == "standards" else counts.get(what, 0)) for what in PAGES)
    return [wait for wait in told if wait]


def counted(person: Person, now: datetime) -> dict[str, int]:
    """How many of each there are, and under "open plan" whether one is under way. One query."""
    first, *rest = (_counted(rows, what) for what, rows in _rows(person, now))
    return {row["what"]: row["n"] for row in first.union(*rest, all=True).order_by("what")}


def _rows(person: Person, now: datetime) -> Iterator[tuple[str, QuerySet]]:
    soon = timezone.localdate(now + SOON)
    yield "record", Item.objects.of(person).filter(sight=None).exclude(by=person)
    yield "feedback", open_to(person, now)
    yield "confirm", SkillConfirmation.objects.waiting().filter(by=person)
    yield "mentoring", Mentoring.objects.waiting().filter(mentor=person)
    yield "views", View.objects.filter(coaching__person=person, confirmation=None).exclude(by=person)
    yield "follow_ups", Coaching.objects.filter(person=person, follow_up_on__lte=soon, follow_ups=None)
    yield "plan", Plan.objects.of(person).filter(stage__in=["issued", "paused"])
    lately = {"steps__on__gte": timezone.localdate(now) - timedelta(days=APPEAL_DAYS)}
    closed = Plan.objects.of(person).filter(stage=Stage.CLOSED)
    yield "decided", closed.filter(steps__kind="approved", **lately)
    yield "heard", Plan.objects.of(person).filter(steps__kind="heard", **lately)
    yield "open plan", Plan.objects.of(person).open()
    yield "training", Training.objects.under_way().filter(Q(assigned_by__isnull=False), person=person)


def _counted(rows: QuerySet, what: str) -> QuerySet:
    named = rows.order_by().annotate(what=Value(what, CharField()))
    return named.values("what").annotate(n=Count("pk", distinct=True))


PAGES = {
    "standards": ("standards:mine",),
    "record": ("record:mine",),
    "feedback": ("me:feedback",),
    "confirm": ("me:careers",),
    "mentoring": ("me:mentoring",),
    "views": ("coaching:mine",),
    "follow_ups": ("coaching:mine",),
    "training": ("me:training",),
    "plan": ("plans:mine",),
    "decided": ("plans:mine",),
    "heard": ("plans:mine",),
}


def _told(what: str, n: int) -> Wait | None:
    if not n:
        return None
    try:
        url = reverse(*PAGES[what])
    except NoReverseMatch:
        return None
    return Wait(_words(what, n), url)


def _words(what: str, n: int) -> str:
    told = {
        "standards": ngettext("One standard to read", "%(n)s standards to read", n),
        "record": ngettext("One new item on your record to read, and to answer if you like",
                           "%(n)s new items on your record to read, and to answer if you like", n),
        "feedback": ngettext("A colleague asks you for feedback", "%(n)s colleagues ask you for feedback", n),
        "confirm": ngettext("A colleague asks you to confirm a skill",
                            "Colleagues ask you to confirm %(n)s skills", n),
        "mentoring": ngettext("Somebody asks you to be their mentor", "%(n)s people ask you to be their mentor", n),
        "views": ngettext("Your manager wrote down how you see it: is it right?",
                          "Your manager wrote down %(n)s times how you see it: is it right?", n),
        "follow_ups": ngettext("A follow-up to a coaching talk is due",
                               "%(n)s follow-ups to coaching talks are due", n),
        "plan": ngettext("Something was handed to you to read and to answer",
                         "%(n)s things were handed to you to read and to answer", n),
        "decided": ngettext("A decision about you is there to read; you can appeal within a month",
                            "%(n)s decisions about you are there to read; you can appeal within a month", n),
        "heard": ngettext("Your appeal was answered: read what became of it",
                          "%(n)s of your appeals were answered: read what became of them", n),
        "training": ngettext("One course was given to you to take", "%(n)s courses were given to you to take", n),
    }  # fmt: skip
    return told[what] % {"n": n} if n > 1 else told[what]
