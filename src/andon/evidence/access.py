"""Who may read and write on somebody's record, and by which right. Everything about records asks here."""

from django.db.models import Q

from andon.people import access
from andon.people.access import HR_PARTNER
from andon.people.models import Line, Person

SELF, LINE, HR = "self", "line", "hr"


def basis(reader, person: Person) -> str | None:
    """By which right `reader` sees the record of `person`: "self", "line", "hr", or None.

    Of themselves HR partners are employees like any other. The record of somebody who left is for HR alone.
    """
    if not access.at_work(reader):
        return None
    if reader.pk == person.pk:
        return SELF
    if access.at_work(person) and access.in_line(reader, person):
        return LINE
    return HR if access.is_any(reader, HR_PARTNER) else None


def may_add(by: Person | None, person: Person, kind: str) -> bool:
    """The line and HR anything; the person what speaks for them. `None` is the installation."""
    from andon.evidence.rules import OWN_KINDS

    right = basis(by, person) if by else LINE
    return right in (LINE, HR) or (right == SELF and kind in OWN_KINDS)


def decides(by: Person | None, person: Person) -> bool:
    """Corrects and answers: the line and HR, never the person themselves."""
    return by is None or basis(by, person) in (LINE, HR)


def readable_people(reader):
    """Of whom `reader` may read records besides their own."""
    if not access.at_work(reader):
        return Person.objects.none()
    if access.is_any(reader, HR_PARTNER):
        return Person.objects.exclude(pk=reader.pk)
    return Person.objects.at_work().filter(pk__in=_below(reader))


def visible_items(items, reader):
    if not access.at_work(reader):
        return items.none()
    if access.is_any(reader, HR_PARTNER):
        return items
    return items.filter(
        Q(person=reader) | Q(person__in=Person.objects.at_work().filter(pk__in=_below(reader)))
    )


def _below(reader: Person):
    return Line.objects.filter(above=reader).values("below")
