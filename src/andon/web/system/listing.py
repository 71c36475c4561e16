"""Every separation with the measures that it speaks of."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from andon.attribution.models import Separation
from andon.attribution.outcomes import Outcome, outcomes_of
from andon.mechanisms.models import Measure
from andon.people.models import Person
from andon.web.system.shares import Bar, bar

PAGE = 50
HEAVY = ("mechanisms", "teams", "funnels", "watched", "model", "notes", "rankings")


@dataclass(frozen=True, slots=True)
class Row:
    """A separation, its picture, and the measures in use that count this outcome."""

    separation: Separation
    bar: Bar | None
    measures: list[Measure]

    @property
    def name(self) -> str:
        return plain(self.separation.outcome)


def separations(person: Person) -> QuerySet[Separation]:
    """Those of which something is known first."""
    return Separation.objects.visible_to(person).defer(*HEAVY).order_by("problem", "outcome", "kind", "good")


def rows(shown: Iterable[Separation], measures: QuerySet[Measure]) -> list[Row]:
    """One query for the measures of all."""
    by_outcome = outcomes_of(measures.select_related("mechanism").order_by("mechanism__name", "name"))
    return [Row(one, bar(one.shares), by_outcome.get(key(one), [])) for one in shown]


def key(separation: Separation) -> Outcome:
    return Outcome(separation.outcome, separation.kind, separation.good)


def plain(outcome: str) -> str:
    """The name of a column as words: “Repeat contact”."""
    words = " ".join(outcome.replace("_", " ").split())
    return words[:1].upper() + words[1:]
