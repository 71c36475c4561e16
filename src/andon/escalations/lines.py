"""Who hears of a promise that was not kept: whoever is to keep it, then their line, then the leaders."""

from collections.abc import Iterable

from andon.escalations.models import Escalation
from andon.people import access
from andon.people.access import ADMINISTRATOR, ANALYST, LEADER
from andon.people.models import Person

MOST_LEVELS = 12
Level = list[Person]


def line_of(escalation: Escalation) -> list[Level]:
    """Levels, the lowest first; nobody twice, nobody who has left, and no level without anybody."""
    first = _first(escalation)
    levels = [first, *([manager] for manager in _managers(first[0]) if manager)] if first else []
    levels.append(list(Person.objects.at_work().with_role(LEADER).order_by("pk")))
    return _once(levels)[:MOST_LEVELS]


def _first(escalation: Escalation) -> Level:
    """Who took it on, else whom it is put to, else who leads that team; in triage those who know the register."""
    for person in (escalation.owner, escalation.to_person):
        if access.at_work(person):
            return [person]
    if escalation.to_team_id and (leads := leads_of(escalation.to_team_id)):
        return leads
    return list(
        Person.objects.at_work().filter(grants__role__in=[ANALYST, ADMINISTRATOR]).distinct().order_by("pk")
    )


def leads_of(team: int) -> Level:
    """Whoever leads somebody of a team: its own members first, else those from outside; else the members."""
    members = Person.objects.at_work().filter(team=team)
    leads = Person.objects.at_work().filter(reports__in=members).distinct().order_by("pk")
    return list(leads.filter(team=team)) or list(leads) or list(members.order_by("pk"))


def _managers(person: Person) -> Iterable[Person]:
    above = Person.objects.at_work().filter(lines_below__below=person).order_by("lines_below__depth")
    return above[:MOST_LEVELS]


def _once(levels: Iterable[Level]) -> list[Level]:
    known: set[int] = set()
    kept = []
    for level in levels:
        new = [person for person in level if person.pk not in known]
        known |= {person.pk for person in new}
        if new:
            kept.append(new)
    return kept
