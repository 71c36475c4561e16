"""Who read what is kept about somebody: noted for the person it is about, who may always see it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, F, OuterRef

from andon.evidence.access import HR, LINE, SELF, basis, readable_people
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


def note_many(reader: Person, people: Iterable[Person], what: str, now: datetime) -> int:
    """As `note`, for a page about several people; how many were noted. Three queries, however many people.

    Raises PermissionDenied where there is no right to read one of them.
    """
    keys = {person.pk for person in people} - {reader.pk}
    if not keys:
        return 0
    rights = _rights(reader, keys)
    if rights.keys() != keys:
        raise PermissionDenied("Nobody reads this without a right to.")
    recent = Reading.objects.filter(reader=reader, person__in=keys, what=what[:120], at__lte=now)
    known = dict(recent.filter(at__gt=now - ONE_READING).values_list("person", "pk"))
    if known:
        Reading.objects.filter(pk__in=known.values()).update(times=F("times") + 1, last_at=now)
    Reading.objects.bulk_create(
        Reading(person_id=key, reader=reader, basis=right, what=what[:120], at=now, last_at=now)
        for key, right in rights.items()
        if key not in known
    )
    return len(keys)


def _rights(reader: Person, keys: Iterable[int]) -> dict[int, str]:
    """Person to the right by which `reader` reads, as `basis` says of each; without those of whom there is none."""
    led = Exists(Person.objects.at_work().filter(pk=OuterRef("pk"), lines_above__above=reader))
    found = readable_people(reader).filter(pk__in=keys).order_by("pk").values_list("pk", led)
    return {key: LINE if is_led else HR for key, is_led in found}


def _count(reader: Person, person: Person, right: str, what: str, now: datetime) -> Reading:
    recent = Reading.objects.filter(person=person, reader=reader, basis=right, what=what)
    known = recent.filter(at__gt=now - ONE_READING, at__lte=now).first()
    if known is None:
        return Reading.objects.create(
            person=person, reader=reader, basis=right, what=what, at=now, last_at=now
        )
    Reading.objects.filter(pk=known.pk).update(times=F("times") + 1, last_at=now)
    return known
