"""Pictures of an audit, each with its table, drawn from the numbers that were kept."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andon.analysis.metrics.between import ALL
from andon.analysis.metrics.spec import CANNOT_TELL
from andon.culture.metrics.amounts import Scale, value
from andon.culture.metrics.columns import label
from andon.people import saying
from andon.plots.intervals import Intervals, intervals
from andon.plots.shape import ShapePicture, shape
from andon.plots.widths import for_any_width

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]
CARD = 360, 220  # pixels: several pictures beside each other
LOOSE = 2.0  # times as far as all that is told, from which an interval would squeeze the others
BETWEEN = {
    ALL: gettext_lazy("All cases, whoever and whatever"),
    "worker": gettext_lazy("Between people, nobody named"),
    "mechanism": gettext_lazy("Between mechanisms"),
    "team": gettext_lazy("Between teams"),
}
NAMES = (
    (re.compile(r"up to (.+)"), gettext_lazy("up to %s")),
    (re.compile(r"above (.+)"), gettext_lazy("above %s")),
)


@dataclass(frozen=True, slots=True)
class Drawn:
    svg: str
    table: Table


def _column(rows: Sequence[Mapping[str, Any]], name: str) -> np.ndarray:
    return np.array([np.nan if row[name] is None else row[name] for row in rows], np.float64)


def overview(metrics: Sequence[Mapping[str, Any]], scale: Scale) -> Drawn | None:
    """Every metric's sensible step on one scale, the largest first."""
    known = [
        one for one in metrics if one["per_step"]["low"] is not None and one["per_step"]["high"] is not None
    ]
    if not known:
        return None
    known.sort(key=lambda one: -abs(one["per_step"]["effect"]))
    drawn = _near(known)
    steps = [one["per_step"] for one in drawn]
    title = _("What a sensible step of each metric goes with in %(outcome)s") % {"outcome": scale.name}
    chart = Intervals(
        title, "", "metric", [label(one["metric"]) for one in drawn], _column(drawn, "cases"),
        _column(steps, "effect"), _column(steps, "low"), _column(steps, "high"), 0.0, _unit(scale),
    )  # fmt: skip
    header = (_("Metric"), _("Cases"), scale.name, _("From"), _("To"))
    rows = [
        (label(one["metric"]), saying.thousands(one["cases"]), *_three(one["per_step"], scale))
        for one in known
    ]
    return Drawn(for_any_width(lambda width: intervals(chart, width)), (header, rows))


def _near(known: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Without what cannot be told and is so wide that nothing else could be seen."""
    told = [one for one in known if one["verdict"] != CANNOT_TELL] or list(known)
    farthest = max(_reach(one) for one in told)
    return [one for one in known if one in told or _reach(one) <= LOOSE * farthest]


def _reach(one: Mapping[str, Any]) -> float:
    return max(abs(one["per_step"]["low"]), abs(one["per_step"]["high"]))


def _three(one: Mapping[str, Any], scale: Scale) -> tuple[str, ...]:
    """An effect with its ends, each with its side."""
    return tuple(
        saying.MISSING if one[name] is None else scale.change(one[name]) for name in ("effect", "low", "high")
    )


def _unit(scale: Scale) -> str:
    return "" if scale.unit == "score" else scale.unit


def shape_of(one: Mapping[str, Any], scale: Scale, sentence: str) -> Drawn | None:
    """The outcome over the metric, all else taken out; None where there is nothing to draw."""
    bins = one["shape"]["bins"]
    if len(bins) < 2:
        return None
    name = label(one["metric"])
    at = one["shape"]["at"]
    values = _column(bins, "value")
    chart = ShapePicture(
        _("%(outcome)s by %(metric)s") % {"outcome": scale.name, "metric": name}, sentence, name, scale.name,
        [stretch(each["name"]) for each in bins], _column(bins, "metric"), _column(bins, "n"), values,
        _column(bins, "low"), _column(bins, "high"), float(np.average(values, weights=_column(bins, "n"))),
        one["matters"] or 0.0, np.nan if at is None else at, _unit(scale),
    )  # fmt: skip
    header = (name, _("Cases"), scale.name, _("From"), _("To"))
    rows = [
        (chart.names[i], saying.thousands(each["n"]), *_values(each, scale)) for i, each in enumerate(bins)
    ]
    return Drawn(shape(chart, *CARD), (header, rows))


def _values(each: Mapping[str, Any], scale: Scale) -> tuple[str, ...]:
    return tuple(
        saying.MISSING if each[name] is None else value(each[name], scale.unit)
        for name in ("value", "low", "high")
    )


def stretch(name: str) -> str:
    """A stretch of a metric, in the reader's language."""
    if name in ("no", "yes"):
        return _("yes") if name == "yes" else _("no")
    for pattern, told in NAMES:
        if found := pattern.fullmatch(name):
            return told % saying.figures(found[1])
    first, to, last = name.partition(" to ")
    if not to:
        return saying.figures(name)
    return _("%(low)s to %(high)s") % {"low": saying.figures(first), "high": saying.figures(last)}


def between(one: Mapping[str, Any], scale: Scale) -> Table | None:
    """The same step between units, where it may look the other way round."""
    if one["per_step"]["kind"] == "none" or not one["between"]:
        return None
    header = (_("Compared"), _("Units"), scale.name, _("From"), _("To"))
    within = (
        _("The same people, work and time"),
        saying.thousands(one["clusters"]),
        *_three(one["per_step"], scale),
    )
    others = [
        (str(BETWEEN.get(each["unit"], each["unit"])), saying.thousands(each["units"]), *_three(each, scale))
        for each in one["between"]
    ]
    return header, [within, *others]
