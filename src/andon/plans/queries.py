"""What waits for whom: for the pages of managers, of HR and of the person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.growth.owed import Owed
from andon.people import access as people
from andon.people.models import Person
from andon.plans import access
from andon.plans.models import Checkpoint, Examination, Plan
from andon.plans.rules.life import UNDER_WAY, Stage


def owed_by(manager: Person, now: datetime) -> list[Owed]:
    """Checkpoints, hand-overs and decisions of the manager’s own reports. Support is among their promises.

    A decision that was set aside on appeal is owed by the manager of whoever decided it.
    """
    again = Q(person__manager__manager=manager, stage=Stage.ACTIVE, steps__kind="heard")
    mine = Plan.objects.open().filter(Q(person__manager=manager) | again).distinct()
    plans = mine.select_related("person__manager").prefetch_related(
        "steps", Prefetch("checkpoints", Checkpoint.objects.prefetch_related("notes"))
    )
    return [one for plan in plans for one in _owed(plan, manager, timezone.localdate(now))]


def _owed(plan: Plan, manager: Person, today: date) -> Iterator[Owed]:
    def owed(what: str, due: date | None) -> Owed:
        return Owed(_("plan"), what, plan.person, due, ("plans:show", str(plan.pk)), thing=plan)

    if plan.stage == Stage.ACTIVE and plan.due and plan.due <= today and _decides(plan) == manager.pk:
        yield owed(_("Decide, with reasons"), plan.due)
    if plan.person.manager_id != manager.pk:
        return
    if plan.stage in UNDER_WAY:
        yield from (
            owed(_("Look at it together: a checkpoint"), one.due)
            for one in plan.checkpoints.all()
            if not one.held
        )
    if plan.stage == Stage.AGREED:
        yield owed(_("Hand it over"), None)
    if plan.stage == Stage.RETURNED:
        yield owed(_("Change it, or withdraw it"), None)


def _decides(plan: Plan) -> int | None:
    """The key of who is to decide: the manager, or theirs, where the manager’s decision was set aside."""
    first = plan.person.manager
    set_aside = first is not None and first.pk in plan.case.deciders
    return first.manager_id if first and set_aside else plan.person.manager_id


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for HR, each a list of plans."""

    to_review: list[Plan]
    to_approve: list[Plan]
    to_hear: list[Plan]
    under_way: list[Plan]


def queue(reader: Person) -> Queue:
    """One query; nothing of the reader’s own case."""
    seen = Plan.objects.visible_to(reader).filter(~Q(stage=Stage.CLOSED) | ~Q(appealing=""))
    plans = list(seen.select_related("person__team", "standard", "proposed_by"))

    def at(*stages: Stage) -> list[Plan]:
        return [one for one in plans if one.stage in stages]

    return Queue(
        at(Stage.PROPOSED, Stage.REVIEW),
        at(Stage.DECIDED),
        [one for one in plans if one.appealing],
        at(Stage.RETURNED, Stage.AGREED, Stage.ISSUED, Stage.ACTIVE, Stage.PAUSED),
    )


def line_of(reader: Person):
    """Of whom somebody may examine a gate: their line at work; HR partners everybody but themselves."""
    others = Person.objects.at_work().exclude(pk=reader.pk)
    if access.is_hr(reader):
        return others
    return others.in_line_of(reader) if people.at_work(reader) else others.none()


def looked_at(reader: Person):
    """Gates that were examined, within reach, newest first."""
    return Examination.objects.visible_to(reader).complete()
