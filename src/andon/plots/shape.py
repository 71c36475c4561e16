"""How an outcome goes with a metric: dots with intervals over the metric, a few lines of SVG, and a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

import numpy as np

from andon.plots import path, words
from andon.plots.chart import Floats
from andon.plots.ticks import label, text, ticks

LEFT, RIGHT, TOP, FOOT = 62.0, 14.0, 10.0, 44.0  # pixels
ROOMY = 480.0  # pixels of width, below which fewer numbers fit


@dataclass(frozen=True, slots=True, eq=False)
class ShapePicture:
    """Stretches (N,) of a metric `at` its means, ascending: the outcome there, with `low` and `high`.

    usual: of all cases. matters: half the width of the band around the usual in which nothing matters. bend: where the
    shape bends or turns, NaN for nowhere. unit as in `ControlChart`.
    """

    title: str
    sentence: str
    metric: str
    outcome: str
    names: list[str]
    at: Floats
    n: Floats
    value: Floats
    low: Floats
    high: Floats
    usual: float
    matters: float
    bend: float
    unit: str

    def __len__(self) -> int:
        return len(self.at)


def shape(chart: ShapePicture, width: int = 720, height: int = 260) -> str:
    """The picture. The band is what would not matter."""
    words_of_it = escape(f"{chart.title}. {chart.sentence}".strip(), quote=True)
    body = "".join(_body(chart, float(width), float(height))) if len(chart) else ""
    return f'<svg class="c-plot" viewBox="0 0 {width} {height}" role="img" aria-label="{words_of_it}">{body}</svg>'


class _Frame:
    def __init__(self, chart: ShapePicture, width: float, height: float) -> None:
        self.width, self.foot = width, height - FOOT
        ends = np.concatenate([chart.value, [chart.usual - chart.matters, chart.usual + chart.matters]])
        low, high = float(np.nanmin(ends)), float(np.nanmax(ends))
        reach = np.concatenate([chart.low, chart.high])
        reach = reach[np.isfinite(reach)]
        if len(reach):  # intervals much wider than what is seen are cut
            low = min(low, max(float(reach.min()), low - (high - low)))
            high = max(high, min(float(reach.max()), high + (high - low)))
        room = 0.06 * (high - low) or 0.5
        self.low, self.high = low - room, high + room
        first, last = float(chart.at[0]), float(chart.at[-1])
        side = 0.04 * (last - first) or 0.5
        self.first, self.last = first - side, last + side

    def x(self, at: Floats) -> Floats:
        return LEFT + (at - self.first) / (self.last - self.first) * (self.width - LEFT - RIGHT)

    def y(self, value: Floats) -> Floats:
        inside = np.clip(value, self.low, self.high)
        return TOP + (self.high - inside) / (self.high - self.low) * (self.foot - TOP)


def _body(chart: ShapePicture, width: float, height: float) -> Iterator[str]:
    frame = _Frame(chart, width, height)
    yield from _axes(chart, frame, height)
    top, usual, bottom = frame.y(chart.usual + chart.matters * np.array([1.0, 0.0, -1.0])).tolist()
    wide, high = width - LEFT - RIGHT, bottom - top
    yield f'<rect class="c-band" x="{LEFT:g}" y="{top:.1f}" width="{wide:g}" height="{high:.1f}"/>'
    yield f'<path class="c-mid" d="M{LEFT:g},{usual:.1f}H{width - RIGHT:g}"/>'
    x, y = frame.x(chart.at), frame.y(chart.value)
    if np.isfinite(chart.bend):
        yield f'<path class="c-lim" d="M{float(frame.x(np.array([chart.bend]))[0]):.1f},{TOP:g}V{frame.foot:g}"/>'
    yield f'<path class="c-range" d="{path.line(x, y)}"/>'
    low, high = frame.y(chart.low), frame.y(chart.high)
    for i, name in enumerate(chart.names):
        if np.isfinite(chart.low[i]) and np.isfinite(chart.high[i]):
            yield f'<path class="c-range c-apart" d="M{x[i]:.1f},{low[i]:.1f}V{high[i]:.1f}"/>'
        told = f"{chart.metric} {name}: {words.value(float(chart.value[i]), chart.unit, 1)}"
        yield f'<circle class="c-dot" cx="{x[i]:.1f}" cy="{y[i]:.1f}" r="3.6"><title>{escape(told)}</title></circle>'


def _axes(chart: ShapePicture, frame: _Frame, height: float) -> Iterator[str]:
    for tick, told in _labelled(ticks(frame.low, frame.high, 4), chart.unit):
        y = float(frame.y(np.array([tick]))[0])
        yield f'<path class="c-grid" d="M{LEFT:g},{y:.1f}H{frame.width - RIGHT:g}"/>'
        yield text(LEFT - 8, y + 4, told, "end")
    if len(chart) <= 2:
        places = zip(chart.at.tolist(), chart.names, strict=True)
    else:
        marks = ticks(frame.first, frame.last, 6 if frame.width > ROOMY else 3)
        places = zip(marks, [words.number(mark) for mark in marks], strict=True)
    for at, said in places:
        yield text(float(frame.x(np.array([at]))[0]), frame.foot + 17, said)
    yield text((LEFT + frame.width - RIGHT) / 2, height - 6, chart.metric)


def _labelled(marks: list[float], unit: str) -> Iterator[tuple[float, str]]:
    """With further figures where two would read alike: 3.96 and 4.04 are not both 4."""
    told = [label(mark, unit) for mark in marks]
    for more in (1, 2):
        if len(set(told)) == len(told):
            break
        told = [words.value(mark, unit, more) for mark in marks]
    yield from zip(marks, told, strict=True)


def shape_table(chart: ShapePicture) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and one row of words a stretch."""
    header = (chart.metric, "Cases", chart.outcome, "From", "To")
    rows = [
        (
            chart.names[i],
            f"{chart.n[i]:,.0f}",
            *(words.value(float(a[i]), chart.unit, 1) for a in (chart.value, chart.low, chart.high)),
        )
        for i in range(len(chart))
    ]
    return header, rows
