"""Who may read what of an employee's own.

Look-ups over relations only, so that the nouns can use them. What is shared "with the line" is read by whom it was
shared with, and only while that person is above: a former manager reads nothing.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from andon.people import access
from andon.people.models import Line, Person


def own(rows: QuerySet, person) -> QuerySet:
    """The rows of `person`, who works here; nobody else's for anybody."""
    return rows.filter(person=person) if access.at_work(person) else rows.none()


def between(rows: QuerySet, person, *sides: str) -> QuerySet:
    """Rows on one of whose sides `person` stands."""
    if not access.at_work(person):
        return rows.none()
    stands = Q()
    for side in sides:
        stands |= Q(**{side: person})
    return rows.filter(stands)


def shared(rows: QuerySet, person) -> QuerySet:
    """Rows of feedback about somebody below `person` who shared them with `person` and has not taken that back."""
    if not access.at_work(person):
        return rows.none()
    shares = rows.model._meta.get_field("shares").related_model.objects
    name = rows.model._meta.get_field("shares").field.name
    live = shares.filter(**{name: OuterRef("pk")}, to=person, ended_at=None)
    return rows.filter(Exists(live), Exists(_above(person, "about")))


def own_or_shared(rows: QuerySet, person, *sides: str) -> QuerySet:
    """Feedback on one of whose sides `person` stands, or that was shared with them."""
    if not access.at_work(person):
        return rows.none()
    mine = between(rows, person, *sides).values("pk")
    return rows.filter(Q(pk__in=mine) | Q(pk__in=shared(rows, person).values("pk")))


def shared_in_line(rows: QuerySet, person, whose: str) -> QuerySet:
    """Versions that `person` wrote (`whose` leads to them), or received from somebody who is below them."""
    if not access.at_work(person):
        return rows.none()
    received = Q(Exists(_above(person, whose)), to=person, ended_at=None)
    return rows.filter(Q(**{whose: person}) | received)


def own_or_assigned(rows: QuerySet, person) -> QuerySet:
    """Trainings of `person`; for the line above and for HR those that the line or HR assigned."""
    if not access.at_work(person):
        return rows.none()
    assigned = Q(assigned_by__isnull=False)
    if not access.is_any(person, access.HR_PARTNER):
        assigned &= Q(Exists(_above(person, "person")))
    return rows.filter(Q(person=person) | assigned)


def own_or_named(rows: QuerySet, person) -> QuerySet:
    """Development plans of `person`, and those that are shared with them by name."""
    if not access.at_work(person):
        return rows.none()
    shares = rows.model._meta.get_field("shares").related_model.objects
    live = shares.filter(plan=OuterRef("pk"), to=person, ended_at=None)
    return rows.filter(Q(person=person) | Q(Exists(live)))


def may_assign(manager, person) -> bool:
    """A training to somebody: their line, and HR; nobody to themselves."""
    if not access.at_work(manager) or manager == person:
        return False
    return access.in_line(manager, person) or access.is_any(manager, access.HR_PARTNER)


def may_keep_skills(person) -> bool:
    """HR partners edit courses, skills and paths."""
    return access.is_any(person, access.HR_PARTNER)


def _above(person, whose: str) -> QuerySet:
    """Of somebody who left nobody above reads on."""
    return Line.objects.filter(above=person, below=OuterRef(whose), below__in=Person.objects.at_work())
