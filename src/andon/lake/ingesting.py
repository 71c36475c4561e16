"""From a file of what happened to customers to the lake: typed, without names of customers, mechanisms by short
name.
"""

import csv
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from andon.lake.duck import embedded
from andon.lake.errors import BadInput
from andon.lake.ingested import Ingested, look_at
from andon.lake.intake import OURS, Intake, Terms
from andon.lake.source import Refused, Source


def ingest(
    source: Source,
    mapping: Mapping[str, str],
    out: Path,
    refused: Path,
    progress: Callable[[float], None] = lambda done: None,
    *,
    terms: Terms,
) -> Ingested:
    """Writes the rows that can be used to `out` (Parquet), whole or not at all, and all others with the reason to
    `refused` (CSV), if there are any. `mapping` is {one of OURS: column}; other columns keep their names, as
    numbers where that is what they hold. `progress` is told what share of the work is done.

    Raises BadInput when a column does not hold what it should, or no row can be used.
    """
    todo = Intake.of(embedded(source), mapping, terms)
    progress(0.2)
    todo.name_mechanisms()
    rows = todo.write(out)
    progress(0.7)
    found = todo.refused()
    write_refused(refused, found)
    progress(0.9)
    if not rows:
        out.unlink()
        why = f"The first is refused because {found[0].reason}." if found else "It has no rows."
        raise BadInput("No row of this file can be used.", why)
    return look_at(out, todo.time.how.grain, todo.notes(), found, OURS)


def write_refused(path: Path, rows: Iterable[Refused]) -> None:
    """All refused rows, for whoever mends the file; no file when there are none."""
    rows = list(rows)
    if not rows:
        path.unlink(missing_ok=True)
        return
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        out = csv.writer(file)
        out.writerow(("row", "column", "value", "reason"))
        out.writerows((r.row, r.column, harmless(r.value), r.reason) for r in rows)


FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: str) -> str:
    """A value that a spreadsheet would run as a formula gets an apostrophe in front; a number is no formula."""
    if not value.startswith(FORMULA):
        return value
    try:
        float(value.replace(",", "."))
    except ValueError:
        return f"'{value}"
    return value
