"""Who read what is kept about somebody: noted for the person it is about, who may always see it."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from andon.evidence.access import SELF, basis
from andon.evidence.models import Reading
from andon.people.models import Person

ONE_READING = timedelta(hours=1)
"""The same reader on the same page within it is one reading, with a count."""


@transaction.atomic
def note(reader: Person, person: Person, what: str, now: datetime) -> Reading | None:
    """Notes that `reader` sees `what` ("Coaching notes") of `person`. Oneself is not noted.

    Raises PermissionDenied where there is no right to read: ask `access.basis` before.
    """
    right = basis(reader, person)
    if right == SELF:
        return None
    if right is None:
        raise PermissionDenied("Nobody reads this without a right to.")
    return _count(reader, person, right, what[:120], now)


def _count(reader: Person, person: Person, right: str, what: str, now: datetime) -> Reading:
    recent = Reading.objects.filter(person=person, reader=reader, basis=right, what=what)
    known = recent.filter(at__gt=now - ONE_READING, at__lte=now).first()
    if known is None:
        return Reading.objects.create(
            person=person, reader=reader, basis=right, what=what, at=now, last_at=now
        )
    Reading.objects.filter(pk=known.pk).update(times=F("times") + 1, last_at=now)
    return known
