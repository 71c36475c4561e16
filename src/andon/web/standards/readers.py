"""Who has read a version and who has not: by name, for their line and HR partners. Nobody is compared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from andon.people.models import Person
from andon.standards import access, queries
from andon.standards.models import Acknowledgement, Answer, Reminder, StandardVersion

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who has not read it, and when they were last asked to."""

    person: Person
    reminded: datetime | None


@dataclass(frozen=True, slots=True)
class Readers:
    """By name. `told` holds what was said in words; `more` whether there are names that are not shown."""

    version: StandardVersion
    waiting: list[Waiting]
    read: list[Person]
    told: list[Acknowledgement]
    more_waiting: bool
    more_read: bool

    @property
    def anybody(self) -> bool:
        return bool(self.waiting or self.read)

    @property
    def people(self) -> list[Person]:
        """Everybody of whom something shows."""
        return [*(one.person for one in self.waiting), *self.read, *(said.person for said in self.told)]


def readers(version: StandardVersion, viewer: Person, on: date) -> Readers | None:
    """Of those whom `viewer` hears; None where that is nobody. Six queries."""
    people = queries.bound_by(version, on) & access.heard_by(viewer)
    said = Acknowledgement.objects.filter(version=version)
    have = list(people.filter(pk__in=said.values("person")).order_by("name")[: SHOWN + 1])
    have_not = list(people.exclude(pk__in=said.values("person")).order_by("name")[: SHOWN + 1])
    found = Readers(
        version=version,
        waiting=_waiting(version, have_not[:SHOWN]),
        read=have[:SHOWN],
        told=in_words(said.filter(person__in=people.values("pk"))) if have else [],
        more_waiting=len(have_not) > SHOWN,
        more_read=len(have) > SHOWN,
    )
    return found if found.anybody else None


def _waiting(version: StandardVersion, people: list[Person]) -> list[Waiting]:
    sent = Reminder.objects.filter(version=version, person__in=people)
    last = dict(sent.order_by("at").values_list("person", "at"))
    return [Waiting(person, last.get(person.pk)) for person in people]


def in_words(said: Iterable[Acknowledgement]) -> list[Acknowledgement]:
    """What was asked, objected to or said in own words, what waits for an answer first."""
    told = said.exclude(words="").select_related(
        "person", "version__standard__team", "version__standard__job_role"
    )
    rows = list(
        told.prefetch_related(Prefetch("answers", Answer.objects.select_related("by"))).order_by("-at")[
            :SHOWN
        ]
    )
    return sorted(
        rows, key=lambda one: one.kind == Acknowledgement.Kind.UNDERSTOOD or bool(one.answers.all())
    )
