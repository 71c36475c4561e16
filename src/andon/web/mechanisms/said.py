"""What customers said in the periods a chart marks, or lately, as far as the reader may see it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Window

from andon.mechanisms.models import Mechanism
from andon.people.models import Person
from andon.signals.models import Signal
from andon.web.links import voice_url
from andon.web.mechanisms.points import Point, spans

QUOTED = 5
SPANS = 12  # of the newest marked periods: a question with hundreds of alternatives is no longer quick


@dataclass(frozen=True, slots=True)
class Said:
    """The newest few signals of the marked periods, or of all if none is `marked`; where to read the rest."""

    signals: list[Signal]
    count: int
    url: str
    marked: bool


def said(mechanism: Mechanism, rows: list[Point], person: Person) -> Said:
    """One query."""
    periods = spans([row for row in rows if row.worse])[-SPANS:]
    found = Signal.objects.visible_to(person).filter(_within(periods), mechanism=mechanism)
    url = voice_url(mechanism.slug, *((periods[0][0], periods[-1][1]) if periods else ()))
    counted = found.exclude(text="").annotate(of=Window(Count("pk")))
    quoted = list(counted.defer("raw").order_by("-received_at", "-pk")[:QUOTED])
    return Said(quoted, quoted[0].of if quoted else 0, url, bool(periods))


def _within(periods: list[tuple[datetime, datetime]]) -> Q:
    spans = [Q(received_at__gte=start, received_at__lt=until) for start, until in periods]
    return Q(*spans, _connector=Q.OR)
