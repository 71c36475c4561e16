"""Learning something: taking it up, having it assigned, having done it. HR partners keep the courses."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.growth import reach
from andon.growth.actions.guards import (
    day_of,
    demand,
    demand_at_work,
    demand_colleague,
    demand_own,
    needed,
    optional,
    refuse,
)
from andon.growth.models import Course, Promise, Skill, Training
from andon.growth.rules.words import problem_day_done, problem_links
from andon.people.models import Person
from andon.people.trail import record


@transaction.atomic
def enrol(
    *,
    by: Person,
    now: datetime,
    course: Course | None = None,
    name: str = "",
    what_for: str = "",
    promise: Promise | None = None,
) -> Training:
    """Takes something up for oneself: a course on offer, or anything else by its name.

    Raises PermissionDenied, ValidationError.
    """
    demand_at_work(by)
    if promise is not None:
        demand_own(promise.person_id, by)
    return _begin(by, course, name, what_for=what_for, promise=promise, now=now)


@transaction.atomic
def assign(
    course: Course, to: Person, *, by: Person, now: datetime, due: date | None = None, what_for: str = ""
) -> Training:
    """Somebody above, or HR, asks somebody to take a course, and says what for."""
    demand(reach.may_assign(by, to), _("Assigned by somebody above them, or by HR."))
    demand_colleague(to, by)
    if due and due < day_of(now):
        raise ValidationError(_("That day has passed."))
    what_for = needed(what_for, _("Say what it is for: nobody learns well for no reason."))
    training = _begin(to, course, "", what_for=what_for, now=now, assigned_by=by, due=due)
    record(by, "assigned a course", training, now)
    return training


def _begin(
    person: Person, course: Course | None, name: str, *, what_for: str, now: datetime, **rest
) -> Training:
    if course is not None and course.retired_at:
        raise ValidationError(_("This course is not offered any more."))
    name = course.name if course else needed(name, _("Choose a course, or name what you want to learn."), 160)
    under_way = Training.objects.under_way().filter(person=person, course=course, name=name)
    if under_way.exists():
        raise ValidationError(_("This is under way already."))
    return Training.objects.create(
        person=person, course=course, name=name, what_for=optional(what_for), begun_at=now, **rest
    )


@transaction.atomic
def finish(training: Training, *, on: date, learnt: str = "", by: Person, now: datetime) -> None:
    """The person says that it is done, when, and if they like what they learnt."""
    locked = _under_way(training, by)
    refuse(problem_day_done(on, day_of(now)))
    locked.done_on, locked.learnt = on, optional(learnt)
    locked.save(update_fields=["done_on", "learnt"])


@transaction.atomic
def leave(training: Training, *, by: Person, now: datetime) -> None:
    """Gives it up, without a reason."""
    locked = _under_way(training, by)
    locked.left_at = now
    locked.save(update_fields=["left_at"])


def _under_way(training: Training, by: Person) -> Training:
    locked = Training.objects.select_for_update(of=("self",)).get(pk=training.pk)
    demand_own(locked.person_id, by)
    if locked.done_on or locked.left_at:
        raise ValidationError(_("This has ended already."))
    return locked


@transaction.atomic
def keep_course(
    course: Course | None,
    *,
    name: str,
    provider: str = "",
    about: str = "",
    link: str = "",
    hours: float | None = None,
    skill: Skill | None = None,
    by: Person,
    now: datetime,
) -> Course:
    """Adds a course, or changes one. Raises PermissionDenied, ValidationError."""
    demand(reach.may_keep_skills(by), _("Courses are kept by HR partners."))
    refuse(problem_links([link]) if link else "")
    kept = course or Course()
    kept.name = needed(name, _("Give the course a name."), 160)
    if Course.objects.filter(name__iexact=kept.name).exclude(pk=kept.pk).exists():
        raise ValidationError(_("There is a course of this name already."))
    kept.provider, kept.about = optional(provider, 160), optional(about)
    kept.link, kept.hours, kept.skill = link, hours, skill
    kept.save()
    record(by, "kept a course", kept, now)
    return kept


@transaction.atomic
def retire_course(course: Course, *, by: Person, now: datetime) -> None:
    """No longer offered; what was learnt there stays."""
    demand(reach.may_keep_skills(by), _("Courses are kept by HR partners."))
    Course.objects.filter(pk=course.pk, retired_at=None).update(retired_at=now)
    record(by, "retired a course", course, now)
