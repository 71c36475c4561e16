"""The chart a question is about, with the point that was asked about."""

from dataclasses import dataclass

from django.core.cache import cache
from django.utils.translation import get_language

from andon import plots
from andon.escalations.models import Escalation
from andon.people import drawing, saying
from andon.plots import Note
from andon.watch.models import Chart
from andon.watch.pictures import control_chart
from andon.web.mechanisms.points import Point, points

WIDTH = 560  # pixels, of what is plotted
KEPT_FOR = 86400  # seconds; a chart computed anew has another key, so nothing stale is shown


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
    found = next((point for point in points(chart) if point.at == escalation.point_at), None)
    reason = found.reason if found else escalation.exception.reason if escalation.exception else ""
    return Asked(_picture(escalation, chart), chart.sentence, _in_words(found, chart), reason)


def _picture(escalation: Escalation, chart: Chart) -> str:
    """Drawn once for each computation of the chart: drawing takes longer than everything else on the page."""
    key = f"question:{WIDTH}:{escalation.pk}:{chart.pk}:{chart.computed_at.timestamp()}:{get_language()}"
    return cache.get_or_set(key, lambda: _drawn(escalation, chart), KEPT_FOR)


def _drawn(escalation: Escalation, chart: Chart) -> str:
    at = escalation.point_at
    notes = [Note(at.replace(tzinfo=None), "asked about this")] if at else []
    return drawn(chart, notes)


def drawn(chart: Chart, notes: list[Note]) -> str:
    """As wide as its place beside the clocks, so that its words are as large as those around it."""
    return plots.to_svg(drawing.specification(plots.large(control_chart(chart, notes), WIDTH)))


def _in_words(point: Point | None, chart: Chart) -> str:
    if point is None or point.value is None:
        return ""
    when = saying.period(point.at, chart.measure.every)
    return f"{when}: {saying.value(point.value, chart.measure.unit)}"
