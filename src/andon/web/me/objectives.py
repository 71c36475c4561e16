"""My objectives with their way up to a customer outcome."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from andon.people.models import Person
from andon.standards.models import Objective

MOST = 12
LEVELS = 4  # above one's own; beyond it the page of the objective goes on
OUTCOME = ("measure__mechanism", "mechanism")


@dataclass(frozen=True, slots=True)
class Mine:
    """An objective, those above it up to the first that names an outcome, and that outcome."""

    objective: Objective
    above: list[Objective]
    outcome: str


def of(person: Person) -> list[Mine]:
    """Those that are open: of a cycle that has begun and is not frozen, or of their own time. One query."""
    open_ones = Q(cycle=None) | Q(cycle__opened_at__isnull=False, cycle__frozen_at=None)
    found = Objective.objects.of(person).kept().filter(open_ones)
    return [_mine(one) for one in found.select_related(*_related()).order_by("due", "pk")[:MOST]]


def _related() -> Iterator[str]:
    yield from ("cycle", *OUTCOME)
    above = "parent"
    for _level in range(LEVELS):
        yield from (above, *(f"{above}__{name}" for name in OUTCOME))
        above = f"{above}__parent"


def _mine(objective: Objective) -> Mine:
    """Nothing above is anybody's own: a personal objective hangs under shared ones."""
    steps = [objective]
    while not steps[-1].names_an_outcome and len(steps) <= LEVELS and steps[-1].parent_id:
        steps.append(steps[-1].parent)
    return Mine(objective, steps[1:], _outcome(steps[-1]))


def _outcome(objective: Objective) -> str:
    return str(objective.measure or objective.mechanism or "")
