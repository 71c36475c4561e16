"""A stored chart as a picture: ready-drawn for the first paint, as a specification for the lively one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.utils.translation import get_language

from andon import plots
from andon.escalations.models import Escalation
from andon.people import drawing
from andon.plots import ControlChart, Note
from andon.watch.models import Chart
from andon.watch.pictures import control_chart

KEPT_FOR = 7 * 86400  # seconds; a chart computed anew has another key, so nothing stale is shown
ASKED = 5  # questions written on a chart; more would cover it


@dataclass(frozen=True, slots=True)
class Picture:
    """`svg` for the first paint, `spec` (Vega-Lite) for drawing in the browser."""

    svg: str
    spec: dict[str, Any]


def picture(chart: Chart, asked: Iterable[Escalation]) -> Picture:
    """With the latest questions about its points. Drawn once for each computation and each new question."""
    notes = list(_notes(chart, asked))[:ASKED]
    return cache.get_or_set(_key(chart, notes), lambda: _drawn(control_chart(chart, notes)), KEPT_FOR)


def _notes(chart: Chart, asked: Iterable[Escalation]) -> Iterator[Note]:
    for question in asked:
        if question.point_at and question.measure_id == chart.measure_id:
            yield Note(question.point_at.replace(tzinfo=None), f"question {question.number}")


def _drawn(chart: ControlChart) -> Picture:
    spec = drawing.specification(plots.large(chart))
    return Picture(plots.to_svg(spec), spec)


def _key(chart: Chart, notes: list[Note]) -> str:
    content = sha256(repr((chart.pk, chart.computed_at, notes, get_language())).encode()).hexdigest()
    return f"chart:{content}"
