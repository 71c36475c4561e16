"""A stored chart as one that can be drawn."""

from collections.abc import Iterable

import numpy as np

from andon.plots import ControlChart, Note
from andon.plots.counts import CountChart
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


def count_chart(counted: Cluster | Complaints, title: str = "", most: int | None = None) -> CountChart:
    """How many there were and how many to expect; what stands out is marked.

    `most`: no more windows than that, the newest, or those up to a little after what stands out.
    """
    some = _shown(counted.curve.get("inside", []), most)
    curve = {name: column[some] for name, column in counted.curve.items() if name != "every"}
    inside = np.array(curve.get("inside", []), bool)
    upper = curve.get("upper") or [None] * len(inside)
    return CountChart(
        title=title or counted.title,
        sentence=counted.sentence,
        at=np.array(curve.get("at", []), "datetime64[s]"),
        observed=np.nan_to_num(numbers(curve.get("count"))),
        expected=numbers(curve.get("expected")),
        upper=numbers(upper),
        inside=inside,
    )


AFTER = 8  # windows shown after what stands out


def _shown(inside: list, most: int | None) -> slice:
    if not most or len(inside) <= most:
        return slice(None)
    last = max((i for i, one in enumerate(inside) if one), default=len(inside))
    end = max(min(last + 1 + AFTER, len(inside)), most)
    return slice(end - most, end)


def control_counts(counted: Cluster | Complaints, title: str = "") -> ControlChart:
    """The same with axes: what was expected is the line in the middle, and there is no lower limit."""
    plain = count_chart(counted, title)
    return ControlChart(
        title=plain.title,
        sentence=plain.sentence,
        at=plain.at,
        value=plain.observed,
        centre=plain.expected,
        lower=np.full(len(plain), np.nan),
        upper=plain.upper,
        marked=plain.inside,
        reasons=["More than expected." if one else "" for one in plain.inside],
        phase=np.zeros(len(plain), np.int64),
        every=counted.curve.get("every", "week"),
        unit="count",
        good="low",
    )


def numbers(column: list | None) -> np.ndarray:
    """JSON knows no NaN: a missing number is stored as null."""
    return np.array([np.nan if x is None else x for x in column or []], np.float64)


def column(values: np.ndarray) -> list:
    """The other way round; nine digits are more than any measure means and half the room."""
    return [float(f"{x:.9g}") if np.isfinite(x) else None for x in np.asarray(values, float).tolist()]
