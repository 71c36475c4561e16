"""How a mechanism stands, as its charts and the questions about it say."""

from django.db.models import QuerySet

from andon.escalations.models import Escalation
from andon.growth.rules.process import MeasureFacts, Standing, standing
from andon.mechanisms.models import Measure, Mechanism
from andon.standards.models import Standard


def standing_of(mechanism: Mechanism) -> Standing:
    """Two queries; nothing is computed."""
    measures = Measure.objects.in_use().filter(mechanism=mechanism).select_related("chart").order_by("name")
    return standing(
        [_facts(one) for one in measures.defer("chart__points")], open_questions(mechanism).count()
    )


def open_questions(mechanism: Mechanism) -> QuerySet[Escalation]:
    return Escalation.objects.open().of_mechanism(mechanism)


def _facts(measure: Measure) -> MeasureFacts:
    chart = getattr(measure, "chart", None)
    if chart is None or chart.latest is None:
        return MeasureFacts(measure.name, charted=False)
    return MeasureFacts(measure.name, charted=True, out=chart.out, sentence=chart.sentence)


def mechanism_of(standard: Standard | None) -> Mechanism | None:
    """The mechanism that carries a standard: that of its measure, else of the customer outcome it serves."""
    measure = standard and (standard.measure or standard.outcome_measure)
    return measure.mechanism if measure else None
