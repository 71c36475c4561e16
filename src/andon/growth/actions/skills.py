"""What somebody says they can do, and who confirms it; and, for HR partners, the skills and paths there are."""

from collections.abc import Iterable
from datetime import datetime

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
)
from andon.growth.models import Level, PathStep, PersonSkill, RoleSkill, Skill, SkillConfirmation
from andon.people.models import Person
from andon.people.trail import record
from andon.standards.models import JobRole

MOST_LEVELS = 7


@transaction.atomic
def say(level: Level, example: str = "", *, by: Person, now: datetime) -> PersonSkill:
    """One's own statement; a later one takes its place, and confirmations of a lower level do not carry over."""
    demand_at_work(by)
    said = {"level": level, "example": optional(example), "at": now}
    statement, _new = PersonSkill.objects.update_or_create(person=by, skill=level.skill, defaults=said)
    return statement


@transaction.atomic
def take_back(statement: PersonSkill, *, by: Person, now: datetime) -> None:
    demand_own(statement.person_id, by)
    statement.delete()


@transaction.atomic
def ask_to_confirm(statement: PersonSkill, to: Person, *, by: Person, now: datetime) -> SkillConfirmation:
    """Asks somebody named, who has seen it. Raises PermissionDenied, ValidationError."""
    demand_own(statement.person_id, by)
    demand_colleague(to, by)
    asked = SkillConfirmation.objects.filter(
        statement=statement, by=to, level=statement.level, answered_on=None
    )
    if asked.exists():
        raise ValidationError(_("You have asked them already."))
    return SkillConfirmation.objects.create(statement=statement, level=statement.level, by=to, asked_at=now)


@transaction.atomic
def answer_confirmation(
    asked: SkillConfirmation, confirmed: bool, words: str = "", *, by: Person, now: datetime
) -> None:
    """Confirms with one's name, or says that one cannot; neither needs a reason."""
    locked = SkillConfirmation.objects.select_for_update().get(pk=asked.pk)
    demand_own(locked.by_id, by)
    if locked.answered_on:
        raise ValidationError(_("You have answered this already."))
    locked.answered_on, locked.confirmed, locked.words = day_of(now), confirmed, optional(words)
    locked.save(update_fields=["answered_on", "confirmed", "words"])


@transaction.atomic
def keep_skill(
    skill: Skill | None,
    *,
    slug: str,
    name: str,
    about: str = "",
    levels: Iterable[tuple[str, str]] = (),
    by: Person,
    now: datetime,
) -> Skill:
    """Adds a skill, or changes one. `levels` are (word, anchor) from the first step up.

    A step that somebody or some role already names keeps its place; only its words change.
    """
    _demand_keeper(by)
    levels = [(word.strip(), anchor.strip()) for word, anchor in levels]
    _demand_levels(levels)
    kept = skill or Skill(slug=slug)
    if skill is None and Skill.objects.filter(slug=slug).exists():
        raise ValidationError(_("There is a skill of this name already."))
    kept.name, kept.about = needed(name, _("Give the skill a name."), 120), optional(about)
    kept.save()
    _keep_levels(kept, levels)
    record(by, "kept a skill", kept, now)
    return kept


def _demand_levels(levels: list[tuple[str, str]]) -> None:
    if not levels:
        raise ValidationError(_("Write at least one level with its anchor."))
    if len(levels) > MOST_LEVELS:
        raise ValidationError(_("Seven levels are enough to tell people apart from none of them."))
    if any(not word or not anchor for word, anchor in levels):
        raise ValidationError(
            _(
                "Each level has a word and an anchor: what one sees somebody do who is there. No level without one."
            )
        )


def _keep_levels(skill: Skill, levels: list[tuple[str, str]]) -> None:
    for step, (word, anchor) in enumerate(levels, start=1):
        Level.objects.update_or_create(skill=skill, step=step, defaults={"word": word[:60], "anchor": anchor})
    beyond = Level.objects.filter(skill=skill, step__gt=len(levels))
    named = any(
        rows.filter(**{f"{name}__in": beyond}).exists()
        for rows, name in (
            (PersonSkill.objects, "level"),
            (RoleSkill.objects, "wanted"),
            (SkillConfirmation.objects, "level"),
        )
    )
    if named:
        raise ValidationError(_("A level that somebody or some role names cannot be taken away."))
    beyond.delete()


@transaction.atomic
def retire_skill(skill: Skill, *, by: Person, now: datetime) -> None:
    _demand_keeper(by)
    Skill.objects.filter(pk=skill.pk, retired_at=None).update(retired_at=now)
    record(by, "retired a skill", skill, now)


@transaction.atomic
def want(job_role: JobRole, skill: Skill, level: Level | None, *, by: Person, now: datetime) -> None:
    """What a job role looks for of a skill; None: nothing."""
    _demand_keeper(by)
    if level is not None and level.skill_id != skill.pk:
        raise ValidationError(_("That level belongs to another skill."))
    if level is None:
        RoleSkill.objects.filter(job_role=job_role, skill=skill).delete()
    else:
        RoleSkill.objects.update_or_create(job_role=job_role, skill=skill, defaults={"wanted": level})
    record(by, "changed what a role looks for", job_role, now, skill=skill.slug)


@transaction.atomic
def lay_path(
    from_role: JobRole, to_role: JobRole, way: str, about: str = "", *, by: Person, now: datetime
) -> PathStep:
    """Says that one can go from one job role to another, up or sideways; again changes the words."""
    _demand_keeper(by)
    if from_role == to_role:
        raise ValidationError(_("A path leads to another role."))
    if way not in PathStep.Way.values:
        raise ValidationError(_("A path leads up or sideways."))
    said = {"way": way, "about": optional(about)}
    path, _new = PathStep.objects.update_or_create(from_role=from_role, to_role=to_role, defaults=said)
    record(by, "laid a path", from_role, now, to=str(to_role), way=way)
    return path


@transaction.atomic
def close_path(path: PathStep, *, by: Person, now: datetime) -> None:
    _demand_keeper(by)
    record(by, "closed a path", path.from_role, now, to=str(path.to_role))
    path.delete()


def _demand_keeper(by: Person) -> None:
    demand(reach.may_keep_skills(by), _("Skills and paths are kept by HR partners."))
