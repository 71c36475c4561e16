"""Standards that people have not read yet, for many people at once."""

from collections.abc import Sequence
from datetime import date

from andon.people.models import Person
from andon.standards.models import Acknowledgement, Holding, StandardVersion


def unread_by(people: Sequence[Person], on: date) -> dict[int, list[StandardVersion]]:
    """By person: versions that bind them on a day and that they have not acknowledged. Three queries."""
    holdings = Holding.objects.on(on).filter(person__in=people).values_list("person", "job_role")
    roles: dict[int, set[int]] = {}
    for person, role in holdings:
        roles.setdefault(person, set()).add(role)
    wanted = {role for held in roles.values() for role in held}
    versions = list(
        StandardVersion.objects.in_force(on).filter(standard__job_role__in=wanted).select_related("standard")
        .order_by("standard__name")
    )  # fmt: skip
    said = set(Acknowledgement.objects.filter(person__in=people).values_list("person", "version"))
    return {
        person.pk: [
            version
            for version in _binding(versions, roles.get(person.pk, set()), person.team_id)
            if (person.pk, version.pk) not in said
        ]
        for person in people
    }


def _binding(versions: Sequence[StandardVersion], roles: set[int], team: int | None) -> list[StandardVersion]:
    """Of the roles somebody holds: the bars of their own team before those of everywhere."""
    mine = [
        one for one in versions if one.standard.job_role_id in roles and one.standard.team_id in {None, team}
    ]
    own = {_bar(one) for one in mine if one.standard.team_id is not None}
    return [one for one in mine if one.standard.team_id is not None or _bar(one) not in own]


def _bar(version: StandardVersion) -> tuple:
    return (version.standard.job_role_id, *version.standard.subject)
