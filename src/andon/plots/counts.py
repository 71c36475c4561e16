"""Counts through time with what was expected: a few lines of SVG and a table. Colours come from chart.css."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

import numpy as np

from andon.plots import path, words
from andon.plots.chart import Bools, Floats, Ints, Times
from andon.plots.scale import Domain, along, edges
from andon.plots.thin import thin

MARGIN = 4.0  # room for half a dot at either side
HEADER = ("From", "Counted", "Expected", "Chance reaches", "")


@dataclass(frozen=True, slots=True, eq=False)
class CountChart:
    """Counts of windows (N,): start of each, what was counted, what was expected, how high chance reaches (NaN where
    nothing was expected), and which belong to the cluster.
    """

    title: str
    sentence: str
    at: Times
    observed: Floats
    expected: Floats
    upper: Floats
    inside: Bools

    def __len__(self) -> int:
        return len(self.observed)


def counts(chart: CountChart, width: int = 640, height: int = 120) -> str:
    """The chart as a small SVG: line of counts, expected and its band, windows of the cluster as dots; no axes."""
    label = escape(f"{chart.title}. {chart.sentence}".strip(), quote=True)
    body = "".join(_body(chart, width, height)) if len(chart) else ""
    return f'<svg class="c-tile" viewBox="0 0 {width} {height}" role="img" aria-label="{label}">{body}</svg>'


def _body(chart: CountChart, width: int, height: int) -> Iterator[str]:
    tops = np.concatenate(
        [chart.observed, chart.expected, np.minimum(chart.upper, 2 * chart.observed.max(initial=1))]
    )
    view = Domain(0.0, max(float(np.nanmax(tops, initial=0)), 1.0) * 1.08)
    x = along(chart.at, width, MARGIN)
    border, phase = edges(x, MARGIN), np.zeros(len(chart), np.int64)
    expected, upper, y = (view.y(a, height) for a in (chart.expected, chart.upper, chart.observed))
    floor = np.where(np.isfinite(chart.upper), float(height), np.nan)
    yield _drawn("c-band", path.band(border, floor, upper, phase, height))
    yield _drawn("c-mid", path.steps(border, expected, phase))
    drawn = thin(chart.observed, chart.inside, width)
    yield _drawn("c-line", path.line(x[drawn], y[drawn]))
    yield _drawn("c-out", _dots(x, y, np.flatnonzero(chart.inside)))


def _drawn(kind: str, data: str) -> str:
    return f'<path class="{kind}" d="{data}"/>' if data else ""


def _dots(x: Floats, y: Floats, which: Ints) -> str:
    r = path.BIG if len(which) <= 40 else path.SMALL
    return "".join(path.dot(float(x[i]), float(y[i]), r) for i in which.tolist())


def counts_table(
    chart: CountChart, limit: int | None = None
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and one row of words a window, latest first; `limit` keeps that many of the latest."""
    order = np.arange(len(chart))[::-1][:limit]
    return HEADER, [_row(chart, int(i)) for i in order]


def _row(chart: CountChart, i: int) -> tuple[str, ...]:
    amounts = (words.number(float(a[i])) for a in (chart.observed, chart.expected, chart.upper))
    return (words.date(chart.at[i]), *amounts, "in the cluster" if chart.inside[i] else "")
