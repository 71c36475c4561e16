"""What a review leaves behind: points, exceptions, refused rows and a summary. Nothing half-written."""

import csv
import math
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from andon.analysis.ask import Answer
from andon.analysis.leaving import write_json, write_refused
from andon.analysis.spec import Review, Reviewed, ReviewSpec
from andon.analysis.warn import CHART_NAMES
from andon.analysis.working import SPEC_BIT, reason_of, rule_set

COLUMNS = (
    "mechanism",
    "measure",
    "at",
    "n",
    "value",
    "centre",
    "lower",
    "upper",
    "exception",
    "rules",
    "reason",
)
NOT_COUNTED = "Not counted, no stronger than chance shows among so many charts: "
NOT_JUDGED = "Not judged: the period is incomplete, or intake had not begun or was over."


def _rule_names(mark: int, spec: ReviewSpec) -> str:
    names = ["outside specification"] if mark >> SPEC_BIT & 1 else []
    return ", ".join(names + [rule.name for bit, rule in enumerate(rule_set(spec)) if mark >> bit & 1])


def _reasons(review: Review, spec: ReviewSpec) -> list[str]:
    points = review.points
    reasons = [""] * len(points.at)
    for one in review.series:
        for i in np.flatnonzero(points.exception[one.points]).tolist():
            reasons[one.points.start + i] = one.chart.reasons[i]
    for i in np.flatnonzero((points.marks > 0) & ~points.exception).tolist():
        reasons[i] = NOT_COUNTED + " ".join(reason_of(rule_set(spec), int(points.marks[i])))
    for i in np.flatnonzero(~points.judged).tolist():
        reasons[i] = NOT_JUDGED
    return reasons


def table(review: Review, spec: ReviewSpec) -> pa.Table:
    """Every point of every series, in the order of the series' names and of time."""
    points = review.points
    lengths = np.diff(points.offsets)
    names = pa.DictionaryArray.from_arrays(
        pa.array(np.repeat(np.arange(len(lengths)), lengths), pa.int32()),
        pa.array(list(review.names), pa.string()),
    )
    marks, inverse = np.unique(points.marks, return_inverse=True)
    rules = pa.DictionaryArray.from_arrays(
        pa.array(inverse, pa.int32()), pa.array([_rule_names(int(m), spec) for m in marks], pa.string())
    )
    numbers = [
        pa.array(getattr(points, name), pa.float64(), from_pandas=True)
        for name in ("n", "value", "centre", "lower", "upper")
    ]
    measure = pa.DictionaryArray.from_arrays(
        pa.array(np.zeros(len(points.at), np.int32)), pa.array([review.measure])
    )
    columns = [
        names.cast(pa.string()),
        measure.cast(pa.string()),
        pa.array(points.at.astype("datetime64[us]"), pa.timestamp("us", "UTC")),
    ]
    columns += [
        *numbers,
        pa.array(points.exception),
        rules.cast(pa.string()),
        pa.array(_reasons(review, spec), pa.string()),
    ]
    return pa.table(dict(zip(COLUMNS, columns, strict=True)))


def _write_exceptions(path: Path, review: Review, points: pa.Table) -> None:
    """The exceptions, farthest from their centre first."""
    at = np.flatnonzero(review.points.exception)
    order = at[
        np.argsort(-np.nan_to_num(np.abs(review.points.score[at]), nan=0.0, posinf=1e300), kind="stable")
    ]
    kept = points.take(pa.array(order))
    seconds = kept["at"].cast(pa.timestamp("s", "UTC"))
    when = pc.strftime(seconds, format="%Y-%m-%dT%H:%M:%SZ")
    kept = kept.set_column(kept.column_names.index("at"), "at", when)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(zip(*(_cells(kept[name]) for name in COLUMNS), strict=True))


def _cells(column: pa.ChunkedArray) -> list[Any]:
    values = column.to_pylist()
    return (
        ["true" if v else "false" for v in values]
        if pa.types.is_boolean(column.type)
        else ["" if v is None else v for v in values]
    )


def _number(x: float) -> float | None:
    return None if not math.isfinite(x) else float(f"{x:.6g}")


def _series(one: Reviewed, review: Review) -> dict[str, Any]:
    here = review.points
    return {
        "mechanism": one.name,
        "out": one.out,
        "better": one.better if one.out else None,
        "sentence": one.sentence,
        "chart": CHART_NAMES[one.chart_kind],
        "points": one.points.stop - one.points.start,
        "exceptions": int(here.exception[one.points].sum()),
        "since": str(one.since) + "Z" if one.since is not None else None,
        "ongoing": one.ongoing,
        "latest": _number(one.level),
        "usual": _number(one.usual),
        "cases_beyond_usual": _number(one.beyond),
        "strength": _number(one.strength),
        "p": _number(one.p),
        "baseline_points": int(here.baseline[one.points].sum()),
        "sigma_z": _number(one.sigma_z),
        "autocorrelation": _number(one.lag1),
        "far_from_others": one.far or None,
        "warnings": list(one.warnings),
    }


def summary(answer: Answer) -> dict[str, Any]:
    """Everything about the review that is not a point."""
    review, tally = answer.review, answer.tally
    return {
        "measure": review.measure,
        "kind": review.kind,
        "chart": ", ".join(CHART_NAMES[kind] for kind in review.charts),
        "why": " ".join(review.why),
        "every": "event" if review.every == "second" else review.every,
        "every_why": answer.every_why,
        "rows_read": tally.read,
        "rows_used": tally.used,
        "rows_refused": tally.refused,
        "rows_filtered": tally.filtered,
        "rows_without_outcome": tally.missing,
        "series": len(review.series),
        "series_out": len(review.out),
        "points": len(review.points.at),
        "exceptions": review.exceptions,
        "rules": review.rules,
        "fdr": review.fdr,
        "good": answer.question.spec.good,
        "season": answer.question.spec.season,
        "warnings": [*answer.notes, *review.warnings],
        "mechanisms": [_series(one, review) for one in review.series],
    }


def write(answer: Answer, report: str, folder: Path) -> None:
    """All files of a review into `folder`."""
    spec = answer.question.spec
    points = table(answer.review, spec)
    pq.write_table(points, folder / "points.parquet")
    _write_exceptions(folder / "exceptions.csv", answer.review, points)
    write_json(folder / "summary.json", summary(answer))
    (folder / "report.html").write_text(report, "utf-8")
    if answer.tally.refused:
        write_refused(folder / "refused.csv", answer.refused)
