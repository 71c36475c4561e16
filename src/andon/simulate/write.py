"""Clean CSV, Parquet and JSON, all at once or not at all."""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from .frame import NOBODY, PRODUCTS, REGIONS, Rows
from .names import customer_ids
from .outcomes import NUMBERS, SECONDS, UNKNOWN, Outcomes
from .setting import Setting

ROW_GROUP = 262_144


class CannotWrite(OSError):  # noqa: N818 - reads as what happened
    """The folder cannot be written. `problem` says why, `remedy` what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem} {remedy}")
        self.problem, self.remedy = problem, remedy


@contextmanager
def all_or_nothing(out: Path) -> Iterator[Path]:
    """A folder beside `out` whose files move to `out` together at the end, and never when something fails."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".andon-", dir=out))
    except OSError as reason:
        raise CannotWrite(
            f"{out} cannot be written: {reason.strerror}.", "Name another folder with --out."
        ) from reason
    try:
        yield draft
        for file in sorted(draft.iterdir()):
            file.replace(out / file.name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """UTF-8, commas, a line feed after each row; None is empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_records(path: Path, kind: type, records: Iterable[Any]) -> None:
    """Instances of a dataclass, one column a field."""
    names = [field.name for field in fields(kind)]
    write_csv(path, names, map(attrgetter(*names), records))


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Indented, UTF-8."""
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def write_interactions(path: Path, rows: Rows, outcomes: Outcomes, setting: Setting) -> None:
    """One row an interaction, in order of time; times are UTC."""
    columns = _who_and_when(rows, setting) | {name: _outcome(name, v) for name, v in outcomes.items()}
    few = [name for name in columns if name not in ("at", "customer", "time_to_resolve")]
    table = pa.table(columns)
    pq.write_table(
        table, path, compression="zstd", compression_level=1, row_group_size=ROW_GROUP, use_dictionary=few
    )


def _who_and_when(rows: Rows, setting: Setting) -> dict[str, pa.Array]:
    numbers = setting.staff.numbers[rows.worker].astype(np.int32)
    return {
        "at": pa.array(rows.at.astype("datetime64[us]"), pa.timestamp("us", tz="UTC")),
        "mechanism": _named(rows.mechanism, setting.slugs),
        "worker": pa.array(numbers, mask=rows.worker == NOBODY),
        "team": _named(rows.team, [team.name for team in setting.staff.teams]),
        "customer": _customers(rows.customer),
        "channel": _named(rows.channel, setting.channels),
        "product": _named(rows.product, PRODUCTS),
        "region": _named(rows.region, REGIONS),
    }


def _customers(customers: NDArray[np.int32]) -> pa.Array:
    seen, place = np.unique(customers, return_inverse=True)
    return pa.array(customer_ids(seen.astype(np.int64)).tolist(), pa.string()).take(pa.array(place))


def _named(codes: NDArray[Any], names: Sequence[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(
        pa.array(codes.astype(np.int32)), pa.array(list(names), pa.string())
    )


def _outcome(name: str, values: NDArray[Any]) -> pa.Array:
    missing = values == UNKNOWN
    if name == "time_to_resolve":
        return pa.array(values, pa.float64(), mask=missing)
    if name in SECONDS or name in NUMBERS:
        return pa.array(values.astype(np.int32), mask=missing)
    return pa.array(values == 1, pa.bool_(), mask=missing)


def write_cases(path: Path, columns: dict[str, Any]) -> None:
    """Arrays by name, one row a case; a pair (codes, names) is text, and times are UTC."""
    table = pa.table({name: _column(values) for name, values in columns.items()})
    pq.write_table(table, path, compression="zstd", compression_level=1, row_group_size=ROW_GROUP)


def _column(values: Any) -> pa.Array:
    if isinstance(values, tuple):
        return _named(*values)
    if values.dtype.kind == "M":
        return pa.array(values.astype("datetime64[us]"), pa.timestamp("us", tz="UTC"))
    return pa.array(values)
