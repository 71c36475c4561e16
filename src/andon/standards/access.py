"""Who writes standards, who hears what is said of them, and whose objectives somebody may write."""

from django.db.models import QuerySet

from andon.people import access
from andon.people.access import HR_PARTNER, LEADER
from andon.people.models import Line, Person, Team
from andon.standards.models import Acknowledgement, Objective, Standard, StandardVersion


def may_set_standards(person) -> bool:
    """Principles, roles, standards, cycles and templates are kept by HR partners."""
    return access.is_any(person, HR_PARTNER)


def may_calibrate(person) -> bool:
    return access.is_any(person, HR_PARTNER, LEADER)


def visible_standards(standards: QuerySet[Standard], person) -> QuerySet[Standard]:
    """What was ever agreed, everybody at work reads; a draft only who keeps standards."""
    if not access.at_work(person):
        return standards.none()
    if may_set_standards(person):
        return standards
    return standards.filter(pk__in=StandardVersion.objects.agreed().values("standard"))


def heard_by(person) -> QuerySet[Person]:
    """Whose acknowledgements somebody reads: those below them at work; for HR partners everybody but themselves."""
    if not access.at_work(person):
        return Person.objects.none()
    everybody = Person.objects.at_work().exclude(pk=person.pk)
    if access.is_any(person, HR_PARTNER):
        return everybody
    return everybody.filter(pk__in=Line.objects.filter(above=person).values("below"))


def may_hear(person, about: Person) -> bool:
    return heard_by(person).filter(pk=about.pk).exists()


def visible_acknowledgements(person) -> QuerySet[Acknowledgement]:
    """One's own, and those of whom one hears."""
    own = Acknowledgement.objects.filter(person=person) if access.at_work(person) else None
    return Acknowledgement.objects.none() if own is None else own | _heard(person)


def _heard(person) -> QuerySet[Acknowledgement]:
    return Acknowledgement.objects.filter(person__in=heard_by(person).values("pk"))


def teams_led(person) -> QuerySet[Team]:
    """Teams with somebody at work below a person."""
    below = Line.objects.filter(above=person).values("below")
    members = Person.objects.at_work().filter(pk__in=below, team__isnull=False)
    return (
        Team.objects.filter(pk__in=members.values("team")) if access.at_work(person) else Team.objects.none()
    )


def teams_written_by(person) -> QuerySet[Team]:
    """Teams whose objectives somebody writes: those they lead; all for leaders and HR partners."""
    return Team.objects.all() if access.is_any(person, LEADER, HR_PARTNER) else teams_led(person)


def people_written_by(person) -> QuerySet[Person]:
    """Whose objectives somebody writes: their own, those of their line below; everybody's for HR partners."""
    if not access.at_work(person):
        return Person.objects.none()
    if access.is_any(person, HR_PARTNER):
        return Person.objects.at_work()
    below = Line.objects.filter(above=person).values("below")
    return Person.objects.at_work().filter(pk__in=below) | Person.objects.at_work().filter(pk=person.pk)


def may_write_for(person, *, team: Team | None, owner: Person | None) -> bool:
    """Whether somebody may write an objective of a team, of a person, or (neither) of everybody."""
    if owner is not None:
        return people_written_by(person).filter(pk=owner.pk).exists()
    if team is not None:
        return teams_written_by(person).filter(pk=team.pk).exists()
    return access.is_any(person, LEADER, HR_PARTNER)


def may_change(person, objective: Objective) -> bool:
    return may_write_for(person, team=objective.team, owner=objective.person)


def may_check_in(person, objective: Objective) -> bool:
    """Who may change it, and everybody of its team."""
    return is_of_team(person, objective) or may_change(person, objective)


def is_of_team(person, objective: Objective) -> bool:
    """Whether it is an objective of the team in which somebody works."""
    ours = objective.team_id is not None and objective.team_id == getattr(person, "team_id", None)
    return ours and access.at_work(person)


def may_bulk(person) -> bool:
    """Objectives for many at once: managers for their own line, HR partners for everybody."""
    return access.is_any(person, HR_PARTNER, LEADER, access.MANAGER)
