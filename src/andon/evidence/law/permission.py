"""The law is looked after by HR partners, and never on one's own case. `None` is the installation itself."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from andon.people.access import HR_PARTNER, is_any
from andon.people.models import Person


def may_look_after(by) -> bool:
    return by is None or is_any(by, HR_PARTNER)


def demand(by: Person | None, *people: Person) -> None:
    """Raises PermissionDenied."""
    if not may_look_after(by):
        raise PermissionDenied(_("HR partners look after this."))
    if by is not None and by.pk in {person.pk for person in people}:
        raise PermissionDenied(_("Nobody decides this about themselves: ask another HR partner."))
