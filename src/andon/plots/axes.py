"""Axes of a large chart: few ticks, read as people write dates and amounts."""

import altair as alt
import numpy as np

from andon.plots.chart import ControlChart, Times
from andon.plots.scale import Domain

MONDAY = 4  # 1970 began on a Thursday; the first Monday was day 4
LADDER = (  # unit, how many of them, counted from
    ("h", 1, 0), ("h", 3, 0), ("h", 6, 0), ("h", 12, 0), ("D", 1, 0), ("D", 2, 0), ("D", 7, MONDAY),
    ("D", 14, MONDAY),
    ("M", 1, 0), ("M", 2, 0), ("M", 3, 0), ("M", 6, 0), ("Y", 1, 0), ("Y", 2, 0), ("Y", 5, 0),
    ("Y", 10, 0), ("Y", 100, 30), ("Y", 1000, 30),
)  # fmt: skip
LABEL = {  # the larger unit stands below, where it begins
    "h": "utchours(datum.value) === 0 || datum.index === 0 ?"
    " [utcFormat(datum.value, '%H:%M'), utcFormat(datum.value, '%-d %b')] : utcFormat(datum.value, '%H:%M')",
    "D": "datum.index === 0"
    " ? [utcFormat(datum.value, '%-d %b'), utcFormat(datum.value, '%Y')] : utcFormat(datum.value, '%-d %b')",
    "M": "utcmonth(datum.value) === 0 || datum.index === 0"
    " ? [utcFormat(datum.value, '%b'), utcFormat(datum.value, '%Y')] : utcFormat(datum.value, '%b')",
    "Y": "utcFormat(datum.value, '%Y')",
}
CLOCK = ((86400.0, "d"), (3600.0, "h"), (60.0, "min"), (1.0, "s"))


def at_scale() -> alt.Scale:
    """Periods start at UTC moments, whatever the zone of the reader's machine."""
    return alt.Scale(type="utc", nice=False, padding=10)


def time_axis(chart: ControlChart) -> alt.Axis:
    unit, moments = ticks(chart.at)
    return alt.Axis(
        # An expression, since a page without eval reads dates given as plain numbers wrongly.
        values=alt.ExprRef(f"[{','.join(f'{moment:.0f}' for moment in moments)}]"),
        labelExpr=LABEL[unit],
        grid=False,
        labelOverlap=True,
        labelPadding=8,
        labelFlush=False,
    )


def ticks(at: Times, most: int = 14) -> tuple[str, list[float]]:
    """The finest unit that gives at most `most` ticks, and the ticks in milliseconds: round hours, Mondays,
    first days of months and of years."""
    known = at[~np.isnat(at)]
    if not len(known):
        return "D", []
    first, last = known.min(), known.max()
    unit, step, start = next((r for r in LADDER if _count(first, last, r) <= most), LADDER[-1])
    begin, end = (int(t.astype(f"M8[{unit}]").astype(int)) for t in (first, last))
    chosen = np.arange(begin + (start - begin) % step, end + 1, step).astype(f"M8[{unit}]")
    return unit, chosen[chosen >= first].astype("M8[ms]").astype(np.int64).astype(float).tolist()


def _count(first: np.datetime64, last: np.datetime64, rung: tuple[str, int, int]) -> int:
    unit, step, _ = rung
    begin, end = (int(t.astype(f"M8[{unit}]").astype(int)) for t in (first, last))
    return (end - begin) // step + 1


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
