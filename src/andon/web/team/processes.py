"""The mechanisms that a team owns or depends on: out of spec first, with what is asked about them."""

from dataclasses import dataclass

from django.db.models import Count, Q

from andon.escalations.models import Escalation
from andon.mechanisms.models import Measure, Mechanism
from andon.people.models import Person
from andon.watch.queries import ranked
from andon.web.wall.tiles import Tile, tile

MOST_TILES = 8
MOST_QUESTIONS = 6


@dataclass(frozen=True, slots=True)
class Processes:
    """`measures` and `out` count all of them; tiles and questions are the first few."""

    measures: int
    out: int
    tiles: list[Tile]
    questions: list[Escalation]


def mechanisms_of_team(manager: Person):
    """Owned or used by the manager's team, or by those of the people they lead directly."""
    teams = Person.objects.at_work().filter(Q(manager=manager) | Q(pk=manager.pk), team__isnull=False)
    near = Q(owner_team__in=teams.values("team")) | Q(consumers__in=teams.values("team"))
    return Mechanism.objects.in_use().filter(near)


def processes(manager: Person) -> Processes:
    """Three queries."""
    mechanisms = mechanisms_of_team(manager).order_by().values("pk")
    measures = Measure.objects.in_use().filter(mechanism__in=mechanisms)
    counts = measures.aggregate(all=Count("pk"), out=Count("pk", filter=Q(chart__out=True)))
    questions = Escalation.objects.visible_to(manager).open().filter(mechanism__in=mechanisms)
    return Processes(
        counts["all"],
        counts["out"],
        [tile(one) for one in ranked(measures)[:MOST_TILES]],
        list(questions.select_related("mechanism").order_by("raised_at")[:MOST_QUESTIONS]),
    )
