"""The chart that a mail carries, as a picture within it: nothing is fetched when it is read."""

from dataclasses import dataclass

import vl_convert

from andon import plots
from andon.people import drawing
from andon.people.retelling import retold
from andon.watch.models import Chart
from andon.watch.pictures import control_chart

MEASURE = "measure:"
WIDTH, HEIGHT, SHARPNESS = 460, 230, 2  # so that its words can be read on a phone
PAPER = '<rect width="100%" height="100%" fill="#ffffff"/>'  # so that it can be read on a dark page too


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, what it is the chart of, and the sentence that says what it shows, for whoever does not see it."""

    png: bytes
    title: str
    sentence: str
    width: int = WIDTH


def picture_of(reference: str) -> Picture | None:
    """The picture a notice asks for with `measure:<pk>`; None where there is no chart (any more)."""
    pk = reference.removeprefix(MEASURE)
    if not reference.startswith(MEASURE) or not pk.isdecimal():
        return None
    chart = Chart.objects.filter(measure=pk).select_related("measure__mechanism").first()
    if chart is None or not chart.points.get("at"):
        return None
    return Picture(
        _png(chart), f"{chart.measure.mechanism.name}, {chart.measure.name}", retold(chart.sentence)
    )


def _png(chart: Chart) -> bytes:
    drawn = plots.large(control_chart(chart), width=WIDTH, height=HEIGHT)
    svg = plots.to_svg(drawing.specification(drawn), plain=True)
    head, end, rest = svg.partition(">")
    return bytes(vl_convert.svg_to_png(head + end + PAPER + rest, scale=SHARPNESS))
