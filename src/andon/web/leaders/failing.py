"""Where mechanisms fail in the same way: kinds of failure over mechanisms, from explanations that were posted."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from andon.escalations.models import Explanation
from andon.mechanisms.models import Mechanism

LOOKED_BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Failing:
    """A way to fail, and where: each mechanism with the numbers of its questions."""

    kind: str
    places: list[tuple[Mechanism, list[int]]]

    @property
    def alike(self) -> bool:
        return len(self.places) > 1


def failing_alike(now: datetime) -> list[Failing]:
    """One query. Of each question its newest explanation counts; the ways that most mechanisms share come first."""
    posted = Explanation.objects.filter(posted_at__gte=now - LOOKED_BACK, escalation__mechanism__isnull=False)
    rows = posted.exclude(failure="").select_related("escalation__mechanism").order_by("posted_at", "number")
    rows = rows.only("failure", "escalation__number", "escalation__mechanism")
    newest = {one.escalation_id: one for one in rows}
    found: dict[str, dict[Mechanism, list[int]]] = {}
    for one in newest.values():
        places = found.setdefault(one.get_failure_display(), {})
        places.setdefault(one.escalation.mechanism, []).append(one.escalation.number)
    ways = [Failing(kind, _sorted(places)) for kind, places in found.items()]
    return sorted(ways, key=lambda way: (-len(way.places), way.kind))


def _sorted(places: dict[Mechanism, list[int]]) -> list[tuple[Mechanism, list[int]]]:
    return sorted(
        ((mechanism, sorted(numbers)) for mechanism, numbers in places.items()),
        key=lambda place: place[0].name,
    )
