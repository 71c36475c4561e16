"""From a review to what is kept: the chart, its exceptions, and whether it is out of spec now."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np

from andon.analysis import Review
from andon.analysis.beyond import beyond
from andon.lake import Cells
from andon.mechanisms.models import Measure
from andon.plots import ControlChart, tile, words
from andon.watch.definition import spell
from andon.watch.models import Chart, ChartException
from andon.watch.pictures import column

ON_A_TILE = 120  # points: more than a small picture can show apart
MOST = 2_000  # points that are kept: enough for five years of days; older ones still set the limits


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    chart: Chart
    exceptions: list[ChartException]


def chart(measure: Measure, cells: Cells, review: Review, warnings: tuple[str, ...], now: datetime) -> Drawn:
    """The chart of a measure (unsaved), and the exceptions that it shows (unsaved)."""
    found = review.series[0]
    drawn, points = found.chart, review.points
    customers = np.rint(_customers(cells, review, points.at, drawn, measure))
    worse = drawn.worse & np.isfinite(drawn.value)
    going_on = spell(worse, judged_end=_judged_end(points.judged))
    began = going_on.first if going_on else len(drawn)
    last = _last(drawn)
    kept = Chart(
        measure=measure,
        computed_at=now,
        through=_aware(cells.until),
        chart_kind=found.chart_kind,
        why=" ".join(_sentence(reason) for reason in review.why),
        sentence=found.sentence,
        warnings=list(dict.fromkeys([*warnings, *found.warnings, *review.warnings])),
        points=_columns(drawn, points, measure),
        latest=float(drawn.value[last]) if last is not None else None,
        latest_words=words.value(float(drawn.value[last]), measure.unit)[:40] if last is not None else "",
        out=going_on is not None,
        since=_aware(drawn.at[began]) if going_on else None,
        customers=int(customers[began:][_beyond(drawn)[began:]].sum()) if going_on else 0,
        strength=_finite(found.strength),
        p_value=float(found.p),
        tile=tile(drawn.latest(ON_A_TILE)),
    )
    exceptions = [
        _exception(measure, drawn, points, customers, int(i), now) for i in np.flatnonzero(drawn.marked)
    ]
    return Drawn(kept, exceptions)


def _beyond(drawn: ControlChart) -> np.ndarray:
    """Points on the worse side of the centre line; on either side where none is better."""
    if drawn.good is None:
        return np.isfinite(drawn.value)
    return (drawn.value < drawn.centre) if drawn.good == "high" else (drawn.value > drawn.centre)


def _judged_end(judged: np.ndarray) -> int:
    """One past the last point that is looked at: an unfinished period at the end says nothing yet."""
    where = np.flatnonzero(judged)
    return int(where[-1]) + 1 if len(where) else 0


def _customers(
    cells: Cells, review: Review, at: np.ndarray, drawn: ControlChart, measure: Measure
) -> np.ndarray:
    """Customers beyond what the centre line lets expect, at each point."""
    n = review.points.n
    excess = beyond(n, drawn.value, drawn.centre, drawn.good, review.kind)
    if review.kind == "between":
        return excess
    place = {moment: i for i, moment in enumerate(cells.at.astype(np.int64).tolist())}
    found = np.array([place.get(moment, -1) for moment in at.astype(np.int64).tolist()])
    each = np.nan_to_num(cells.customers / np.maximum(cells.rows, 1), nan=1.0)
    return excess * np.where(found >= 0, np.minimum(each, 1.0)[found], 1.0)


def _exception(
    measure, drawn: ControlChart, points, customers: np.ndarray, i: int, now: datetime
) -> ChartException:
    side = None if drawn.good is None else bool(drawn.worse[i])
    marks = int(points.marks[i])
    return ChartException(
        measure=measure,
        at=_aware(drawn.at[i]),
        value=_finite(drawn.value[i]),
        n=_or_none(points.n[i]),
        centre=_or_none(drawn.centre[i]),
        rules=",".join(_rule(bit) for bit in range(32) if marks >> bit & 1)[:120],
        reason=drawn.reasons[i],
        worse=side,
        strength=_finite(abs(points.score[i])),
        customers=int(customers[i]) if side is not False else 0,
        first_seen=now,
    )


def _rule(bit: int) -> str:
    return "spec" if bit == 31 else str(bit + 1)


def _columns(drawn: ControlChart, points, measure: Measure) -> dict[str, Any]:
    """As JSON: every column of one length, the newest points."""
    some = slice(max(len(drawn) - MOST, 0), None)
    notes = [
        [f"{phase.starts.astimezone(UTC):%Y-%m-%dT%H:%M:%S}", phase.reason] for phase in measure.phases.all()
    ]
    return {
        "at": [str(moment) for moment in drawn.at[some]],
        "n": column(points.n[some]),
        **{name: column(getattr(drawn, name)[some]) for name in ("value", "centre", "lower", "upper")},
        "marks": [
            int(m) if marked else 0 for m, marked in zip(points.marks[some], drawn.marked[some], strict=True)
        ],
        "reasons": list(drawn.reasons[some]),
        "phase": drawn.phase[some].tolist(),
        "judged": points.judged[some].tolist(),
        "notes": notes,
    }


def _last(drawn: ControlChart) -> int | None:
    where = np.flatnonzero(np.isfinite(drawn.value))
    return int(where[-1]) if len(where) else None


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _aware(moment: np.datetime64) -> datetime | None:
    if np.isnat(moment):
        return None
    return moment.astype("datetime64[s]").astype(datetime).replace(tzinfo=UTC)


def _finite(x: float) -> float:
    """Infinity (no variation was possible) is kept as a large number that every database takes."""
    return float(np.nan_to_num(x, nan=0.0, posinf=1e9, neginf=-1e9))


def _or_none(x: float) -> float | None:
    return float(x) if np.isfinite(x) else None
