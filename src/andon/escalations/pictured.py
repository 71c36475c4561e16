"""Which chart a mail about a question carries."""

from andon.escalations.models import Escalation
from andon.mechanisms.models import Measure
from andon.watch.queries import ranked


def picture_of(escalation: Escalation) -> str:
    """`measure:<pk>` of what is asked about; else of the mechanism's measure that is farthest out of spec. Or ""."""
    measure = escalation.measure_id or _worst(escalation.mechanism_id)
    return f"measure:{measure}" if measure else ""


def _worst(mechanism: int | None) -> int | None:
    if mechanism is None:
        return None
    charted = Measure.objects.in_use().filter(mechanism=mechanism, chart__latest__isnull=False)
    return ranked(charted).values_list("pk", flat=True).first()
