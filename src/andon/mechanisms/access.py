"""Who owns a mechanism, and who may change the register. Everybody at work sees all of it."""

from andon.mechanisms.models import Mechanism
from andon.people import access
from andon.people.access import ADMINISTRATOR, ANALYST, LEADER, MANAGER, OWNER
from andon.people.models import Person


def _owned(person: Person):
    """Owner is who is named, or is in an owning team; leading such people gives rights, not the role."""
    named = Mechanism.objects.in_use().filter(owner=person)
    return named | Mechanism.objects.in_use().filter(owner_team__members=person)


access.FOLLOWS[OWNER] = _owned


def owns(person, mechanism: Mechanism) -> bool:
    """The named owner, members of the owning team, and the line above them. One query at most."""
    if not access.at_work(person):
        return False
    if person.pk == mechanism.owner_id or (person.team_id and person.team_id == mechanism.owner_team_id):
        return True
    return Mechanism.objects.owned_by(person).filter(pk=mechanism.pk).exists()


def may_edit(person, mechanism: Mechanism) -> bool:
    return access.is_any(person, ANALYST, ADMINISTRATOR) or owns(person, mechanism)


def may_register(person) -> bool:
    """New mechanisms are written down by those who run or watch them."""
    return access.is_any(person, MANAGER, OWNER, LEADER, ANALYST, ADMINISTRATOR)


def may_import(person) -> bool:
    return access.may_bring_data(person)
