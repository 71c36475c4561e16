"""What coaching is about: a standard, a mechanism, or something else; and how the process behind it stands."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from andon.growth.queries.process import mechanism_of, open_questions, standing_of
from andon.growth.rules.process import Standing
from andon.mechanisms.models import Measure, Mechanism
from andon.people.models import Person
from andon.standards.models import Standard
from andon.standards.queries import in_force_for
from andon.watch.queries import ranked
from andon.web.wall.tiles import Tile, tile

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Subject:
    """`standing` is None where no mechanism is behind it."""

    name: str
    standard: Standard | None = None
    mechanism: Mechanism | None = None
    standing: Standing | None = None
    tiles: tuple[Tile, ...] = ()
    questions: tuple = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """(value, name) of what one may choose from."""

    standards: list[tuple[str, str]]
    mechanisms: list[tuple[str, str]]


def mechanisms_of(person: Person):
    """Those that somebody's team owns or uses."""
    if person.team_id is None:
        return Mechanism.objects.none()
    near = Q(owner_team=person.team_id) | Q(consumers=person.team_id)
    return Mechanism.objects.in_use().filter(near).distinct()


def subjects(person: Person, now: datetime) -> Choices:
    versions = in_force_for(person, timezone.localdate(now))
    return Choices(
        [(f"standard-{one.standard_id}", one.standard.name) for one in versions],
        [(f"mechanism-{one.slug}", one.name) for one in mechanisms_of(person)],
    )


def subject_of(person: Person, about: str, now: datetime) -> Subject | None:
    """What was chosen, if it concerns this person; None when nothing was."""
    kind, _dash, key = about.partition("-")
    if kind == "standard" and key.isdecimal():
        return _standard(person, int(key), now)
    if kind == "mechanism":
        found = mechanisms_of(person).filter(slug=key).first()
        return _with_process(found.name, None, found, now) if found else None
    return Subject("") if about == OTHER else None


def _standard(person: Person, key: int, now: datetime) -> Subject | None:
    versions = in_force_for(person, timezone.localdate(now))
    standard = next((one.standard for one in versions if one.standard_id == key), None)
    return _with_process(standard.name, standard, mechanism_of(standard), now) if standard else None


def _with_process(
    name: str, standard: Standard | None, mechanism: Mechanism | None, now: datetime
) -> Subject:
    if mechanism is None:
        return Subject(name, standard)
    measures = ranked(Measure.objects.in_use().filter(mechanism=mechanism))[:4]
    return Subject(
        name, standard, mechanism, standing_of(mechanism, now), tuple(tile(one) for one in measures),
        tuple(open_questions(mechanism, now)[:5]),
    )  # fmt: skip
