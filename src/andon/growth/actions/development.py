"""A development plan. Its words go to no trail and no ledger: it is its person's alone."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.growth.actions.guards import day_of, demand_at_work, demand_own, needed, optional, refuse
from andon.growth.models import DevelopmentPlan, Goal, PlanShare, Step
from andon.growth.rules.sharing import Wish, problem_sharing
from andon.growth.rules.words import problem_day_done
from andon.people import access
from andon.people.models import Person

LONGEST_LINE = 300


@transaction.atomic
def begin(title: str, why: str = "", *, by: Person, now: datetime) -> DevelopmentPlan:
    """Raises PermissionDenied, ValidationError."""
    demand_at_work(by)
    if DevelopmentPlan.objects.current().filter(person=by).exists():
        raise ValidationError(_("You have a development plan already. End it before you begin another."))
    title = needed(title, _("Say in a few words where you want to go."), 200)
    return DevelopmentPlan.objects.create(person=by, title=title, why=optional(why), begun_at=now)


@transaction.atomic
def revise(plan: DevelopmentPlan, title: str, why: str = "", *, by: Person, now: datetime) -> None:
    _demand_open(plan, by)
    plan.title = needed(title, _("Say in a few words where you want to go."), 200)
    plan.why = optional(why)
    plan.save(update_fields=["title", "why"])


@transaction.atomic
def end(plan: DevelopmentPlan, *, by: Person, now: datetime) -> None:
    """It stays to look back on; nobody else reads it any more."""
    _demand_open(plan, by)
    plan.ended_at = now
    plan.save(update_fields=["ended_at"])
    plan.shares.filter(ended_at=None).update(ended_at=now)


@transaction.atomic
def remove(plan: DevelopmentPlan, *, by: Person, now: datetime) -> None:
    demand_own(plan.person_id, by)
    plan.delete()


@transaction.atomic
def add_goal(
    plan: DevelopmentPlan, text: str, by_when: date | None = None, *, by: Person, now: datetime
) -> Goal:
    _demand_open(plan, by)
    text = needed(text, _("Say what you want to reach."), LONGEST_LINE)
    return Goal.objects.create(plan=plan, text=text, by_when=by_when)


@transaction.atomic
def add_step(goal: Goal, text: str, by_when: date | None = None, *, by: Person, now: datetime) -> Step:
    _demand_open(goal.plan, by)
    text = needed(text, _("Say what you will do."), LONGEST_LINE)
    return Step.objects.create(goal=goal, text=text, by_when=by_when)


@transaction.atomic
def mark_goal(goal: Goal, on: date | None, *, by: Person, now: datetime) -> None:
    """Reached on a day, or not yet after all (None)."""
    _demand_open(goal.plan, by)
    refuse(problem_day_done(on, day_of(now)) if on else "")
    goal.reached_on = on
    goal.save(update_fields=["reached_on"])


@transaction.atomic
def mark_step(step: Step, on: date | None, *, by: Person, now: datetime) -> None:
    _demand_open(step.goal.plan, by)
    refuse(problem_day_done(on, day_of(now)) if on else "")
    step.done_on = on
    step.save(update_fields=["done_on"])


@transaction.atomic
def remove_goal(goal: Goal, *, by: Person, now: datetime) -> None:
    _demand_open(goal.plan, by)
    goal.delete()


@transaction.atomic
def remove_step(step: Step, *, by: Person, now: datetime) -> None:
    _demand_open(step.goal.plan, by)
    step.delete()


@transaction.atomic
def share(plan: DevelopmentPlan, to: Person, *, by: Person, now: datetime) -> PlanShare:
    """With anybody at work, by name. Raises PermissionDenied, ValidationError."""
    _demand_open(plan, by)
    refuse(
        problem_sharing(
            Wish(own=True, to_self=to.pk == by.pk, to_at_work=access.at_work(to), line_only=False)
        )
    )
    known = PlanShare.objects.filter(plan=plan, to=to, ended_at=None).first()
    return known or PlanShare.objects.create(plan=plan, to=to, at=now)


@transaction.atomic
def take_back(shared: PlanShare, *, by: Person, now: datetime) -> None:
    demand_own(shared.plan.person_id, by)
    PlanShare.objects.filter(pk=shared.pk, ended_at=None).update(ended_at=now)


def _demand_open(plan: DevelopmentPlan, by: Person) -> None:
    demand_own(plan.person_id, by)
    if plan.ended_at:
        raise ValidationError(_("This plan has ended."))
