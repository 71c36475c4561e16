"""What a search for clusters leaves behind: clusters.json, summary.json, the refused rows and the report."""

import math
from pathlib import Path
from typing import Any

import numpy as np

from andon.analysis.clusters.ask import Answer
from andon.analysis.clusters.spec import Cluster, Curve, Repeated
from andon.analysis.leaving import write_json, write_refused

CURVE = 260  # latest windows of a curve that are written
DAY = np.timedelta64(86400, "s")


def moment(at: np.datetime64) -> str:
    """A day, or a moment where it does not lie at midnight."""
    whole = at == at.astype("datetime64[D]").astype("datetime64[s]")
    return str(at.astype("datetime64[D]")) if whole else f"{at}Z"


def last_of(end: np.datetime64) -> str:
    """The last day before a half-open end, or the last second."""
    last = end - np.timedelta64(1, "s")
    return moment(end - DAY) if moment(end) == str(end.astype("datetime64[D]")) else f"{last}Z"


def number(x: float) -> float | int | None:
    """Finite, in at most six figures; whole numbers as such."""
    if not math.isfinite(x):
        return None
    return int(x) if float(x).is_integer() and abs(x) < 1e15 else float(f"{x:.6g}")


def _example(answer: Answer, record: int) -> int | dict[str, Any]:
    file, row = answer.rows.place(record)
    return {"file": file, "row": row} if answer.many_files else row


def _curve(curve: Curve) -> list[dict[str, Any]]:
    low = max(len(curve.start) - CURVE, 0)
    return [
        {
            "from": moment(curve.start[i]),
            "observed": number(curve.observed[i]),
            "expected": number(curve.expected[i]),
            "inside": bool(curve.inside[i]),
        }
        for i in range(low, len(curve.start))
    ]


def _cluster(answer: Answer, one: Cluster) -> dict[str, Any]:
    return {
        "slice": one.slice,
        "terms": list(one.terms),
        "from": moment(one.begin),
        "to": last_of(one.end),
        "observed": number(one.observed),
        "expected": number(one.expected),
        "ratio": number(one.ratio),
        "p_adjusted": float(f"{one.p_adjusted:.3g}"),
        "customers": one.customers,
        "contacts": one.contacts,
        "examples": [_example(answer, record) for record in one.examples],
        "sentence": one.sentence,
        "possible_artefacts": list(one.possible_artefacts),
        "kind": one.kind,
        "outcome": one.outcome or None,
        "counted": one.counted,
        "parts": list(one.parts),
        "also": one.also,
        "curve": _curve(one.curve),
    }


def _repeated(answer: Answer, one: Repeated) -> dict[str, Any]:
    return {
        "customer": one.customer,
        "contacts": one.contacts,
        "from": moment(one.begin),
        "to": last_of(one.end),
        "usual": number(one.usual),
        "alike": one.alike,
        "examples": [_example(answer, record) for record in one.examples],
        "sentence": one.sentence,
    }


def summary(answer: Answer) -> dict[str, Any]:
    """How it was looked, and what became of the rows."""
    found, tally, grid = answer.found, answer.rows.tally, answer.found.grid
    return {
        "rows_read": tally.read,
        "rows_used": found.used,
        "rows_refused": tally.refused,
        "rows_filtered": tally.filtered,
        "rows_outside_windows": found.left_out,
        "near_duplicates": found.collapsed,
        "window": grid.window.words,
        "windows": len(grid),
        "windows_judged": found.judged,
        "from": moment(grid.edges[0]),
        "to": last_of(grid.edges[-1]),
        "asof": None if found.asof is None else moment(found.asof),
        "fdr": answer.question.spec.fdr,
        "slices_looked_at": sum(found.looked_at.values()),
        "looked_at": found.looked_at,
        "method": list(found.method),
        "warnings": [*answer.notes, *found.warnings],
    }


def clusters_json(answer: Answer) -> list[dict[str, Any]]:
    """Everything of clusters.json: the clusters, strongest first."""
    return [_cluster(answer, one) for one in answer.found.clusters]


def summary_json(answer: Answer) -> dict[str, Any]:
    """Everything of summary.json: how it was looked, and single customers who wrote often."""
    return summary(answer) | {"one_customer": [_repeated(answer, one) for one in answer.found.repeated]}


def write(answer: Answer, report: str, folder: Path) -> None:
    """All files of a search into `folder`."""
    for name, content in (("clusters", clusters_json(answer)), ("summary", summary_json(answer))):
        write_json(folder / f"{name}.json", content)
    (folder / "report.html").write_text(report, "utf-8")
    if answer.rows.tally.refused:
        write_refused(folder / "refused.csv", answer.refused)
