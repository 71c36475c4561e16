"""Words beside the lines and above the notes, placed so that they do not lie on each other."""

from typing import Any, NamedTuple

import numpy as np

from andon.plots import words
from andon.plots.chart import ControlChart, Floats
from andon.plots.scale import Domain, along

NOTE = 17.0  # pixels from one line of notes to the next
APART = 14.0  # pixels between two labels
LETTER = 6.9  # pixels, about, of one letter of a note


class Label(NamedTuple):
    """One label at the right edge: where its line is and where the text stands, as values."""

    kind: str
    value: float
    text: str
    y: float


def line_labels(chart: ControlChart, view: Domain, height: int) -> list[Label]:
    """What the lines at the right edge are, pushed apart where they would touch."""
    found = [(kind, value, f"{name} {words.value(value, chart.unit)}") for kind, name, value in _lines(chart)]
    found = sorted((f for f in found if view.low <= f[1] <= view.high), key=lambda f: -f[1])
    wanted = view.y(np.array([value for _, value, _ in found], np.float64), height)
    places = [at_height(view, y, height) for y in spread(wanted, height)]
    return [Label(*f, y) for f, y in zip(found, places, strict=True)]


def at_height(view: Domain, y: float, height: float) -> float:
    """The value that stands `y` pixels from the top."""
    return view.high - y / height * (view.high - view.low)


def headroom(view: Domain, notes: list[dict[str, Any]], height: int) -> Domain:
    """The same domain with room on top for the lines of notes, so that they do not lie on the points."""
    lines = 1 + max((note["line"] for note in notes), default=-1)
    room = min(lines * NOTE / height, 0.5)
    return Domain(view.low, view.high + (view.high - view.low) * room / (1 - room))


def _lines(chart: ControlChart) -> list[tuple[str, str, float]]:
    last = {"upper limit": chart.upper, "centre": chart.centre, "lower limit": chart.lower}
    lines = [("limit", name, _last(values)) for name, values in last.items()]
    given = [
        ("target", "target", chart.target),
        ("spec", "spec: at most", chart.spec_upper),
        ("spec", "spec: at least", chart.spec_lower),
    ]
    lines += [(kind, name, float(v)) for kind, name, v in given if v is not None]
    return [line for line in lines if np.isfinite(line[2])]


def _last(values: Floats) -> float:
    return float(values[-1]) if len(values) else np.nan


def spread(wanted: Floats, height: float, apart: float = APART) -> list[float]:
    """Positions at least `apart`, in the given order, near to those wanted."""
    y = [float(v) for v in wanted]
    for i in range(1, len(y)):
        y[i] = max(y[i], y[i - 1] + apart)
    if y and y[-1] > height:
        y[-1] = height
        for i in range(len(y) - 2, -1, -1):
            y[i] = min(y[i], y[i + 1] - apart)
    return y


def note_labels(chart: ControlChart, width: int) -> list[dict[str, Any]]:
    """Notes and phases with the line of text they stand in and the side they lean to."""
    named = _named(chart)
    if not named or not len(chart):
        return []
    moments = np.array([at for at, _ in named], "datetime64[s]")
    x = _positions(chart, moments, width)
    taken: list[float] = []  # right end of the last text in each line
    placed = []
    for (at, text), left in zip(named, x.tolist(), strict=True):
        long = len(text) * LETTER
        side = "right" if left + long > width and left > width / 2 else "left"
        start = left - long if side == "right" else left
        row = next((i for i, end in enumerate(taken) if end < start), len(taken))
        taken[row : row + 1] = [start + long + 10]
        placed.append({"at": at, "text": text, "align": side, "line": row})
    return placed


def _positions(chart: ControlChart, moments: Any, width: int) -> Floats:
    x = along(chart.at, width)
    t = chart.at.astype(np.int64).astype(np.float64)
    return np.asarray(np.interp(moments.astype(np.int64).astype(np.float64), t, x), np.float64)


def _named(chart: ControlChart) -> list[tuple[Any, str]]:
    """Notes within the chart's time, and a name for every phase that has none of its own."""
    notes = [(np.datetime64(at, "s"), text) for at, text in chart.notes]
    told = {at for at, _ in notes}
    phases = [(chart.at[i], "new phase") for i in chart.starts[1:] if chart.at[i] not in told]
    inside = [(at, text) for at, text in notes if len(chart) and chart.at[0] <= at <= chart.at[-1]]
    return sorted([*inside, *phases], key=lambda note: note[0])
