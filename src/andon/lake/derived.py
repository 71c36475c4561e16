"""Numbers that are made of columns, row by row, and summed by mechanism and period in one pass.

Shares beyond a bound, promoters less detractors, answers within a limit: what a contact centre reports, from raw rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import narwhals as nw
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from andon.lake.cells import Cells, Every, Floats, period
from andon.lake.source import Reading, Source
from andon.lake.sums import keys

How = Literal["itself", "part", "sum", "share", "net", "within"]


@dataclass(frozen=True, slots=True)
class Derived:
    """A number of a row. Rows in which a column is unknown do not count, but for those in which `gone` is true.

    itself: the column. part: the first column. sum: of all columns. share: 1 from `bound` on, else 0. net: 100 from
    `bound` on, -100 up to `lower`, else 0. within: 1 where the column is at most the limit of its mechanism (`limits`,
    else `bound`) and `gone` is not true, else 0.
    """

    name: str
    how: How
    columns: tuple[str, ...]
    bound: float = 0.0
    lower: float = 0.0
    limits: Mapping[str, float] = field(default_factory=dict)
    gone: str = ""


def derived(source: Source, rows: Cells, wanted: Sequence[Derived]) -> dict[str, Cells]:
    """Cells of each number, in the places of `rows` (reduced by "mechanism" alone, without an outcome). Columns are
    typed: moments, numbers, yes or no.
    """
    if not wanted:
        return {}
    table = _summed(source, rows.every, wanted)
    found = zip(table["by"].to_pylist(), table["period"].to_pylist(), strict=True)
    place = {key: i for i, key in enumerate(found)}
    order = np.array([place[key] for key in keys(rows, "mechanism")], np.int64)
    return {one.name: _cells(rows, table, order, f"__{i}") for i, one in enumerate(wanted)}


def _summed(source: Source, every: Every, wanted: Sequence[Derived]) -> pa.Table:
    columns = dict.fromkeys(name for one in wanted for name in (*one.columns, one.gone) if name)
    names = {column: f"c{i}" for i, column in enumerate(columns)}
    parts = {"at": Reading("at"), "by": Reading("mechanism")}
    frame = source.frame(parts | {name: Reading(column) for column, name in names.items()})
    frame = frame.with_columns(*(_number(name) for name in names.values()))
    made = [_made(one, names).alias(f"__{i}y") for i, one in enumerate(wanted)]
    frame = frame.select(nw.col("by"), period(nw.col("at"), every).alias("period"), *made)
    totals = [total for i in range(len(wanted)) for total in _totals(f"__{i}")]
    return source.collect(frame.group_by("by", "period").agg(*totals))


def _number(name: str) -> nw.Expr:
    """A column as a finite number, or nothing."""
    y = nw.col(name).cast(nw.Float64)
    return nw.when(y.is_finite() & ~y.is_nan()).then(y).alias(name)


def _made(one: Derived, names: Mapping[str, str]) -> nw.Expr:
    y = nw.col(names[one.columns[0]])
    match one.how:
        case "sum" | "part":
            for more in one.columns[1:]:
                y = y + nw.col(names[more]) * (1.0 if one.how == "sum" else 0.0)
            return y
        case "share":
            return (y >= one.bound).cast(nw.Float64)
        case "net":
            return 100.0 * ((y >= one.bound).cast(nw.Float64) - (y <= one.lower).cast(nw.Float64))
        case "within":
            return _within(one, y, names)
    return y


def _within(one: Derived, y: nw.Expr, names: Mapping[str, str]) -> nw.Expr:
    inside = y <= one.bound
    for mechanism, limit in one.limits.items():
        here = (nw.col("by") == mechanism).fill_null(False)
        inside = (here & (y <= limit)) | (~here & inside)
    answered = inside.cast(nw.Float64)
    if not one.gone:
        return answered
    return nw.when((nw.col(names[one.gone]) > 0).fill_null(False)).then(0.0).otherwise(answered)


def _totals(name: str) -> Iterator[nw.Expr]:
    y = nw.col(f"{name}y")
    yield from (y.sum().alias(f"{name}total"), (y * y).sum().alias(f"{name}squares"))
    yield from (y.count().alias(f"{name}n"), y.min().alias(f"{name}low"), y.max().alias(f"{name}high"))


def _cells(rows: Cells, table: pa.Table, order: NDArray[np.int64], name: str) -> Cells:
    def column(what: str) -> Floats:
        values: Floats = np.asarray(table[f"{name}{what}"].cast(pa.float64()).to_numpy(), np.float64)
        return values[order]

    return replace(
        rows, n=np.nan_to_num(column("n")), total=np.nan_to_num(column("total")),
        squares=np.nan_to_num(column("squares")), lows=column("low"), highs=column("high"), has_outcome=True,
    )  # fmt: skip


def highest(source: Source, column: str) -> float:
    """The greatest finite value of a column; NaN where it has none."""
    frame = source.frame({"y": Reading(column)}).with_columns(_number("y"))
    found = source.collect(frame.select(nw.col("y").max()))["y"].to_pylist()[0]
    return float("nan") if found is None else float(found)
