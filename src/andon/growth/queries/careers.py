"""What job roles look for, beside what somebody says they have."""

from collections.abc import Iterable, Sequence

from andon.growth.models import PersonSkill, RoleSkill, SkillConfirmation
from andon.growth.rules.careers import At, Gap, gap
from andon.people.models import Person
from andon.standards.models import JobRole


def gaps(person: Person, roles: Sequence[JobRole]) -> dict[int, list[Gap]]:
    """By job role, a line for each skill it looks for. Three queries, however many roles."""
    wanted = RoleSkill.objects.filter(job_role__in=roles, skill__retired_at=None)
    said = {one.skill_id: one for one in PersonSkill.objects.filter(person=person).select_related("level")}
    confirmed = _confirmed(person)
    found: dict[int, list[Gap]] = {role.pk: [] for role in roles}
    for one in wanted.select_related("skill", "wanted"):
        mine = said.get(one.skill_id)
        names = _names(mine, confirmed) if mine else ()
        at = At(mine.level.step, mine.level.word, mine.level.anchor) if mine else None
        level = At(one.wanted.step, one.wanted.word, one.wanted.anchor)
        found[one.job_role_id].append(gap(one.skill.name, level, at, names, one.skill.slug))
    return found


def _confirmed(person: Person) -> list[SkillConfirmation]:
    given = SkillConfirmation.objects.filter(statement__person=person, confirmed=True)
    return list(given.select_related("by", "level"))


def _names(said: PersonSkill, confirmed: Iterable[SkillConfirmation]) -> tuple[str, ...]:
    """Who confirmed what is said, or more."""
    names = [
        one.by.name for one in confirmed if one.statement_id == said.pk and one.level.step >= said.level.step
    ]
    return tuple(dict.fromkeys(names))
