"""The table behind a chart."""

import numpy as np

from andon.plots import words
from andon.plots.chart import ControlChart

HEADER = ("When", "Value", "Centre", "Lower limit", "Upper limit", "Why it is marked")


def table(chart: ControlChart, limit: int | None = None) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and one row of words a point, latest first; `limit` keeps that many of the latest."""
    order = np.arange(len(chart))[::-1][:limit]
    return HEADER, [_row(chart, int(i)) for i in order]


def _row(chart: ControlChart, i: int) -> tuple[str, ...]:
    numbers = (chart.value[i], chart.centre[i], chart.lower[i], chart.upper[i])
    amounts = tuple(words.value(float(v), chart.unit, more=1) for v in numbers)
    return (words.period(chart.at[i], chart.every), *amounts, chart.reasons[i])
