"""How a mechanism stands, as its charts and the questions about it say."""

from datetime import UTC, datetime

import numpy as np
from django.db.models import Q, QuerySet

from andon.escalations.models import Escalation
from andon.growth.rules.process import MeasureFacts, Standing, standing
from andon.mechanisms.models import Measure, Mechanism
from andon.standards.models import Standard
from andon.watch.definition import spell
from andon.watch.models import Chart
from andon.watch.pictures import control_chart


def standing_of(mechanism: Mechanism, now: datetime) -> Standing:
    """How it stood at a moment; nothing is computed.

    Of a moment before the chart was computed it is said by what the chart has up to then.
    """
    measures = (
        Measure.objects.in_use()
        .filter(mechanism=mechanism)
        .select_related("chart", "mechanism")
        .order_by("name")
    )
    facts = [_facts(one, now) for one in measures.defer("chart__points")]
    return standing(facts, open_questions(mechanism, now).count())


def open_questions(mechanism: Mechanism, now: datetime) -> QuerySet[Escalation]:
    """Asked by then, and closed later or not yet."""
    open_then = Q(closing__isnull=True) | Q(closing__at__gt=now)
    asked = Escalation.objects.of_mechanism(mechanism).select_related("mechanism")
    return asked.filter(open_then, raised_at__lte=now)


def _facts(measure: Measure, now: datetime) -> MeasureFacts:
    chart = getattr(measure, "chart", None)
    if chart is None or chart.latest is None:
        return MeasureFacts(measure.name, charted=False)
    if chart.computed_at <= now:
        return MeasureFacts(measure.name, charted=True, out=chart.out, sentence=chart.sentence)
    return _earlier(measure, chart, now)


def _earlier(measure: Measure, chart: Chart, now: datetime) -> MeasureFacts:
    """As the chart of today has it up to then: whether one of the last periods that were over was marked."""
    drawn = control_chart(chart)
    over = (
        int(np.searchsorted(drawn.at, np.datetime64(now.astimezone(UTC).replace(tzinfo=None)), "right")) - 1
    )
    found = spell(drawn.worse[: max(over, 0)])
    reason = drawn.reasons[found.last] if found else ""
    return MeasureFacts(measure.name, charted=over > 0, out=found is not None, sentence=reason)


def mechanism_of(standard: Standard | None) -> Mechanism | None:
    """The mechanism that carries a standard: that of its measure, else of the customer outcome it serves."""
    measure = standard and (standard.measure or standard.outcome_measure)
    return measure.mechanism if measure else None
