"""Who owes something now. What a manager owes passes on to the next when they leave or no longer lead the person.

It follows from the staff list at every look, so that nothing is nobody's between two runs of a job.
"""

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, Subquery, When
from django.utils import timezone

from andon.people.models import Line, Person


def at_work(prefix: str) -> Q:
    """Works here today, for somebody reached through a relation."""
    stays = Q(**{f"{prefix}left__isnull": True}) | Q(**{f"{prefix}left__gt": timezone.localdate()})
    return stays & Q(**{f"{prefix}is_active": True})


def ower(field: str, stays: Q | None = None) -> Case:
    """The key of who owes a row about `person`: who took it on in `field`, or the nearest manager at work.

    Who took it on keeps it while they work here and are above the person, or `stays` holds.
    """
    here = Person.objects.at_work().filter(pk=OuterRef(field))
    above = Line.objects.filter(above=OuterRef(field), below=OuterRef("person"))
    leads = Q(Exists(above))
    keeps = Q(Exists(here)) & (leads | stays if stays is not None else leads)
    return Case(When(keeps, then=F(field)), default=nearest_manager(), output_field=BigIntegerField())


def within_reach(person: Person, field: str) -> Q:
    """Rows that somebody can owe at all: taken on by them, or about somebody below them. It keeps look-ups short."""
    return Q(**{field: person}) | Q(person__in=Line.objects.filter(above=person).values("below"))


def nearest_manager() -> Subquery:
    """The key of the nearest manager at work of the `person` of a row."""
    above = Line.objects.filter(at_work("above__"), below=OuterRef("person")).order_by("depth")
    return Subquery(above.values("above")[:1])
