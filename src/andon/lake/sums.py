"""Many outcomes of the same cells, in one pass over the rows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import narwhals as nw
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from andon.lake.cells import Cells, Every, Floats, numbers_of, period
from andon.lake.source import Reading, Source


class Counted(NamedTuple):
    """What is summed: which column, and out of which; `of` may be empty."""

    outcome: str
    of: str


def sums(source: Source, at: str, by: str, rows: Cells, counted: Sequence[Counted]) -> dict[Counted, Cells]:
    """Cells of each outcome, in the places of `rows` (reduced without an outcome, by `by` alone). Columns are
    typed: moments and numbers. A value that is not finite, or whose denominator is below zero, is not counted.
    """
    if not counted:
        return {}
    table = _summed(source, at, by, rows.every, counted)
    found = zip(table["by"].to_pylist(), table["period"].to_pylist(), strict=True)
    place = {key: i for i, key in enumerate(found)}
    order = np.array([place[key] for key in keys(rows, by)], np.int64)
    return {pair: _cells(rows, table, order, pair, f"__{i}") for i, pair in enumerate(counted)}


def keys(cells: Cells, by: str) -> Iterator[tuple[str, int]]:
    """(name, number of the period) of each cell."""
    factor = cells.by[by]
    names = [factor.levels[code] for code in factor.codes.tolist()]
    return zip(names, numbers_of(cells.at, cells.every).tolist(), strict=True)


def _summed(source: Source, at: str, by: str, every: Every, counted: Sequence[Counted]) -> pa.Table:
    columns = dict.fromkeys(name for pair in counted for name in pair if name)
    names = {column: f"c{i}" for i, column in enumerate(columns)}
    parts = {"at": Reading(at), "by": Reading(by)} | {name: Reading(c) for c, name in names.items()}
    frame = source.frame(parts).with_columns(*(nw.col(name).cast(nw.Float64) for name in names.values()))
    inputs: list[nw.Expr] = []
    totals: list[nw.Expr] = []
    for i, (outcome, of) in enumerate(counted):
        inputs += _inputs(names[outcome], names.get(of), f"__{i}")
        totals += _totals(bool(of), f"__{i}")
    frame = frame.select(nw.col("by"), period(nw.col("at"), every).alias("period"), *inputs)
    return source.collect(frame.group_by("by", "period").agg(*totals))


def _inputs(outcome: str, of: str | None, name: str) -> Iterator[nw.Expr]:
    """The outcome where it counts, and the denominator where there is an outcome; as `reduce` does."""
    y = nw.col(outcome)
    known = ~y.is_null() & ~y.is_nan() & y.is_finite()
    if of:
        d = nw.col(of)
        known = known & ~d.is_null() & ~d.is_nan() & (d >= 0)
        yield nw.when(known).then(d).alias(f"{name}d")
    yield nw.when(known).then(y).alias(f"{name}y")


def _totals(has_of: bool, name: str) -> Iterator[nw.Expr]:
    y, d = nw.col(f"{name}y"), nw.col(f"{name}d")
    yield from (y.sum().alias(f"{name}total"), y.min().alias(f"{name}low"), y.max().alias(f"{name}high"))
    yield (y * y).sum().alias(f"{name}squares")
    yield (d.sum() if has_of else y.count()).alias(f"{name}n")
    if has_of:
        yield (y > d).cast(nw.Int64).sum().alias(f"{name}over")
        yield ((y % 1 + d % 1) != 0).cast(nw.Int64).sum().alias(f"{name}broken")


def _cells(rows: Cells, table: pa.Table, order: NDArray[np.int64], pair: Counted, name: str) -> Cells:
    def column(what: str) -> Floats:
        values: Floats = np.asarray(table[f"{name}{what}"].cast(pa.float64()).to_numpy(), np.float64)
        return values[order]

    return replace(
        rows,
        n=np.nan_to_num(column("n")),
        total=np.nan_to_num(column("total")),
        squares=np.nan_to_num(column("squares")),
        lows=column("low"),
        highs=column("high"),
        has_outcome=True,
        has_of=bool(pair.of),
        over=int(np.nansum(column("over"))) if pair.of else 0,
        broken=int(np.nansum(column("broken"))) if pair.of else 0,
    )
