"""The chart a question is about, with the point that was asked about."""

from dataclasses import dataclass

from andon.escalations.models import Escalation
from andon.plots import words
from andon.watch.models import Chart
from andon.web.mechanisms import pictures, points


@dataclass(frozen=True, slots=True)
class Asked:
    """The picture, what the chart says, and the point in words; `point` is empty when none was named."""

    svg: str
    sentence: str
    point: str
    reason: str


def chart_of(escalation: Escalation) -> Asked | None:
    """None without a measure, or while it has no chart yet."""
    if not escalation.measure_id:
        return None
    chart = Chart.objects.filter(measure=escalation.measure_id).select_related("measure__mechanism").first()
    if chart is None or not chart.points.get("at"):
        return None
    point, reason = _point(escalation, chart)
    return Asked(pictures.picture(chart).svg, chart.sentence, point, reason)


def _point(escalation: Escalation, chart: Chart) -> tuple[str, str]:
    found = next((p for p in points.points(chart) if p.at == escalation.point_at), None)
    if found is None or found.value is None:
        return "", escalation.exception.reason if escalation.exception else ""
    value = words.value(found.value, chart.measure.unit)
    return f"{words.period(found.at.replace(tzinfo=None), chart.measure.every)}: {value}", found.reason
