"""Who may see and do what about a plan. `evidence.access.basis` says who stands how to whom."""

from django.db.models import Q

from andon.evidence.access import basis
from andon.people import access
from andon.people.access import HR_PARTNER, MANAGER
from andon.people.models import Person

SELF, LINE, HR = "self", "line", "hr"
__all__ = [
    "HR",
    "LINE",
    "SELF",
    "basis",
    "conflict",
    "is_hr",
    "may_look_at_cases",
    "within_reach",
    "witnesses",
]


def is_hr(person) -> bool:
    return access.is_any(person, HR_PARTNER)


def may_look_at_cases(person) -> bool:
    """Whoever has a line, and HR partners."""
    return access.is_any(person, MANAGER, HR_PARTNER)


def within_reach(rows, reader, prefix: str = ""):
    """Of rows about a `person`: those of the reader's line; for HR partners all but their own. Never one's own."""
    if not access.at_work(reader):
        return rows.none()
    others = rows.exclude(**{f"{prefix}person": reader})
    if is_hr(reader):
        return others
    below = Person.objects.at_work().in_line_of(reader).order_by().values("pk")
    return others.filter(**{f"{prefix}person__in": below})


def witnesses(person: Person, by: Person):
    """Who may witness that somebody refused to acknowledge: whoever may know of the plan anyway, but the two."""
    may_know = Q(lines_below__below=person) | Q(grants__role=HR_PARTNER)
    found = Person.objects.at_work().filter(may_know)
    return found.exclude(pk__in=[person.pk, by.pk]).distinct().order_by("name")


def conflict(by: Person, *others: Person | None) -> str:
    """Why somebody cannot look at what others decided, as a sentence, or empty: nobody checks whom they work for."""
    above = [one.pk for one in others if one is not None]
    works_for = Person.objects.filter(pk__in=above, lines_below__below=by).first()
    if works_for:
        return f"Somebody who works for {works_for.name} does not check what {works_for.name} decided."
    return ""
