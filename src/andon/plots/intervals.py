"""Estimates with their intervals, one line each, around a common level: a few lines of SVG, a sentence and a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

import numpy as np

from andon.plots import words
from andon.plots.chart import Floats
from andon.plots.ticks import label, text, ticks

ROW, TOP, FOOT = 22.0, 6.0, 26.0  # pixels
LETTER = 7.0  # pixels, about, of a letter of a name
NAMES = 0.36  # of the width, at most, for names
FEW_TICKS = 480.0  # pixels of width, below which fewer numbers fit
LEAST_NAME = 30.0  # pixels: short names may be all wide letters


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """Estimates (N,) with `low` and `high`, drawn in the order given; `centre` is the usual level.

    NaN in `low` or `high`: no interval. `unit` as in `ControlChart`. `noun` names what a line is: mechanism, team.
    """

    title: str
    sentence: str
    noun: str
    names: list[str]
    n: Floats
    value: Floats
    low: Floats
    high: Floats
    centre: float
    unit: str

    def __len__(self) -> int:
        return len(self.names)


def intervals(chart: Intervals, width: int = 720) -> str:
    """The picture. An interval that holds the usual level is drawn lighter than one that does not."""
    height = TOP + ROW * len(chart) + FOOT
    words_of_it = escape(f"{chart.title}. {chart.sentence}".strip(), quote=True)
    body = "".join(_body(chart, float(width), height)) if len(chart) else ""
    return f'<svg class="c-plot" viewBox="0 0 {width} {height:g}" role="img" aria-label="{words_of_it}">{body}</svg>'


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def _body(chart: Intervals, width: float, height: float) -> Iterator[str]:
    most = int(NAMES * width / LETTER)
    names = [_short(name, most) for name in chart.names]
    left = max(max(map(len, names), default=0) * LETTER, LEAST_NAME) + 12
    low, high = _view(chart)

    def x(value: float) -> float:
        return left + (value - low) / (high - low) * (width - left - 12)

    foot = height - FOOT
    for tick in ticks(low, high, 5 if width > FEW_TICKS else 3):
        yield f'<path class="c-grid" d="M{x(tick):.1f},0V{foot:g}"/>'
        yield text(x(tick), height - 8, label(tick, chart.unit))
    if np.isfinite(chart.centre):
        yield f'<path class="c-mid" d="M{x(chart.centre):.1f},0V{foot:g}"/>'
    for i, name in enumerate(names):
        y = TOP + ROW * (i + 0.5)
        yield text(left - 10, y + 4, name, "end", "c-name")
        yield _line(
            chart,
            i,
            y,
            x(float(np.clip(chart.low[i], low, high))),
            x(float(np.clip(chart.high[i], low, high))),
        )
        yield f'<circle class="c-dot" cx="{x(float(chart.value[i])):.1f}" cy="{y:.1f}" r="3.4"/>'


def _line(chart: Intervals, i: int, y: float, start: float, end: float) -> str:
    if not (np.isfinite(chart.low[i]) and np.isfinite(chart.high[i])):
        return ""
    apart = not chart.low[i] <= chart.centre <= chart.high[i]
    return f'<path class="c-range{" c-apart" if apart else ""}" d="M{start:.1f},{y:.1f}H{end:.1f}"/>'


def _view(chart: Intervals) -> tuple[float, float]:
    """Room for everything; intervals much wider than the estimates lie apart are cut."""
    values = np.append(chart.value[np.isfinite(chart.value)], chart.centre)
    values = values[np.isfinite(values)]
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    ends = np.concatenate([chart.low, chart.high])
    ends = ends[np.isfinite(ends)]
    reach = (high - low) or abs(high) or 1.0
    if len(ends):
        low, high = (
            min(low, max(float(ends.min()), low - 2 * reach)),
            max(high, min(float(ends.max()), high + 2 * reach)),
        )
    room = 0.04 * (high - low) or 0.1 * abs(high) or 0.5
    return low - room, high + room


def intervals_table(chart: Intervals) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and one row of words a line."""
    header = (words.capital(chart.noun), "Cases", "Estimate", "From", "To")
    rows = [
        (
            chart.names[i],
            f"{chart.n[i]:,.0f}",
            *(words.value(float(a[i]), chart.unit, 1) for a in (chart.value, chart.low, chart.high)),
        )
        for i in range(len(chart))
    ]
    return header, rows
