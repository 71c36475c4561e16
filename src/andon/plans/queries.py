"""What waits for whom: for the pages of managers, of HR and of the person."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q
from django.utils import timezone

from andon.people import access as people
from andon.people.models import Person
from andon.plans import access
from andon.plans.models import Checkpoint, CheckpointNote, Examination, Plan
from andon.plans.rules.life import UNDER_WAY, Stage


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that a manager owes in a plan: what, to whom, until when, and whether it is late."""

    plan: Plan
    what: str
    due: date | None
    late: bool


def owed_by(manager: Person, now: datetime) -> list[Owed]:
    """Checkpoints, hand-overs and decisions of the manager’s own reports. Support is among their promises."""
    today = timezone.localdate(now)
    mine = Plan.objects.open().filter(person__manager=manager).select_related("person")
    notes = Prefetch(
        "checkpoints", Checkpoint.objects.prefetch_related(Prefetch("notes", CheckpointNote.objects.all()))
    )
    found: list[Owed] = []
    for plan in mine.prefetch_related(notes):
        found += [
            Owed(plan, "Look at it together: a checkpoint", one.due, one.overdue(now))
            for one in plan.checkpoints.all()
            if plan.stage in UNDER_WAY and not one.held and (one.due - today).days <= 7
        ]
        if plan.stage == Stage.ACTIVE and plan.due and plan.due <= today:
            found.append(Owed(plan, "Decide, with reasons", plan.due, plan.due < today))
        if plan.stage in {Stage.AGREED, Stage.RETURNED}:
            verb = "Hand it over" if plan.stage == Stage.AGREED else "Change it, or withdraw it"
            found.append(Owed(plan, verb, None, False))
    return sorted(found, key=lambda one: (not one.late, one.due or today, one.plan.pk))


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
