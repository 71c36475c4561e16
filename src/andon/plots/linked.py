"""Two measures against each other: dots, the line that goes with them, and its sentence and table."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

import numpy as np

from andon.plots import words
from andon.plots.chart import Floats
from andon.plots.ticks import label, text, ticks

LEFT, RIGHT, TOP, FOOT = 64.0, 12.0, 10.0, 44.0  # pixels
ROOMY = 480.0  # pixels of width, below which fewer numbers fit
SMALL_FROM = 150  # dots, from which they are drawn smaller


@dataclass(frozen=True, slots=True, eq=False)
class Against:
    """Dots (N,) at x and y. low, high: an interval of y each, NaN for none. line: (slope, height at x = 0), or None.

    names are read on pointing, in the order given; empty where dots have none. Units as in `ControlChart`.
    """

    title: str
    sentence: str
    x_name: str
    y_name: str
    x: Floats
    y: Floats
    low: Floats
    high: Floats
    names: list[str]
    line: tuple[float, float] | None
    x_unit: str = ""
    y_unit: str = ""

    def __len__(self) -> int:
        return len(self.x)


def against(chart: Against, width: int = 720, height: int = 340) -> str:
    """The picture; no dot is picked out or ranked."""
    said = escape(f"{chart.title}. {chart.sentence}".strip(), quote=True)
    body = "".join(_body(chart, float(width), float(height))) if len(chart) else ""
    return f'<svg class="c-plot" viewBox="0 0 {width} {height}" role="img" aria-label="{said}">{body}</svg>'


class _Frame:
    """From values to positions."""

    def __init__(self, chart: Against, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.x_low, self.x_high = _view(chart.x)
        self.y_low, self.y_high = _view(np.concatenate([chart.y, chart.low, chart.high]))

    def x(self, value: float) -> float:
        return LEFT + (value - self.x_low) / (self.x_high - self.x_low) * (self.width - LEFT - RIGHT)

    def y(self, value: float) -> float:
        return TOP + (self.y_high - value) / (self.y_high - self.y_low) * (self.height - TOP - FOOT)


def _view(values: Floats) -> tuple[float, float]:
    values = values[np.isfinite(values)]
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    room = 0.05 * (high - low) or 0.1 * abs(high) or 0.5
    return low - room, high + room


def _body(chart: Against, width: float, height: float) -> Iterator[str]:
    frame = _Frame(chart, width, height)
    yield from _axes(chart, frame)
    yield from _line(chart, frame)
    radius = 2.4 if len(chart) >= SMALL_FROM else 3.6
    for i in range(len(chart)):
        x, y = frame.x(float(chart.x[i])), frame.y(float(chart.y[i]))
        if np.isfinite(chart.low[i]) and np.isfinite(chart.high[i]):
            low, high = frame.y(float(chart.low[i])), frame.y(float(chart.high[i]))
            yield f'<path class="c-range" d="M{x:.1f},{low:.1f}V{high:.1f}"/>'
        title = f"<title>{escape(_told(chart, i))}</title>" if chart.names else ""
        yield f'<circle class="c-dot c-soft" cx="{x:.1f}" cy="{y:.1f}" r="{radius}">{title}</circle>'


def _told(chart: Against, i: int) -> str:
    x, y = (words.value(float(v[i]), u, 1) for v, u in ((chart.x, chart.x_unit), (chart.y, chart.y_unit)))
    return f"{chart.names[i]}: {x}; {y}"


def _line(chart: Against, frame: _Frame) -> Iterator[str]:
    """The line, as far as there are dots and the picture reaches."""
    if chart.line is None:
        return
    slope, start = chart.line
    ends = [float(np.nanmin(chart.x)), float(np.nanmax(chart.x))]
    inside = np.linspace(ends[0], ends[1], 100)
    heights = start + slope * inside
    seen = inside[(heights >= frame.y_low) & (heights <= frame.y_high)]
    if len(seen) > 1:
        first, last = float(seen[0]), float(seen[-1])
        yield (
            f'<path class="c-mid" d="M{frame.x(first):.1f},{frame.y(start + slope * first):.1f}'
            f'L{frame.x(last):.1f},{frame.y(start + slope * last):.1f}"/>'
        )


def _axes(chart: Against, frame: _Frame) -> Iterator[str]:
    foot = frame.height - FOOT
    for tick in ticks(frame.y_low, frame.y_high, 4):
        yield f'<path class="c-grid" d="M{LEFT:g},{frame.y(tick):.1f}H{frame.width - RIGHT:g}"/>'
        yield text(LEFT - 8, frame.y(tick) + 4, label(tick, chart.y_unit), "end")
    for tick in ticks(frame.x_low, frame.x_high, 6 if frame.width > ROOMY else 3):
        yield text(min(frame.x(tick), frame.width - 14), foot + 16, label(tick, chart.x_unit))
    yield text((LEFT + frame.width - RIGHT) / 2, frame.height - 6, chart.x_name, "middle", "c-name")
    middle = (TOP + foot) / 2
    name = escape(chart.y_name)
    yield (
        f'<text class="c-name" x="13" y="{middle:g}" text-anchor="middle" transform="rotate(-90 13 {middle:g})">'
        f"{name}</text>"
    )


def against_table(chart: Against, noun: str = "unit") -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and one row of words a dot, in the order given."""
    header = (
        *((words.capital(noun),) if chart.names else ()),
        words.capital(chart.x_name),
        words.capital(chart.y_name),
    )
    rows = []
    for i in range(len(chart)):
        named = (chart.names[i],) if chart.names else ()
        x, y = (
            words.value(float(chart.x[i]), chart.x_unit, 1),
            words.value(float(chart.y[i]), chart.y_unit, 1),
        )
        rows.append((*named, x, y))
    return header, rows
