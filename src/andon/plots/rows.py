"""What the large chart draws, as rows: points in words, steps of the limits, notes."""

from typing import Any

import numpy as np

from andon.plots import words
from andon.plots.chart import ControlChart, Floats, Times
from andon.plots.labels import NOTE, at_height
from andon.plots.scale import Domain
from andon.plots.thin import thin

Row = dict[str, Any]
COLUMNS = 700  # a long series is thinned to at most about three points for each of these


def point_rows(chart: ControlChart) -> list[Row]:
    """One row a point drawn: moment in milliseconds, value, kind ("", "worse", "better") and words."""
    kind = np.where(chart.better, "better", np.where(chart.worse, "worse", ""))
    at = milliseconds(chart.at)
    return [
        {
            "i": place,
            "at": float(at[i]),
            "value": finite(chart.value[i]),
            "kind": str(kind[i]),
            "when": words.capital(words.period(chart.at[i], chart.every)),
            "what": words.value(float(chart.value[i]), chart.unit, more=1),
            "why": chart.reasons[i] or usual(chart, i),
        }
        for place, i in enumerate(thin(chart.value, chart.marked, COLUMNS).tolist())
    ]


def usual(chart: ControlChart, i: int) -> str:
    if not np.isfinite(chart.value[i]):
        return "nothing was measured"
    low, high = chart.lower[i], chart.upper[i]
    if np.isfinite(low) and np.isfinite(high):
        ends = [words.value(float(limit), chart.unit) for limit in (low, high)]
        return f"as usual: between {ends[0]} and {ends[1]}"
    return "not marked"


def rung_rows(chart: ControlChart, view: Domain) -> list[Row]:
    """The limits as a staircase: one row where each point's stretch begins and one where a phase ends."""
    chosen = thin(chart.upper, np.zeros(len(chart), np.bool_), COLUMNS)
    chosen = np.union1d(chosen, chart.starts)
    border = borders(chart.at)
    rows: list[Row] = []
    for place, i in enumerate(chosen.tolist()):
        last = place + 1 == len(chosen) or chart.phase[chosen[place + 1]] != chart.phase[i]
        end = chosen[place + 1] if place + 1 < len(chosen) else len(chart)
        rows.append(_rung(chart, view, i, border[i]))
        if last:
            rows.append(_rung(chart, view, i, border[end]))
    return rows


def _rung(chart: ControlChart, view: Domain, i: int, at: float) -> Row:
    low, high = chart.lower[i], chart.upper[i]
    some = np.isfinite(low) or np.isfinite(high)
    return {
        "at": float(at),
        "stretch": int(chart.phase[i]),
        "lower": finite(low),
        "upper": finite(high),
        "centre": finite(chart.centre[i]),
        "floor": (finite(low) if np.isfinite(low) else view.low) if some else None,
        "roof": (finite(high) if np.isfinite(high) else view.high) if some else None,
    }


def note_rows(chart: ControlChart, notes: list[Row], view: Domain, height: int) -> list[Row]:
    """Notes with their place; that of a phase stands between its first point and the one before."""
    border = borders(chart.at)
    first = {int(chart.at[i].astype(np.int64)): float(border[i]) for i in chart.starts[1:]}
    return [_note_row(note, first, at_height(view, note["line"] * NOTE, height)) for note in notes]


def _note_row(note: Row, first: dict[int, float], y: float) -> Row:
    seconds = int(note["at"].astype(np.int64))
    return {"at": first.get(seconds, seconds * 1000.0), "text": note["text"], "align": note["align"], "y": y}


def borders(at: Times) -> Floats:
    """Half-way between neighbours, in milliseconds (N + 1,)."""
    t = milliseconds(at)
    if len(t) < 2:
        return np.concatenate([t - 43_200_000.0, t + 43_200_000.0])
    middle = (t[1:] + t[:-1]) / 2
    return np.concatenate([[t[0] - (middle[0] - t[0])], middle, [t[-1] + (t[-1] - middle[-1])]])


def milliseconds(at: Times) -> Floats:
    return np.asarray(at, "datetime64[s]").astype("datetime64[ms]").astype(np.int64).astype(np.float64)


def finite(x: float) -> float | None:
    return float(x) if np.isfinite(x) else None
