"""What happened to whom within a span of time: a query for each kind of thing, and no text of anybody's."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from andon.culture.fairness.models import Attribute, Membership
from andon.evidence.models import Answer, Item, Reply
from andon.growth.models import (
    Coaching,
    Delivery,
    Doubt,
    DoubtAnswer,
    FollowUp,
    Mentoring,
    Promise,
    Recognition,
    Training,
)
from andon.growth.models.skills import PathStep
from andon.people.models import Person
from andon.plans.models import Change, Examination, Override, Plan, Step
from andon.plans.rules.life import DECISIONS, Outcome
from andon.standards.models import Holding

SET_ASIDE = "set aside"
Happened = dict[int, date]
"""Person to the first day on which it happened to them."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody who was at work within the span: from when to when of it, in which role at its beginning."""

    starts: date
    ends: date
    role: str
    manager: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """`happened` by process, `waits` in days by kind, `overrides` as (condition, outcome of the plan)."""

    since: date
    until: date
    people: dict[int, Subject]
    groups: dict[str, dict[int, str]]
    happened: dict[str, Happened]
    waits: dict[str, list[tuple[int, float]]]
    still: dict[str, int] = field(default_factory=dict)
    overrides: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Span:
    since: datetime
    until: datetime

    @classmethod
    def of(cls, since: date, until: date) -> "Span":
        starts, ends = (timezone.make_aware(datetime.combine(day, time.min)) for day in (since, until))
        return cls(starts, ends)

    def within(self, rows: QuerySet, name: str = "at") -> QuerySet:
        return rows.filter(**{f"{name}__gte": self.since, f"{name}__lt": self.until}).order_by()


def facts(since: date, until: date, attributes: list[Attribute], step: Callable[[], object]) -> Facts:
    """`step` is called after each part, for a bar of progress. People, groups, and whatever happened to them."""
    span = Span.of(since, until)
    people = subjects(since, until)
    step()
    groups = {one.slug: _groups(one, people) for one in attributes}
    step()
    happened = happened_to(people, since, until)
    step()
    waits, still = _waits(span, people)
    step()
    return Facts(since, until, people, groups, happened, waits, still, _overrides(span))


def subjects(since: date, until: date) -> dict[int, Subject]:
    """Who was at work on some day of the span."""
    rows = Person.objects.order_by().values_list("pk", "joined", "left", "title", "manager")
    roles = _roles(since, until)
    return {
        pk: Subject(max(joined or since, since), min(left or until, until), roles.get(pk, title), manager)
        for pk, joined, left, title, manager in rows
        if (joined or since) < until and (left or until) > since
    }


def _roles(since: date, until: date) -> dict[int, str]:
    """The first role that somebody held in the span: what they became in it may be what is looked at."""
    held = Holding.objects.filter(starts__lt=until).exclude(ends__lte=since).order_by("-starts", "-pk")
    return {person: f"role {role}" for person, role in held.values_list("person", "job_role")}


def _groups(attribute: Attribute, people: dict[int, Subject]) -> dict[int, str]:
    rows = Membership.objects.filter(attribute=attribute).values_list("person", "group")
    return {person: group for person, group in rows if person in people}


def happened_to(people: dict[int, Subject], since: date, until: date) -> dict[str, Happened]:
    return {name: _first(rows, people) for name, rows in _events(Span.of(since, until))}


def _first(rows: Iterator[tuple[int, Any]], people: dict[int, Subject]) -> Happened:
    found: Happened = {}
    for person, at in rows:
        day = timezone.localdate(at) if isinstance(at, datetime) else at
        if person in people and (person not in found or day < found[person]):
            found[person] = day
    return found


def _events(span: Span) -> Iterator[tuple[str, Any]]:
    """Process to rows (person, when)."""
    yield "coached", span.within(Coaching.objects).values_list("person", "at")
    others = Item.objects.filter(by__isnull=False, corrects=None).exclude(by=F("person"))
    yield "evidence", span.within(others).values_list("person", "at")
    yield "promised", span.within(Promise.objects).values_list("person", "at")
    yield "delivered", span.within(Delivery.objects).values_list("promise__person", "at")
    yield "examined", span.within(Examination.objects).values_list("person", "at")
    yield "overridden", span.within(Override.objects).values_list("examination__person", "at")
    yield (
        "calibrated",
        span.within(Change.objects.filter(case__plan__isnull=False)).values_list("case__plan__person", "at"),
    )
    yield from _of_plans(span)
    yield from _of_growth(span)
    yield from _of_careers(span)


def _of_plans(span: Span) -> Iterator[tuple[str, Any]]:
    yield "planned", span.within(Plan.objects, "proposed_at").values_list("person", "proposed_at")
    steps = span.within(Step.objects.filter(kind__in=("decided", "appealed", "heard")))
    rows = list(steps.values_list("plan__person", "at", "kind", "data", "plan__outcome"))
    yield (
        "decided",
        [(who, at) for who, at, kind, _data, end in rows if kind == "decided" and end in DECISIONS],
    )
    yield "met", [(who, at) for who, at, kind, _data, end in rows if kind == "decided" and end == Outcome.MET]
    yield "appealed", [(who, at) for who, at, kind, *_rest in rows if kind == "appealed"]
    aside = [
        (who, at) for who, at, kind, data, _e in rows if kind == "heard" and data.get("outcome") == SET_ASIDE
    ]
    yield "upheld", aside


def _of_growth(span: Span) -> Iterator[tuple[str, Any]]:
    yield "training", span.within(Training.objects, "begun_at").values_list("person", "begun_at")
    done = Training.objects.filter(done_on__gte=span.since.date(), done_on__lt=span.until.date())
    yield "trained", done.order_by().values_list("person", "done_on")
    yield "mentored", span.within(Mentoring.objects, "agreed_at").values_list("mentee", "agreed_at")
    yield "recognised", span.within(Recognition.objects).values_list("to", "at")


def _of_careers(span: Span) -> Iterator[tuple[str, Any]]:
    """Another role after the first one is a move; along a path that leads up, or to lead others, a promotion."""
    up = set(PathStep.objects.filter(way=PathStep.Way.UP).values_list("from_role", "to_role"))
    last: dict[int, int] = {}
    moved, promoted = [], []
    rows = Holding.objects.filter(starts__lt=timezone.localdate(span.until)).order_by("starts", "pk")
    for person, role, starts in rows.values_list("person", "job_role", "starts"):
        before = last.get(person)
        last[person] = role
        if before is not None and before != role and starts >= timezone.localdate(span.since):
            moved.append((person, starts))
            if (before, role) in up:
                promoted.append((person, starts))
    yield "moved", moved
    yield "promoted", promoted


def _waits(
    span: Span, people: dict[int, Subject]
) -> tuple[dict[str, list[tuple[int, float]]], dict[str, int]]:
    """Days from asking to answer, of what was asked within the span; and how many still waited at its end."""
    found, still = {}, {}
    for name, rows in _asked(span):
        known = [(person, asked, answered) for person, asked, answered in rows if person in people]
        over = [(person, at, end) for person, at, end in known if end is not None and end < span.until]
        found[name] = [(person, (end - at) / timedelta(days=1)) for person, at, end in over]
        still[name] = len(known) - len(over)
    return found, still


def _asked(span: Span) -> Iterator[tuple[str, list[tuple[int, datetime, datetime | None]]]]:
    asked = span.within(Promise.objects).values_list("pk", "person", "at")
    yield "delivery", _joined(asked, _firsts(Delivery.objects, "promise"))
    asked = span.within(Doubt.objects).values_list("pk", "promise__person", "at")
    yield "doubt", _joined(asked, _firsts(DoubtAnswer.objects, "doubt"))
    asked = span.within(Reply.objects.filter(asks=True)).values_list("pk", "item__person", "at")
    yield "reply", _joined(asked, _firsts(Answer.objects, "reply"))
    asked = span.within(Coaching.objects).values_list("pk", "person", "at")
    yield "follow_up", _joined(asked, _firsts(FollowUp.objects, "coaching"))
    asked = span.within(Plan.objects, "proposed_at").values_list("pk", "person", "proposed_at")
    yield "issue", _joined(asked, _firsts(Step.objects.filter(kind="issued"), "plan"))
    yield "appeal", _appeals(span)


def _firsts(rows: QuerySet, name: str) -> dict[int, datetime]:
    return dict(rows.order_by("-at", "-pk").values_list(name, "at"))


def _joined(asked: Any, answers: dict[int, datetime]) -> list[tuple[int, datetime, datetime | None]]:
    return [(person, at, answers.get(pk)) for pk, person, at in asked]


def _appeals(span: Span) -> list[tuple[int, datetime, datetime | None]]:
    """Each appeal to the next hearing of the same plan."""
    heard: dict[int, list[datetime]] = {}
    for plan, at in Step.objects.filter(kind="heard").order_by("at").values_list("plan", "at"):
        heard.setdefault(plan, []).append(at)
    asked = span.within(Step.objects.filter(kind="appealed")).values_list("plan", "plan__person", "at")
    return [
        (who, at, next((end for end in heard.get(plan, ()) if end >= at), None)) for plan, who, at in asked
    ]


def _overrides(span: Span) -> list[tuple[int, str]]:
    """Condition left out, and what became of the plan: its outcome, "open", or "none" where there is no plan."""
    found = []
    rows = span.within(Override.objects).values_list(
        "condition", "examination__plan", "examination__plan__outcome"
    )
    for condition, plan, outcome in rows:
        found.append((condition, "none" if plan is None else outcome or "open"))
    return found
