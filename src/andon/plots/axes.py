"""Axes of a large chart: few ticks, read as people write dates and amounts."""

import altair as alt
import numpy as np

from andon.plots.chart import ControlChart
from andon.plots.scale import Domain

DAY = 86400.0
CLOCK = ((86400.0, "d"), (3600.0, "h"), (60.0, "min"), (1.0, "s"))


def at_scale() -> alt.Scale:
    """Periods start at UTC moments, whatever the zone of the reader's machine."""
    return alt.Scale(type="utc", nice=False, padding=10)


def time_axis(chart: ControlChart) -> alt.Axis:
    return alt.Axis(
        labelExpr=_time_label(_span(chart)), grid=False, tickCount={"expr": "width / 64"},
        labelOverlap=True, labelPadding=8, labelFlush=False,
    )  # fmt: skip


def _span(chart: ControlChart) -> float:
    known = chart.at[~np.isnat(chart.at)]
    return float((known[-1] - known[0]) / np.timedelta64(1, "s")) if len(known) > 1 else DAY


def _time_label(span: float) -> str:
    """Months with the year under each January; days or hours in a short chart, years in a long one."""
    year = "utcFormat(datum.value, '%Y')"
    if span > 12 * 365 * DAY:
        return year
    if span > 75 * DAY:
        month = "utcFormat(datum.value, '%b')"
        return f"utcmonth(datum.value) === 0 || datum.index === 0 ? [{month}, {year}] : {month}"
    day = "utcFormat(datum.value, '%-d %b')"
    if span > 3 * DAY:
        return f"datum.index === 0 ? [{day}, {year}] : {day}"
    hour = "utcFormat(datum.value, '%H:%M')"
    return f"utchours(datum.value) === 0 || datum.index === 0 ? [{hour}, {day}] : {hour}"


def value_axis(unit: str, view: Domain) -> alt.Axis:
    return alt.Axis(
        labelExpr=_value_label(unit, view),
        tickCount=5,
        grid=True,
        gridOpacity=0.55,
        labelPadding=8,
        orient="left",
    )


def _value_label(unit: str, view: Domain) -> str:
    if unit == "share":
        return "format(datum.value * 100, ',.6~f') + ' %'"
    if unit == "seconds":
        size, name = next(((s, n) for s, n in CLOCK if view.high >= 2 * s), CLOCK[-1])
        return f"format(datum.value / {size:g}, ',.6~f') + ' {name}'"
    largest = max(abs(view.low), abs(view.high))
    if largest >= 1e15:
        return "format(datum.value, '.2~e')"
    if largest >= 1e5:
        return "format(datum.value, '.3~s')"
    return "format(datum.value, ',.6~f')"
