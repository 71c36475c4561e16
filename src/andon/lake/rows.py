"""Rows as arrays, each with its place in the files: for what must look at every row and not only at cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from andon.lake.cells import EARLIEST, LATEST, CellSpec, Factor, Floats, Tally, Times
from andon.lake.counting import factor_of
from andon.lake.duck import DuckSource, embedded
from andon.lake.errors import BadInput
from andon.lake.missing import NOTHING
from andon.lake.reducing import Plan, plan, refusals, row_filter, too_narrow
from andon.lake.source import Reading, Refused, Source

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RowSpec:
    """Which columns, by name. `where` as in `CellSpec`."""

    at: str
    attributes: tuple[str, ...] = ()
    text: str | None = None
    customer: str | None = None
    outcome: str | None = None
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows that can be used, in the order of the files; every array (N,). `at` datetime64[s], UTC. `outcome` is NaN
    where there is none. `texts` and `customers` are None without such a column; a missing customer has code −1.
    """

    at: Times
    attributes: dict[str, Factor]
    texts: list[str] | None
    customers: Factor | None
    outcome: Floats | None
    tables: Ints
    numbers: Ints
    tally: Tally
    refused: Sequence[Refused]
    source: DuckSource

    def place(self, i: int) -> tuple[str, int]:
        """The file of a row and where in it the row stands, as a spreadsheet counts."""
        return self.source.place(int(self.tables[i]), int(self.numbers[i]))


def plan_rows(source: Source, spec: RowSpec) -> Plan:
    """Finds the columns and decides how times and outcome are read. Raises BadInput."""
    by = (*spec.attributes, *((spec.text,) if spec.text else ()))
    return plan(source, CellSpec(spec.at, "day", by, spec.outcome, None, spec.customer, spec.where))


def rows(source: Source, spec: RowSpec, todo: Plan | None = None) -> Rows:
    """Every usable row with its columns as arrays. Raises BadInput when there is none."""
    todo = todo or plan_rows(source, spec)
    duck = embedded(source)
    table = duck.collect(_frame(duck, todo))
    read = duck.rows()
    if todo.spec.where and not len(table):
        raise too_narrow(source, todo.spec.where)
    kept = table.filter(pa.array(_usable(table, todo)))
    if not len(kept):
        raise BadInput(
            f"None of the {read:,} rows can be used.",
            f"Look at the column “{todo.spec.at}”: are these times?",
        )
    tally = _tally(read, len(table), len(kept), len(duck.broken()))
    refused = refusals(source, todo) if tally.refused else []
    return _rows(kept, todo, spec, tally, refused, duck)


def _tally(read: int, wanted: int, kept: int, broken: int) -> Tally:
    return Tally(read + broken, kept, broken + wanted - kept, read - wanted, 0)


def _frame(duck: DuckSource, todo: Plan) -> nw.LazyFrame[Any]:
    spec = todo.spec
    parts = {"at": todo.at.reading} | {f"by_{i}": Reading(name) for i, name in enumerate(spec.by)}
    if spec.customer:
        parts["customer"] = Reading(spec.customer)
    if todo.outcome:
        parts |= {"y": todo.outcome, "written": Reading(todo.outcome.column)}
    columns = list(dict.fromkeys(column for column, _ in spec.where))
    parts |= {f"where_{i}": Reading(column) for i, column in enumerate(columns)}
    frame = duck.placed(parts)
    wanted = row_filter(duck, spec.where)
    return frame if wanted is None else frame.filter(wanted)


def _moments(table: pa.Table) -> Times:
    at = table["at"].cast(pa.timestamp("s"), safe=False)
    return np.asarray(at.to_numpy(), "datetime64[s]")


def _usable(table: pa.Table, todo: Plan) -> NDArray[np.bool_]:
    at = _moments(table)
    good = ~np.isnat(at) & (at >= EARLIEST) & (at < LATEST)
    if todo.outcome is not None:
        good &= ~_unread(table)
    return np.asarray(good, np.bool_)


def _unread(table: pa.Table) -> NDArray[np.bool_]:
    """An outcome that is there but is none, or is infinite."""
    y = np.asarray(table["y"].cast(pa.float64()).to_numpy(), np.float64)
    word = pc.utf8_lower(pc.utf8_trim_whitespace(table["written"].cast(pa.string()))).fill_null("")
    nothing = pc.is_in(word, pa.array(sorted(NOTHING)))
    return np.asarray((np.isnan(y) & ~nothing.to_numpy()) | np.isinf(y), np.bool_)


def _rows(
    table: pa.Table, todo: Plan, spec: RowSpec, tally: Tally, refused: Sequence[Refused], duck: DuckSource
) -> Rows:
    named = len(spec.attributes)
    texts = table[f"by_{named}"].cast(pa.string()).fill_null("").to_pylist() if spec.text else None
    outcome = np.asarray(table["y"].cast(pa.float64()).to_numpy(), np.float64) if todo.outcome else None
    return Rows(
        at=_moments(table),
        attributes={todo.spec.by[i]: factor_of(table[f"by_{i}"]) for i in range(named)},
        texts=texts,
        customers=_customers(table["customer"]) if todo.spec.customer else None,
        outcome=outcome,
        tables=np.asarray(table["__table"].to_numpy(), np.int64),
        numbers=np.asarray(table["__row"].to_numpy(), np.int64),
        tally=tally,
        refused=refused,
        source=duck,
    )


def _customers(column: pa.ChunkedArray) -> Factor:
    """Codes and names as written; −1 where none is given."""
    text = pc.utf8_trim_whitespace(column.cast(pa.string()))
    text = pc.if_else(pc.is_in(text, pa.array(["", "?"])), pa.scalar(None, pa.string()), text)
    encoded = text.combine_chunks().dictionary_encode()
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    return Factor(codes, encoded.dictionary.to_pylist())
