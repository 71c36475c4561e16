"""Every measure as it stood at the end of a week, exceptions first, and what has changed since the week began."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from andon.escalations.models import Escalation
from andon.mechanisms.models import Measure
from andon.plots import tile
from andon.plots.words import value
from andon.watch.definition import RECENT, spell
from andon.watch.models import Chart, ChartException
from andon.watch.pictures import control_chart

ON_A_TILE = 53
MOST_NAMED = 5
PERIODS = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=31),
    "quarter": timedelta(days=92),
}
COLUMNS = ("at", "value", "centre", "lower", "upper", "reasons", "phase")


@dataclass(frozen=True, slots=True)
class Stand:
    """A measure at a moment: out or not, since when, what was said of it, whom it touched."""

    out: bool
    since: datetime | None
    number: str
    sentence: str
    customers: int
    svg: str


def at_end(starts: datetime, ends: datetime, live: bool) -> list[dict[str, Any]]:
    """Three queries. `live`: as last computed; otherwise charts are cut at `ends`, from what is known of them now."""
    charts = Chart.objects.filter(measure__in=Measure.objects.in_use()).select_related("measure__mechanism")
    charts = charts.defer("why", "warnings", "measure__mechanism__specification")
    if live:
        charts = charts.defer("points", "why", "warnings", "measure__mechanism__specification")
    bad = _bad_ones(ends)
    asked = _asked()
    rows = [_row(chart, starts, ends, live, bad.get(chart.measure_id, []), asked) for chart in charts]
    return sorted(rows, key=lambda row: (not row["out"], -row["customers"], row["mechanism"], row["name"]))


def _row(
    chart: Chart, starts: datetime, ends: datetime, live: bool, bad: list, asked: dict
) -> dict[str, Any]:
    measure, mechanism = chart.measure, chart.measure.mechanism
    stand = _as_computed(chart) if live else _cut(chart, bad, ends)
    before = bool(stand.since and stand.since < starts) if stand.out else _was_out(measure, bad, starts)
    return {
        "mechanism": mechanism.name, "mechanism_slug": mechanism.slug, "name": measure.name, "slug": measure.slug,
        "out": stand.out, "since": stand.since.isoformat() if stand.since else "", "number": stand.number,
        "sentence": stand.sentence, "customers": stand.customers, "svg": stand.svg,
        "change": _change(stand.out, before),
        "asked": _since(asked.get(measure.mechanism_id, []), stand, ends) if stand.out else [],
    }  # fmt: skip


def _since(asked: list[tuple[int, datetime]], stand: Stand, ends: datetime) -> list[int]:
    """The newest few questions about the mechanism since the exception began."""
    numbers = [number for number, at in asked if at < ends and (not stand.since or at >= stand.since)]
    return numbers[-MOST_NAMED:]


def _change(out: bool, before: bool) -> str:
    return {(True, False): "new", (True, True): "still", (False, True): "over"}.get((out, before), "")


def _as_computed(chart: Chart) -> Stand:
    return Stand(chart.out, chart.since, chart.latest_words, chart.sentence, chart.customers, chart.tile)


def _cut(chart: Chart, bad: list[ChartException], ends: datetime) -> Stand:
    """As far as the points reach that lie before the end of the week."""
    at = np.array(chart.points.get("at", []), "datetime64[s]")
    size = int(np.searchsorted(at, np.datetime64(ends.astimezone(UTC).replace(tzinfo=None), "s")))
    if not size:
        return Stand(False, None, "", "", 0, "")
    kept = {name: column[:size] for name, column in chart.points.items() if name in COLUMNS}
    drawn = control_chart(Chart(measure=chart.measure, points=kept, sentence="")).latest(ON_A_TILE)
    known = {one.at.astimezone(UTC).replace(tzinfo=None): one for one in bad}
    marked = np.array([moment in known for moment in drawn.at.tolist()], bool)
    going_on = spell(marked)
    number = _number(drawn.value, chart.measure.unit)
    if going_on is None:
        return Stand(False, None, number, "", 0, tile(drawn))
    those = [known[moment] for moment in drawn.at[going_on.first :].tolist() if moment in known]
    first = drawn.at[going_on.first].item().replace(tzinfo=UTC)
    return Stand(True, first, number, those[-1].reason, sum(one.customers for one in those), tile(drawn))


def _number(values: np.ndarray, unit: str) -> str:
    known = values[np.isfinite(values)]
    return value(float(known[-1]), unit) if len(known) else ""


def _bad_ones(ends: datetime) -> dict[int, list[ChartException]]:
    """Exceptions that are not welcome, up to the end of the week, by measure."""
    found: dict[int, list[ChartException]] = {}
    rows = ChartException.objects.filter(at__lt=ends, withdrawn_at=None).exclude(worse=False).order_by("at")
    for one in rows.only("measure", "at", "reason", "customers"):
        found.setdefault(one.measure_id, []).append(one)
    return found


def _was_out(measure: Measure, bad: list[ChartException], at: datetime) -> bool:
    """Whether one of the last periods before that moment was an exception, as `watch.definition.spell` has it."""
    length = RECENT * PERIODS[measure.every]
    return any(timedelta() < at - one.at <= length for one in bad)


def _asked() -> dict[int, list[tuple[int, datetime]]]:
    found: dict[int, list[tuple[int, datetime]]] = {}
    rows = Escalation.objects.filter(mechanism__isnull=False).order_by("number")
    for mechanism, number, at in rows.values_list("mechanism", "number", "raised_at"):
        found.setdefault(mechanism, []).append((number, at))
    return found


def counts(rows: Iterable[dict[str, Any]]) -> dict[str, int]:
    told = Counter(row["change"] for row in rows)
    return {"new": told["new"], "still": told["still"], "over": told["over"]}
