"""A kept figure as a chart that can be drawn."""

from andon.culture.centre.actions import measure_of
from andon.culture.centre.definitions import BY_KEY
from andon.culture.centre.models import CentreFigure
from andon.plots import ControlChart
from andon.watch.models import Chart
from andon.watch.pictures import control_chart


def chart_of(figure: CentreFigure, name: str) -> ControlChart:
    """As every measure is drawn. `name`: of the mechanism, or of all contacts."""
    measure = measure_of(figure.key, figure.mechanism, figure.unit, figure.good, name)
    measure.name = str(BY_KEY[figure.key].name)
    return control_chart(Chart(measure=measure, points=figure.points, sentence=figure.sentence))
