"""The ways as a picture, and what a fix would save as another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from andon.plots.flow import Flow, FlowBand, flow, flow_table
from andon.plots.intervals import Intervals, intervals
from andon.plots.widths import for_any_width
from andon.web.journeys.naming import Names
from andon.web.journeys.rows import SavingRow

DRAWN = 12  # steps of the picture of what a fix would save


@dataclass(frozen=True, slots=True)
class Picture:
    """`table` is (header, rows) as plots give it."""

    svg: str
    table: tuple[tuple[str, ...], list[tuple[str, ...]]]


def ways(bands: Iterable[Mapping[str, Any]], names: Names, title: str, sentence: str) -> Picture | None:
    """Contact by contact; None where there is nothing to draw."""
    drawn = tuple(
        FlowBand(
            one["place"] - 1,
            names.of(one["start"]),
            names.of(one["end"]) if one["end"] else "",
            one["journeys"],
        )
        for one in bands
    )
    if not any(band.end for band in drawn):
        return None
    stages = (_("First contact"), _("Second"), _("Third"), _("Fourth"))
    chart = Flow(title, sentence, stages, drawn, _("Other steps"), _("journey"), _("journeys"))
    header = (_("From"), _("Contact"), _("Journeys"), _("To"))
    return Picture(for_any_width(lambda width: flow(chart, width)), (header, flow_table(chart)[1]))


def saved(rows: Sequence[SavingRow], sentence: str) -> str:
    """Contacts a month that a fix at each step would save, with intervals."""
    rows = rows[:DRAWN]
    if not rows:
        return ""

    def column(name: str) -> np.ndarray:
        return np.array([getattr(row, name) for row in rows], np.float64)

    chart = Intervals(
        _("Contacts a month that a fix would save"), sentence, "step", [row.step.name for row in rows],
        column("contacts"), column("saved"), column("low"), column("high"), 0.0, "count",
    )  # fmt: skip
    return for_any_width(lambda width: intervals(chart, width))
