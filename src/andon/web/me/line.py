"""People above and below somebody."""

from django.db.models import QuerySet

from andon.people import access
from andon.people.models import Line, Person


def people_above(person: Person) -> QuerySet[Person]:
    """The manager first, and so on up."""
    above = Person.objects.at_work().filter(lines_below__below=person)
    return above.order_by("lines_below__depth", "name")


def assignable_by(person: Person) -> QuerySet[Person]:
    """Whom somebody may assign a course: their line; for HR partners everybody else."""
    others = Person.objects.at_work().exclude(pk=person.pk)
    if access.is_any(person, access.HR_PARTNER):
        return others
    return others.filter(pk__in=Line.objects.filter(above=person).values("below"))
