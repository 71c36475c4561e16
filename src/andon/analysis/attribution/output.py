"""What an attribution leaves behind: three tables and a summary. Rows go by name, never by score."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from andon.analysis.attribution.ask import Answer
from andon.analysis.attribution.shares import sums
from andon.analysis.attribution.spec import Floats, Level, People
from andon.analysis.leaving import plain, write_json, write_refused

COLUMNS = (
    "worker", "n", "mechanisms", "raw", "adjusted", "low", "high", "p_below", "reliability", "verdict", "why",
)  # fmt: skip


def people_table(people: People, numbered: bool) -> pa.Table:
    """One row a worker, in order of the id; ids that are whole numbers in the file stay so."""
    ids = [int(one) for one in people.worker] if numbered else people.worker
    columns = [
        pa.array(ids, pa.int64() if numbered else pa.string()),
        _counts(people.n),
        _counts(people.mechanisms),
    ]
    columns += [_numbers(getattr(people, name)) for name in COLUMNS[3:9]]
    columns += [pa.array(people.verdict, pa.string()), pa.array(people.why, pa.string())]
    return pa.table(dict(zip(COLUMNS, columns, strict=True)))


def level_table(level: Level | None, name: str) -> pa.Table:
    """One row a mechanism or team, by name; none where there are none."""
    if level is None:
        none = np.empty(0)
        level = Level([], none, none.astype(np.int64), *[none] * 9)
    table = {
        name: pa.array(level.name, pa.string()),
        "n": _counts(level.n),
        "workers": _counts(level.workers),
    }
    numbers = ("raw", "effect", "low", "high", "adjusted", "adjusted_low", "adjusted_high")
    return pa.table(table | {column: _numbers(getattr(level, column)) for column in numbers})


def _counts(values: Any) -> pa.Array:
    return pa.array(np.round(values).astype(np.int64), pa.int64())


def _numbers(values: Floats) -> pa.Array:
    return pa.array(np.where(np.isfinite(values), values, np.nan), pa.float64(), from_pandas=True)


def summary(answer: Answer) -> dict[str, Any]:
    """Everything about the attribution that is not a row."""
    found, tally, cells = answer.found, answer.tally, answer.cells
    return {
        "sentence": found.sentence,
        "outcome": found.outcome,
        "kind": found.kind,
        "kind_why": cells.kind_why,
        "good": found.good,
        "good_given": answer.question.spec.good is not None,
        "standard": asdict(found.standard),
        "fdr": found.fdr,
        "rows_read": tally.read,
        "rows_used": tally.used,
        "rows_refused": tally.refused,
        "rows_filtered": tally.filtered,
        "rows_without_outcome": tally.missing,
        "rows_without_worker": cells.nobody,
        "cells": len(cells),
        "every": cells.every,
        "workers": len(found.people.worker),
        "mechanisms": len(found.mechanisms.name),
        "teams": len(found.teams.name) if found.teams else 0,
        "verdicts": dict(found.counts),
        "raw_ranking": [asdict(one) for one in found.rankings],
        "shares": [asdict(one) for one in found.shares],
        "shares_together": sums(found.shares),
        "model": found.model,
        "models_compared": [asdict(one) for one in found.compared],
        "gradient_norm": found.model["gradient_norm"],
        "calibration": asdict(found.calibration),
        "connectivity": asdict(found.connectivity),
        "warnings": [*answer.notes, *found.warnings],
        "notes": list(found.notes),
    }


def write(answer: Answer, report: str, folder: Path) -> None:
    """All files of an attribution into `folder`."""
    found = answer.found
    pq.write_table(people_table(found.people, answer.cells.numbered), folder / "attribution.parquet")
    pq.write_table(level_table(found.mechanisms, "mechanism"), folder / "mechanisms.parquet")
    pq.write_table(level_table(found.teams, "team"), folder / "teams.parquet")
    write_json(folder / "summary.json", plain(summary(answer)))
    (folder / "report.html").write_text(report, "utf-8")
    if answer.tally.refused:
        write_refused(folder / "refused.csv", answer.refused)
