"""Who was erased stays forgotten: what staff lists changed of them goes, and an old list brings nobody back."""

from collections.abc import Iterable
from datetime import date

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from andon.people.models import Forgotten, Person, StaffImport
from andon.people.rules import Refused, Settled, StaffRow

SALT = "andon.people.forgotten"


def forget_in_lists(person: Person) -> None:
    """What lists changed of somebody, before and after, is their name and address again, so it goes."""
    for brought in StaffImport.objects.select_for_update().order_by("pk"):
        kept = {
            "added": [key for key in brought.added if key != person.pk],
            "changed": [one for one in brought.changed if one[0] != person.pk],
            "granted": [one for one in brought.granted if one[0] != person.pk],
        }
        if any(getattr(brought, name) != left for name, left in kept.items()):
            StaffImport.objects.filter(pk=brought.pk).update(**kept)


def remember_forgetting(number: str) -> None:
    """A mark by which the number is known again, and from which it is not read."""
    Forgotten.objects.get_or_create(mark=_mark(number))


def without_forgotten(read: Settled, on_record: Iterable[str], today: date) -> Settled:
    """Without rows of people who left and were erased here. Who works here again is somebody new."""
    known = set(on_record)
    gone = {
        row: _mark(row.number) for row in read.accepted if _is_leaver(row, today) and row.number not in known
    }
    if not gone:
        return read
    marks = set(Forgotten.objects.values_list("mark", flat=True))
    forgotten = {row for row, mark in gone.items() if mark in marks}
    refused = [Refused(row.row, "number", "", _reason()) for row in read.accepted if row in forgotten]
    return Settled(tuple(row for row in read.accepted if row not in forgotten), (*read.refused, *refused))


def _reason() -> str:
    return _("They left and were erased here, so they are not brought back.")


def _is_leaver(row: StaffRow, today: date) -> bool:
    return row.left is not None and row.left <= today


def _mark(number: str) -> str:
    return salted_hmac(SALT, number.casefold(), algorithm="sha256").hexdigest()
