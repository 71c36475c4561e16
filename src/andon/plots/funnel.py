"""A funnel: what each team or site reached against how many cases it had, between the limits of chance."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

import numpy as np

from andon.plots import path, words
from andon.plots.chart import Bools, Floats
from andon.plots.ticks import label, text, ticks

LEFT, RIGHT, TOP, FOOT = 56.0, 12.0, 8.0, 40.0  # pixels
ROOMY = 480.0  # pixels of width, below which fewer numbers fit
NAMED = 8  # names beside dots, of those outside


@dataclass(frozen=True, slots=True, eq=False)
class Funnel:
    """Dots (N,) and limits as curves (K,) over the number of cases `at`, ascending.

    inner: 95 %, outer: 99.8 % limits, allowing for more scatter than chance. outside: beyond the outer ones.
    """

    title: str
    sentence: str
    noun: str
    names: list[str]
    n: Floats
    value: Floats
    outside: Bools
    centre: float
    at: Floats
    inner: tuple[Floats, Floats]
    outer: tuple[Floats, Floats]
    unit: str

    def __len__(self) -> int:
        return len(self.names)


def funnel(chart: Funnel, width: int = 720, height: int = 300) -> str:
    """The picture: dots outside the outer limits are marked and, when there are few, named."""
    words_of_it = escape(f"{chart.title}. {chart.sentence}".strip(), quote=True)
    body = "".join(_body(chart, float(width), float(height))) if len(chart) else ""
    return f'<svg class="c-plot" viewBox="0 0 {width} {height}" role="img" aria-label="{words_of_it}">{body}</svg>'


class _Frame:
    """From cases (on a square-root scale, so that small groups are not pressed together) and values to positions."""

    def __init__(self, chart: Funnel, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.most = float(np.max(chart.n)) * 1.05
        values = chart.value[np.isfinite(chart.value)]
        low, high = float(min(values.min(), chart.centre)), float(max(values.max(), chart.centre))
        room = 0.12 * (high - low) or 0.1 * abs(chart.centre) or 0.5
        self.low, self.high = low - room, high + room

    def x(self, n: Floats) -> Floats:
        return LEFT + np.sqrt(np.maximum(n, 0) / self.most) * (self.width - LEFT - RIGHT)

    def y(self, value: Floats) -> Floats:
        inside = np.clip(value, self.low, self.high)
        return TOP + (self.high - inside) / (self.high - self.low) * (self.height - TOP - FOOT)

    def within(self, value: Floats) -> Floats:
        return np.where((value >= self.low) & (value <= self.high), value, np.nan)


def _body(chart: Funnel, width: float, height: float) -> Iterator[str]:
    frame = _Frame(chart, width, height)
    yield from _axes(chart, frame)
    x = frame.x(chart.at)
    for kind, pair in (("c-lim", chart.inner), ("c-lim c-far", chart.outer)):
        yield f'<path class="{kind}" d="{"".join(path.line(x, frame.y(frame.within(curve))) for curve in pair)}"/>'
    centre = float(frame.y(np.array([chart.centre]))[0])
    yield f'<path class="c-mid" d="M{LEFT:g},{centre:.1f}H{width - RIGHT:g}"/>'
    x, y = frame.x(chart.n), frame.y(chart.value)
    named = bool(chart.outside.sum() <= NAMED)
    for i, name in enumerate(chart.names):
        kind, title = "c-spot" if chart.outside[i] else "c-dot", f"<title>{escape(_told(chart, i))}</title>"
        yield f'<circle class="{kind}" cx="{x[i]:.1f}" cy="{y[i]:.1f}" r="4">{title}</circle>'
        if named and chart.outside[i]:
            end = x[i] > width * 0.7
            yield text(x[i] + (-9 if end else 9), y[i] + 4, name, "end" if end else "start", "c-name")


def _told(chart: Funnel, i: int) -> str:
    return f"{chart.names[i]}: {words.value(float(chart.value[i]), chart.unit, 1)} of {chart.n[i]:,.0f} cases"


def _axes(chart: Funnel, frame: _Frame) -> Iterator[str]:
    foot = frame.height - FOOT
    for tick in ticks(frame.low, frame.high, 4):
        y = float(frame.y(np.array([tick]))[0])
        yield f'<path class="c-grid" d="M{LEFT:g},{y:.1f}H{frame.width - RIGHT:g}"/>'
        yield text(LEFT - 8, y + 4, label(tick, chart.unit), "end")
    for tick in _square_ticks(frame.most)[frame.width < ROOMY :]:
        x = float(frame.x(np.array([tick]))[0])
        end = x > frame.width - RIGHT - 30
        yield text(min(x, frame.width), foot + 16, words.number(tick), "end" if end else "middle")
    yield text((LEFT + frame.width - RIGHT) / 2, frame.height - 6, "cases")


def _square_ticks(most: float) -> list[float]:
    """Few numbers of cases, evenly spread on a square-root scale."""
    return [float(f"{most * share**2:.1g}") for share in (0.25, 0.5, 0.75, 0.95)]


def funnel_table(chart: Funnel) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and one row of words a dot, in the order given."""
    header = (words.capital(chart.noun), "Cases", "Reached", "Beyond the limits")
    rows: list[tuple[str, ...]] = [
        (
            name,
            f"{chart.n[i]:,.0f}",
            words.value(float(chart.value[i]), chart.unit, 1),
            "yes" if chart.outside[i] else "",
        )
        for i, name in enumerate(chart.names)
    ]
    return header, rows
