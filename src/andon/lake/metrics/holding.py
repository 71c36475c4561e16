"""Rows computed once and held, with a number for who and what: every count then compares numbers, not names."""

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import numpy as np
import pyarrow as pa

from andon.lake.cells import Factor
from andon.lake.duck import DuckSource
from andon.lake.factor_arrays import factor_of
from andon.lake.source import Source

MOST_HELD = 20_000_000  # rows; more of them would be written to disk, and are rather read anew
By = Mapping[str, tuple[str, ...]]


def names_of(by: By, *roles: str) -> list[str]:
    """The columns of roles in a frame: worker_0, worker_1."""
    return sorted(f"{role}_{i}" for role in roles or by for i in range(len(by.get(role, ()))))


class Written:
    """Who and what as they are written in the rows."""

    def __init__(self, by: By) -> None:
        self.by, self.who, self.what = by, names_of(by), names_of(by, "mechanism")

    def factor(self, table: pa.Table, role: str) -> Factor:
        return factor_of(table, role, self.by[role])


class Numbered:
    """Rows with `who` (worker, mechanism and team) and `what` (mechanism) as numbers; `named` (G,) tells which."""

    def __init__(self, by: By, named: pa.Table) -> None:
        self.by, self.named, self.who, self.what = by, named, ["who"], ["what"] if by.get("mechanism") else []

    def factor(self, table: pa.Table, role: str) -> Factor:
        key = "who" if "who" in table.column_names else "what"
        whole = factor_of(self.named, role, self.by[role])
        of = np.zeros(self.named.num_rows, np.int32)
        of[self.named[key].to_numpy()] = whole.codes
        codes = of[table[key].to_numpy()]
        there = np.bincount(codes, minlength=len(whole.levels)) > 0
        levels = [level for level, found in zip(whole.levels, there, strict=True) if found]
        return Factor((np.cumsum(there) - 1)[codes].astype(np.int32), levels)


def hold(
    source: Source, frame: nw.LazyFrame[Any], by: By, values: Sequence[str]
) -> tuple[nw.LazyFrame[Any], Written | Numbered]:
    """The rows with `values`, held where rows lie in files and are not too many."""
    if not isinstance(source, DuckSource) or not by or source.rows() > MOST_HELD:
        return frame, Written(by)
    asked = frame.to_native()
    named = source.hold(nw.from_native(asked.query("r", _numbers(by))), "__who")
    rows = source.hold(nw.from_native(asked.query("r", _joined(by, values))), "__rows")
    return rows, Numbered(by, source.collect(named))


def _numbers(by: By) -> str:
    """SQL: who there is in the rows, numbered, and what among them."""
    what = ", ".join(names_of(by, "mechanism"))
    number = f"dense_rank() OVER (ORDER BY {what}) - 1" if what else "0"
    return (
        f"SELECT CAST(row_number() OVER () - 1 AS INTEGER) AS who, CAST({number} AS INTEGER) AS what, * "  # noqa: S608
        f"FROM (SELECT DISTINCT {', '.join(names_of(by))} FROM r)"
    )


def _joined(by: By, values: Sequence[str]) -> str:
    """SQL: the rows with these numbers; nobody is somebody too."""
    same = " AND ".join(f"r.{name} IS NOT DISTINCT FROM w.{name}" for name in names_of(by))
    kept = ", ".join(f"r.{name}" for name in values)
    return f"SELECT w.who, w.what, {kept} FROM r JOIN __who AS w ON {same}"  # noqa: S608
