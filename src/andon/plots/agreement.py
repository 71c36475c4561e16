"""What was predicted against what was seen: dots with their errors around the line of agreement."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

import numpy as np

from andon.plots.chart import Floats
from andon.plots.ticks import label, text, ticks

LEFT, FOOT, PAD = 64.0, 44.0, 10.0  # pixels
HEADER = ("Predicted", "Seen", "Standard error")


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """Groups (N,): the mean predicted, the mean seen, and the standard error of the difference; one unit for all."""

    title: str
    sentence: str
    predicted: Floats
    seen: Floats
    error: Floats
    unit: str = "plain"

    def __len__(self) -> int:
        return len(self.predicted)


def agreement(chart: Agreement, width: int = 420, height: int = 320) -> str:
    """The picture: dots whose bars (two standard errors) cross the line agree with the prediction."""
    words_of_it = escape(f"{chart.title}. {chart.sentence}".strip(), quote=True)
    body = "".join(_body(chart, float(width), float(height))) if len(chart) else ""
    return f'<svg class="c-plot" viewBox="0 0 {width} {height}" role="img" aria-label="{words_of_it}">{body}</svg>'


def _body(chart: Agreement, width: float, height: float) -> Iterator[str]:
    ends = np.concatenate([chart.predicted, chart.seen - 2 * chart.error, chart.seen + 2 * chart.error])
    low, high = float(np.nanmin(ends)), float(np.nanmax(ends))
    room = 0.05 * (high - low) or 0.5
    low, high = low - room, high + room

    def x(value: float) -> float:
        return LEFT + (value - low) / (high - low) * (width - LEFT - PAD)

    def y(value: float) -> float:
        return PAD + (high - value) / (high - low) * (height - PAD - FOOT)

    foot = height - FOOT
    for tick in ticks(low, high, 4):
        yield f'<path class="c-grid" d="M{LEFT:g},{y(tick):.1f}H{width - PAD:g}"/>'
        yield text(LEFT - 8, y(tick) + 4, label(tick, chart.unit), "end")
        yield text(x(tick), foot + 16, label(tick, chart.unit))
    yield text((LEFT + width - PAD) / 2, height - 8, "predicted")
    middle = (PAD + foot) / 2
    yield f'<text x="12" y="{middle:g}" text-anchor="middle" transform="rotate(-90 12 {middle:g})">seen</text>'
    yield f'<path class="c-mid" d="M{x(low):.1f},{y(low):.1f}L{x(high):.1f},{y(high):.1f}"/>'
    for predicted, seen, error in zip(chart.predicted, chart.seen, chart.error, strict=True):
        yield f'<path class="c-range" d="M{x(predicted):.1f},{y(seen - 2 * error):.1f}V{y(seen + 2 * error):.1f}"/>'
        yield f'<circle class="c-dot" cx="{x(predicted):.1f}" cy="{y(seen):.1f}" r="3.4"/>'


def agreement_table(chart: Agreement) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and one row of words a group."""
    rows = zip(chart.predicted.tolist(), chart.seen.tolist(), chart.error.tolist(), strict=True)
    return HEADER, [tuple(f"{value:+.3f}".replace("-", "−") for value in row) for row in rows]
