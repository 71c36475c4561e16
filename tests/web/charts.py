"""Stored charts for the pages to show, as if computed from data."""

from datetime import UTC, datetime, timedelta

import numpy as np

from andon.mechanisms.models import Measure
from andon.plots import tile, words
from andon.watch.models import Chart, ChartException
from andon.watch.pictures import column, control_chart

START = datetime(2025, 1, 6, tzinfo=UTC)  # a Monday
CALM = (0.050, 0.052, 0.049, 0.051, 0.048, 0.053, 0.050, 0.047)
REASON = "This point is outside the control limits."


def calm(weeks: int = 40) -> list[float]:
    """Nothing but common causes."""
    return [CALM[i % len(CALM)] for i in range(weeks)]


def out_of_spec(weeks: int = 40, last: int = 2) -> list[float]:
    """Calm, and then much higher in the last weeks."""
    return [*calm(weeks - last), *[0.09] * last]


def charted(
    measure: Measure,
    values: list[float],
    *,
    n: float = 1000,
    customers: int = 100,
    seen: datetime | None = None,
) -> Chart:
    """The weekly chart of a measure; out of spec when one of its last four points is outside the limits."""
    value = np.array(values, float)
    centre, spread = float(np.nanmedian(value)), 3 * float(np.nanstd(value[: max(8, len(value) // 2)])) + 1e-9
    marked = np.abs(value - centre) > spread
    at = [START + timedelta(weeks=i) for i in range(len(value))]
    Chart.objects.filter(measure=measure).delete()
    chart = Chart(
        measure=measure,
        computed_at=at[-1] + timedelta(days=8),
        through=at[-1] + timedelta(days=6),
        chart_kind="p",
        why="Shares of a whole, of groups that differ in size.",
        sentence=_sentence(measure, at, marked),
        points=_points(at, value, centre, spread, marked, n),
        latest=float(value[-1]),
        latest_words=words.value(float(value[-1]), measure.unit),
        out=bool(marked[-4:].any()),
        since=at[int(np.flatnonzero(marked)[-1])] if marked.any() else None,
        customers=customers if marked[-4:].any() else 0,
    )
    chart.tile = tile(control_chart(chart))
    chart.save()
    _keep_exceptions(chart, at, value, centre, marked, seen or chart.computed_at)
    return chart


def _points(at, value, centre, spread, marked, n) -> dict:
    size = len(value)
    return {
        "at": [moment.replace(tzinfo=None).isoformat() for moment in at],
        "n": [n] * size,
        "value": column(value),
        "centre": column(np.full(size, centre)),
        "lower": column(np.full(size, centre - spread)),
        "upper": column(np.full(size, centre + spread)),
        "marks": [int(mark) for mark in marked],
        "reasons": [REASON if mark else "" for mark in marked],
        "phase": [0] * size,
    }


def _sentence(measure: Measure, at: list[datetime], marked: np.ndarray) -> str:
    if not marked[-4:].any():
        return "In control."
    weeks = words.counted(int(marked[-4:].sum()), "week")
    return f"{weeks.capitalize()} outside the limits, the last one the {words.period(at[-1], measure.every)}."


def _keep_exceptions(chart: Chart, at, value, centre, marked, seen) -> None:
    ChartException.objects.filter(measure=chart.measure).delete()
    for i in np.flatnonzero(marked):
        worse = bool(value[i] > centre) == (chart.measure.good == "low")
        ChartException.objects.create(
            measure=chart.measure, at=at[i], value=value[i], n=1000, centre=centre, rules="outside",
            reason=REASON, worse=worse, strength=3, customers=10, first_seen=seen,
        )  # fmt: skip
