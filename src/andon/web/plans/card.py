"""One's own plan that is not closed yet, on the page of one's work: how it stands, what is late, what comes next."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils import timezone

from andon.growth.models import Promise
from andon.growth.rules.promises import State
from andon.people.models import Person
from andon.plans.models import Plan
from andon.plans.words import stage_words, titled

MISSING = {State.LATE, State.DOUBTED}


@dataclass(frozen=True, slots=True)
class PlanCard:
    """`late` is help that did not come; `checkpoint` the next day on which both look at it together."""

    plan: Plan
    title: str
    words: str
    late: list[str]
    checkpoint: date | None


def card_of(person: Person, now: datetime) -> PlanCard | None:
    promises = Promise.objects.select_related("release").prefetch_related("deliveries", "doubts__answer")
    plan = (
        Plan.objects.of(person)
        .open()
        .legible()
        .select_related("standard")
        .prefetch_related("steps", "checkpoints__notes", Prefetch("supports__promise", promises))
        .first()
    )
    if plan is None:
        return None
    today = timezone.localdate(now)
    return PlanCard(plan, titled(), stage_words(plan.case, today), _late(plan, now), _next(plan, today))


def _late(plan: Plan, now: datetime) -> list[str]:
    promises = [one.promise for one in plan.supports.all()]
    return [one.what for one in promises if one.state(now) in MISSING]


def _next(plan: Plan, today: date) -> date | None:
    return next((one.due for one in plan.checkpoints.all() if one.due >= today and not one.held), None)
