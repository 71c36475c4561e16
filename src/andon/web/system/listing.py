"""Every separation with the measures that it speaks of."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from andon.attribution.models import Separation
from andon.attribution.outcomes import Outcome, outcomes_of, plain
from andon.mechanisms.models import Measure
from andon.people.models import Person
from andon.plots import words
from andon.web.system.shares import Bar, bar
from andon.web.system.telling import apart

PAGE = 50
Asked = dict[Outcome, list[Measure]]
HEAVY = ("mechanisms", "teams", "funnels", "watched", "model", "notes", "rankings")


@dataclass(frozen=True, slots=True)
class Row:
    """A separation, its picture, and the measures in use that count this outcome."""

    separation: Separation
    bar: Bar | None
    measures: list[Measure]

    @property
    def apart(self) -> bool:
        return apart(self.separation)

    @property
    def name(self) -> str:
        return words.capital(plain(self.separation.outcome))


def separations(person: Person) -> QuerySet[Separation]:
    """Those of which something is known first."""
    return Separation.objects.visible_to(person).defer(*HEAVY).order_by("problem", "outcome", "kind", "good")


def asked(measures: QuerySet[Measure]) -> Asked:
    """The outcomes that measures count; one query."""
    return outcomes_of(measures.select_related("mechanism").order_by("mechanism__name", "name"))


def rows(shown: Iterable[Separation], counted: Asked) -> list[Row]:
    return [Row(one, bar(one.shares), counted.get(key(one), [])) for one in shown]


def waiting(person: Person, counted: Asked) -> list[str]:
    """Outcomes of which nothing was computed so far; one query."""
    known = {key(one) for one in Separation.objects.visible_to(person).only("outcome", "kind", "good")}
    return sorted({words.capital(plain(one.outcome)) for one in counted if one not in known})


def key(separation: Separation) -> Outcome:
    return Outcome(separation.outcome, separation.kind, separation.good)
