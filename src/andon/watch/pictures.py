"""A stored chart as one that can be drawn."""

from collections.abc import Iterable

import numpy as np

from andon.plots import ControlChart, Note
from andon.watch.models import Chart, Cluster, Complaints


def control_chart(chart: Chart, notes: Iterable[Note] = ()) -> ControlChart:
    """The chart as last computed. `notes` are moments to write on it, besides those of its phases."""
    measure, points = chart.measure, chart.points
    return ControlChart(
        title=f"{measure.mechanism.name}: {measure.name}",
        sentence=chart.sentence,
        at=np.array(points.get("at", []), "datetime64[s]"),
        value=numbers(points.get("value")),
        centre=numbers(points.get("centre")),
        lower=numbers(points.get("lower")),
        upper=numbers(points.get("upper")),
        marked=np.array([bool(reason) for reason in points.get("reasons", [])], bool),
        reasons=list(points.get("reasons", [])),
        phase=np.array(points.get("phase", []), np.int64),
        every=measure.every,
        unit=measure.unit,
        good=measure.good,
        target=measure.target,
        spec_lower=measure.spec_lower,
        spec_upper=measure.spec_upper,
        notes=(*(Note(*note) for note in points.get("notes", [])), *notes),
    )


def counts_chart(counted: Cluster | Complaints, title: str = "") -> ControlChart:
    """How many there were and how many to expect; what stands out is marked."""
    curve = counted.curve
    inside = [bool(one) for one in curve.get("inside", [])]
    empty = np.full(len(inside), np.nan)
    upper = numbers(curve.get("upper"))
    return ControlChart(
        title=title or counted.title,
        sentence=counted.sentence,
        at=np.array(curve.get("at", []), "datetime64[s]"),
        value=numbers(curve.get("count")),
        centre=numbers(curve.get("expected")),
        lower=empty,
        upper=upper if len(upper) else empty,
        marked=np.array(inside, bool),
        reasons=["More than expected." if one else "" for one in inside],
        phase=np.zeros(len(inside), np.int64),
        every=curve.get("every", "week"),
        unit="count",
        good="low",
    )


def numbers(column: list | None) -> np.ndarray:
    """JSON knows no NaN: a missing number is stored as null."""
    return np.array([np.nan if x is None else x for x in column or []], np.float64)


def column(values: np.ndarray) -> list:
    """The other way round; nine digits are more than any measure means and half the room."""
    return [float(f"{x:.9g}") if np.isfinite(x) else None for x in np.asarray(values, float).tolist()]
