"""A small multiple as a few lines of SVG: a wall of hundreds in milliseconds. Colours come from chart.css."""

from collections.abc import Callable, Iterator
from html import escape

import numpy as np

from andon.plots import path
from andon.plots.chart import ControlChart, Floats, Ints
from andon.plots.scale import Domain, along, domain, edges
from andon.plots.thin import thin

MARGIN = 4.0  # room for half a dot at either side
MANY = 40  # exceptions beyond which they are drawn smaller


def tile(chart: ControlChart, width: int = 260, height: int = 64) -> str:
    """The chart as a small SVG: band, limits, centre, line and exceptions; no axes.

    It holds classes only, no colour and no inline style. Points worse than usual are dots, better ones
    diamonds, so that the difference does not rest on colour.
    """
    label = escape(f"{chart.title}. {chart.sentence}".strip(), quote=True)
    shown = np.isfinite(chart.value).any()
    body = "".join(_body(chart, width, height)) if shown else _nothing(width, height)
    return f'<svg class="c-tile" viewBox="0 0 {width} {height}" role="img" aria-label="{label}">{body}</svg>'


def _nothing(width: int, height: int) -> str:
    return f'<path class="c-none" d="M0,{height / 2:g}H{width}"/>'


def _body(chart: ControlChart, width: int, height: int) -> Iterator[str]:
    view = domain(chart, (chart.target,), pad=0.1)
    x = along(chart.at, width, MARGIN)
    y = view.y(np.where(np.isfinite(chart.value), chart.value, np.nan), height)
    drawn = thin(chart.value, chart.marked, width)
    yield from _limits(chart, x, view, width, height)
    yield _drawn("c-phase", path.vertical(edges(x, MARGIN)[chart.starts[1:]], height))
    yield _target(chart, view, width, height)
    dense = " c-dense" if len(drawn) > width else ""
    yield _drawn(f"c-line{dense}", path.line(x[drawn], y[drawn]))
    yield _drawn("c-good", _spots(path.diamond, x, y, np.flatnonzero(chart.better)))
    yield _drawn("c-out", _spots(path.dot, x, y, np.flatnonzero(chart.worse)))


def _drawn(kind: str, data: str) -> str:
    return f'<path class="{kind}" d="{data}"/>' if data else ""


def _limits(chart: ControlChart, x: Floats, view: Domain, width: int, height: int) -> Iterator[str]:
    rungs = _rungs(chart, width)
    border = edges(x, MARGIN)[np.append(rungs, len(x))]
    lower, upper, centre = (view.y(a[rungs], height) for a in (chart.lower, chart.upper, chart.centre))
    phase = chart.phase[rungs]
    yield _drawn("c-band", path.band(border, lower, upper, phase, height))
    lines = (view.y(view.within(a[rungs]), height) for a in (chart.lower, chart.upper))
    yield _drawn("c-lim", "".join(path.steps(border, line, phase) for line in lines))
    yield _drawn("c-mid", path.steps(border, centre, phase))


def _rungs(chart: ControlChart, width: int) -> Ints:
    """Where a limit or the phase changes; in a long series at most about one a pixel, and every phase."""
    n = len(chart)
    same = np.ones(n - 1, np.bool_)
    for a in (chart.lower, chart.upper, chart.centre):
        same &= (a[1:] == a[:-1]) | (np.isnan(a[1:]) & np.isnan(a[:-1]))
    new_phase = np.diff(chart.phase) != 0
    turn = ~same | new_phase
    if turn.sum() > width:
        turn &= (np.arange(1, n) % max(1, n // width) == 0) | new_phase
    return np.concatenate([[0], np.flatnonzero(turn) + 1])


def _target(chart: ControlChart, view: Domain, width: int, height: int) -> str:
    if chart.target is None or not np.isfinite(chart.target):
        return ""
    y = float(view.y(np.array([chart.target]), height)[0])
    return _drawn("c-target", f"M0,{y:.1f}H{width}")


def _spots(shape: Callable[[float, float, float], str], x: Floats, y: Floats, which: Ints) -> str:
    """One shape a pixel: exceptions of a long series do not pile up."""
    places = {(round(a), round(b)): (a, b) for a, b in zip(x[which], y[which], strict=True) if b == b}
    r = path.BIG if len(places) <= MANY else path.SMALL
    return "".join(shape(float(a), float(b), r) for a, b in places.values())
