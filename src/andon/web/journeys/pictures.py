"""The ways as a picture, and what a fix would save as another."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import numpy as np
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from andon.people import drawing
from andon.plots.flow import Flow, FlowBand, flow, flow_table
from andon.plots.intervals import Intervals, intervals
from andon.plots.widths import for_any_width
from andon.web.journeys.naming import Names
from andon.web.journeys.rows import SavingRow

FIRST_MASK = 0xE000
MASKS = re.compile(r"([\ue000-\uf8ff])\1*")
"""Letters that belong to no language: each run of one stands for a name."""
DRAWN = 12  # steps of the picture of what a fix would save


@dataclass(frozen=True, slots=True)
class Picture:
    """`table` is (header, rows) as plots give it."""

    svg: SafeString
    table: tuple[tuple[str, ...], list[tuple[str, ...]]]


def untouched(names: Iterable[str], draw: Callable[[Mapping[str, str], int], str]) -> SafeString:
    """What `draw` makes of stand-ins for the names and a width, in the reader's language. The names stay as an
    organisation wrote them, whatever words of ours are in them.
    """
    known = list(dict.fromkeys(names))
    masks = {name: chr(FIRST_MASK + i) * len(name) for i, name in enumerate(known)}
    svg = drawing.picture(for_any_width(lambda width: draw(masks, width)))
    named = MASKS.sub(lambda found: escape(known[ord(found[0][0]) - FIRST_MASK][: len(found[0])]), svg)
    return mark_safe(named)  # noqa: S308  our own plots escape all texts, and the names are escaped here


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
    every = [name for band in drawn for name in (band.start, band.end)]
    svg = untouched([*every, chart.other], lambda masks, width: flow(_masked(chart, masks), width))
    return Picture(svg, (header, flow_table(chart)[1]))


def _masked(chart: Flow, masks: Mapping[str, str]) -> Flow:
    bands = tuple(replace(band, start=masks[band.start], end=masks[band.end]) for band in chart.bands)
    return replace(chart, bands=bands, other=masks[chart.other])


def saved(rows: Sequence[SavingRow], sentence: str) -> SafeString:
    """Contacts a month that a fix at each step would save, with intervals."""
    rows = rows[:DRAWN]
    if not rows:
        return SafeString("")

    def column(name: str) -> np.ndarray:
        return np.array([getattr(row, name) for row in rows], np.float64)

    chart = Intervals(
        _("Contacts a month that a fix would save"), sentence, "step", [row.step.name for row in rows],
        column("contacts"), column("saved"), column("low"), column("high"), 0.0, "count",
    )  # fmt: skip
    return untouched(
        chart.names,
        lambda masks, width: intervals(replace(chart, names=[masks[name] for name in chart.names]), width),
    )
