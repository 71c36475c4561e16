"""A plan as its pages show it: told once, for the person and for those who work on it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from andon.evidence.models import Item
from andon.growth.rules.promises import State
from andon.growth.rules.promises import words as promise_words
from andon.people import saying
from andon.people.retelling import retold
from andon.plans.models import Checkpoint, Plan, Version
from andon.plans.rules.gate import NAMES, Condition, Gate
from andon.plans.rules.life import SUPPORT, Case, Stage
from andon.plans.words import by_words, stage_words, step_words

CHIPS = {State.LATE: "open", State.DOUBTED: "open", State.DELIVERED: "good", State.DELIVERED_LATE: "good"}


@dataclass(frozen=True, slots=True)
class SupportRow:
    """A promise with how it stands; before issue it is only proposed, and `promise` is None."""

    what: str
    kind: str
    by: str
    due: date
    words: str
    chip: str
    promise: Any = None
    came: str = ""
    doubtable: bool = False


@dataclass(frozen=True, slots=True)
class CheckRow:
    checkpoint: Checkpoint
    late: bool
    held: bool
    notes: list[Any]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A condition that HR left out: which, by whom, why."""

    name: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What happened beside the forecast without any plan, for one measure; each in words."""

    name: str
    before: str
    expected: str
    low: str
    high: str
    after: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything on the page of a plan."""

    plan: Plan
    case: Case
    state: str
    version: Version
    versions: list[Version]
    targets: tuple
    supports: list[SupportRow]
    checks: list[CheckRow]
    gate: list[Condition]
    later: list[LeftOut]
    items: list[Item]
    story: list[dict[str, Any]]
    looks: list[tuple[Any, list[Beside]]]
    appeal: str
    seen: int

    @property
    def closed(self) -> bool:
        return self.case.stage == Stage.CLOSED

    @property
    def late(self) -> list[str]:
        """What is late on the side of those who promised, for everybody to see."""
        checks = [
            _("the checkpoint of %(day)s") % {"day": saying.day(one.checkpoint.due)}
            for one in self.checks
            if one.late
        ]
        return [f"“{one.what}”" for one in self.supports if one.chip == "open"] + checks


def told(plan: Plan, now: datetime) -> PlanPage:
    case, today = plan.case, timezone.localdate(now)
    version = plan.newest
    return PlanPage(
        plan=plan, case=case, state=stage_words(case, today), version=version, versions=list(plan.versions.all()),
        targets=version.told.targets, supports=_supports(plan, version, today, now), checks=_checks(plan, now),
        gate=list(Gate.of(plan.gate_at_issue or plan.gate).conditions), later=exceptions(plan),
        items=_items(version), story=_story(plan),
        looks=[(look, beside(look.figures)) for look in plan.looks.all()], appeal=case.appealing,
        seen=plan.steps.count() if not hasattr(plan, "_prefetched_objects_cache") else len(plan.steps.all()),
    )  # fmt: skip


def beside(figures: dict[str, Any]) -> list[Beside]:
    """A row for each measure of which a forecast could be made."""
    rows = []
    for name, found in figures.items():
        if forecast := found.get("forecast"):
            numbers = (
                found["before"],
                *(forecast[one] for one in ("expected", "low", "high")),
                found["after"],
            )
            unit = found.get("unit", "")
            rows.append(Beside(name, *(saying.value(one, unit, more=1) for one in numbers)))
    return rows


def _supports(plan: Plan, version: Version, today: date, now: datetime) -> list[SupportRow]:
    made = [_promised(one.promise, today, now) for one in plan.supports.all()]
    if made:
        return made
    from andon.people.models import Person

    owing = Person.objects.in_bulk([one.owed_by for one in version.told.supports])
    return [
        SupportRow(one.what, one.kind, owing[one.owed_by].name, date.fromisoformat(one.due), "", "")
        for one in version.told.supports
    ]


def _promised(promise: Any, today: date, now: datetime) -> SupportRow:
    state = promise.state(now)
    came = [f"{one.words} ({one.by.name})" for one in promise.deliveries.all()]
    return SupportRow(
        what=promise.what, kind=promise.get_kind_display(), by=promise.owed_by.name, due=promise.due,
        words=promise_words(promise.facts(now), today), chip=CHIPS.get(state, "calm"), promise=promise,
        came=" ".join(came), doubtable=state in {State.LATE, State.DELIVERED, State.DELIVERED_LATE},
    )  # fmt: skip


def _checks(plan: Plan, now: datetime) -> list[CheckRow]:
    rows = plan.checkpoints.all()
    return [
        CheckRow(one, one.overdue(now) and plan.stage != Stage.CLOSED, one.held, list(one.notes.all()))
        for one in rows
    ]


def exceptions(plan: Plan) -> list[LeftOut]:
    """What HR left out once it was proposed; what was left out of the gate stands beside its condition."""
    return [
        LeftOut(_condition(step), by_words(step), step.at, step.words)
        for step in plan.steps.all()
        if step.kind == "overridden"
    ]


def _condition(step: Any) -> str:
    return retold(NAMES.get(step.data.get("condition", SUPPORT), "Support that did not come"))


def _items(version: Version) -> list[Item]:
    cited = Item.objects.filter(pk__in=version.content["evidence"])
    return list(cited.select_related("by").prefetch_related("replies").order_by("happened_on"))


def _story(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "at": step.at,
            "by": by_words(step),
            "what": step_words(step),
            "words": step.words,
            "kind": step.kind,
        }
        for step in plan.steps.all()
    ]
