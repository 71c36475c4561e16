"""Who may coach and promise. `evidence.access.basis` knows who stands how to whom."""

from django.core.exceptions import PermissionDenied

from andon.evidence.access import basis
from andon.people import access
from andon.people.models import Person

LINE, HR = "line", "hr"


def may_coach(by, person: Person) -> bool:
    """Coaching is for those above somebody; HR partners read it and do not write it."""
    return basis(by, person) == LINE and access.at_work(person)


def may_promise(by, person: Person) -> bool:
    return basis(by, person) in {LINE, HR} and access.at_work(person)


def demand(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise PermissionDenied(sentence)
