"""Who names auditors, and who is one. Not managers: an audit is of them."""

from andon.culture.fairness.models import FairnessAuditor
from andon.people import access
from andon.people.access import ADMINISTRATOR, ANALYST, HR_PARTNER


def may_name(person) -> bool:
    """HR partners and administrators name auditors, and end that; it shows them no group."""
    return access.is_any(person, HR_PARTNER, ADMINISTRATOR)


def can_be_named(person) -> bool:
    """HR partners and analysts can be auditors, and only while they are."""
    return access.is_any(person, HR_PARTNER, ANALYST)


def is_auditor(person) -> bool:
    return can_be_named(person) and FairnessAuditor.objects.in_force().filter(person=person).exists()


def is_asked(person) -> bool:
    """Named, and has not yet said whether they take it on."""
    return can_be_named(person) and FairnessAuditor.objects.waiting().filter(person=person).exists()


def may_enter(person) -> bool:
    return may_name(person) or is_auditor(person) or is_asked(person)
