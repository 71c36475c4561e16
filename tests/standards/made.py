"""A role with a standard for the cast, in a line or two."""

from datetime import date, datetime, timedelta

from andon.standards import actions
from andon.standards.models import JobRole, StandardVersion

BEFORE = timedelta(days=60)


def a_role(cast, *people, starts: date | None = None) -> JobRole:
    """“Agent”, held by `people` (Alice and Bob unless told) since long ago."""
    now = cast.now - BEFORE
    role = JobRole.objects.filter(slug="agent").first() or actions.add_role(
        "Agent", purpose="Helps callers.", serves="Helped at the first try.", by=cast.hana, now=now
    )
    held = people or (cast.alice, cast.bob)
    actions.assign_role(role, held, starts=starts or now.date(), by=cast.hana, now=now)
    return role


def a_standard(
    cast, role: JobRole | None = None, *, now: datetime | None = None, **fields
) -> StandardVersion:
    """“Arrives in time”, at most 5 % late, agreed 60 days ago and in force since."""
    at = now or cast.now - BEFORE
    said = {
        "name": "Arrives in time", "statement": "Parcels arrive when we said.", "serves": "Customers wait at home.",
        "measure": cast.late, "level": 0.05, "starts": at.date(),
    }  # fmt: skip
    return actions.agree_standard(role or a_role(cast), by=cast.hana, now=at, **{**said, **fields})
