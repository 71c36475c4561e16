"""What is done to people: each checks permission, writes and records together, and every door calls the same.

`by=None` is the installation itself: setting up, the demo, a command on the machine. No door to the
network passes it.
"""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.people import access
from andon.people.changes import StaffChanges
from andon.people.models import Grant, Person, Role
from andon.people.reversing import take_back
from andon.people.staff import import_staff
from andon.people.trail import record

__all__ = [
    "StaffChanges",
    "grant",
    "import_staff",
    "record",
    "see_out",
    "set_password",
    "take_back",
    "withdraw",
]


@transaction.atomic
def grant(person: Person, role: str, *, by: Person | None, now: datetime) -> Grant:
    """Gives somebody at work a role; giving it twice changes nothing.

    Raises PermissionDenied, ValidationError.
    """
    _demand_administrator(by)
    if role not in Role.values:
        raise ValidationError(
            _("%(role)r is not a role that is granted. These are: %(values)s.")
            % {"role": role, "values": ", ".join(Role.values)}
        )
    if not access.at_work(person):
        raise ValidationError(
            _("%(name)s does not work here any more, so no role can be given.") % {"name": person.name}
        )
    given, new = Grant.objects.get_or_create(
        person=person, role=role, defaults={"granted_by": by, "granted_at": now}
    )
    if new:
        record(by, "gave a role", person, now, role=role)
    access.forget_roles(person)
    return given


@transaction.atomic
def withdraw(person: Person, role: str, *, by: Person | None, now: datetime) -> None:
    """Takes a granted role away; the last administrator keeps it.

    Raises PermissionDenied, ValidationError.
    """
    _demand_administrator(by)
    _keep_one_administrator(person, role)
    taken, _each = Grant.objects.filter(person=person, role=role).delete()
    if taken:
        record(by, "took a role", person, now, role=role)
    access.forget_roles(person)


def _keep_one_administrator(person: Person, role: str) -> None:
    """Locks every such grant first, so that two administrators cannot take it from each other at once."""
    if role != Role.ADMINISTRATOR:
        return
    held = list(Grant.objects.select_for_update().filter(role=role).values_list("person", flat=True))
    if not Person.objects.at_work().filter(pk__in=held).exclude(pk=person.pk).exists():
        raise ValidationError(_("The last administrator keeps the role: give it to somebody else first."))


def _demand_administrator(by: Person | None) -> None:
    if by is not None and not access.may_grant(by):
        raise PermissionDenied(_("Only an administrator gives and takes roles."))


@transaction.atomic
def set_password(person: Person, password: str, *, by: Person | None, now: datetime) -> None:
    """Sets how somebody signs in: one's own, or as an administrator.

    Raises PermissionDenied, ValidationError.
    """
    if by is not None and by != person and not access.may_grant(by):
        raise PermissionDenied(_("Only an administrator sets somebody else's password."))
    validate_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    record(by, "set a password", person, now)


@transaction.atomic
def see_out(now: datetime) -> int:
    """Closes the sign-in of those whose last day has come; how many. Run daily, and harmless to repeat."""
    due = list(Person.objects.filter(is_active=True, left__lte=timezone.localdate(now)))
    Person.objects.filter(pk__in=[person.pk for person in due]).update(is_active=False)
    for person in due:
        record(None, "left", person, now)
    return len(due)
