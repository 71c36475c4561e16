"""Who somebody is to the house, and whom they may look up."""

from collections.abc import Callable

from django.db.models import Exists, Q, QuerySet
from django.utils import timezone

from andon.people.models import Line, Person, Role

EMPLOYEE, MANAGER, OWNER = "employee", "manager", "owner"
LEADER, HR_PARTNER = Role.LEADER.value, Role.HR_PARTNER.value
ANALYST, ADMINISTRATOR = Role.ANALYST.value, Role.ADMINISTRATOR.value
ROLES = (EMPLOYEE, MANAGER, OWNER, LEADER, HR_PARTNER, ANALYST, ADMINISTRATOR)

# Roles that follow from what is recorded, as a look-up that finds something when somebody has the role.
# A higher stage adds its own (the register adds "owner"), so that this one need not know of it.
FOLLOWS: dict[str, Callable[[Person], QuerySet]] = {
    MANAGER: lambda person: Person.objects.at_work().filter(manager=person),
}


def at_work(person) -> bool:
    """Whether somebody is signed in or known, and still works here."""
    if not isinstance(person, Person) or not person.pk or not person.is_active:
        return False
    return person.left is None or person.left > timezone.localdate()


def roles_of(person) -> frozenset[str]:
    """Roles of somebody at work, from one query; nothing for a leaver or a stranger. Kept on the instance."""
    if not at_work(person):
        return frozenset()
    if not hasattr(person, "_roles"):
        person._roles = _look_up_roles(person)
    return person._roles


def _look_up_roles(person: Person) -> frozenset[str]:
    follows = {f"is_{role}": Exists(look_up(person)) for role, look_up in FOLLOWS.items()}
    rows = list(Person.objects.filter(pk=person.pk).values("grants__role", **follows))
    granted = {row["grants__role"] for row in rows} - {None}
    followed = {role for role in FOLLOWS if rows and rows[0][f"is_{role}"]}
    return frozenset({EMPLOYEE} | granted | followed)


def forget_roles(person: Person) -> None:
    """After a change of what roles follow from."""
    if hasattr(person, "_roles"):
        del person._roles


def is_any(person, *roles: str) -> bool:
    return not roles_of(person).isdisjoint(roles)


def may_bring_data(person) -> bool:
    return is_any(person, ANALYST, ADMINISTRATOR)


def may_bring_people(person) -> bool:
    return is_any(person, HR_PARTNER, ADMINISTRATOR)


def may_grant(person) -> bool:
    return is_any(person, ADMINISTRATOR)


def sees_everybody(person) -> bool:
    return is_any(person, LEADER, HR_PARTNER, ADMINISTRATOR)


def in_line(manager, person) -> bool:
    """Whether `manager` is above `person`, however far."""
    return Line.objects.filter(above=manager, below=person).exists()


def visible_people(people, person):
    """Of `people`, whom `person` may look up: themselves, their team, their line up and down.

    Leaders, HR partners and administrators look up everybody. Elsewhere a name may still be shown, as a
    mechanism's owner is; what is limited is finding somebody.
    """
    if not at_work(person):
        return people.none()
    if sees_everybody(person):
        return people
    reach = Q(pk=person.pk) | Q(pk__in=Line.objects.filter(above=person).values("below"))
    reach |= Q(pk__in=Line.objects.filter(below=person).values("above"))
    if person.team_id:
        reach |= Q(team=person.team_id)
    return people.filter(reach)
