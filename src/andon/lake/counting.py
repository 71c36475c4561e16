"""Raw rows to cells: expressions written once, run by any engine narwhals speaks to."""

import functools
import operator
from dataclasses import dataclass, replace
from typing import Any, Literal

import narwhals as nw
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from andon.lake.cells import (
    EARLIEST,
    LATEST,
    Cells,
    CellSpec,
    Every,
    Factor,
    Floats,
    Tally,
    Times,
    period,
    starts,
)
from andon.lake.missing import name_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be summed. `outcome`: none, "truth" (0 and 1 and nothing else), or "number"; `text`: read from
    a text, so that `bad` says what could not be read."""

    by: tuple[str, ...]
    every: Every
    outcome: Literal["", "truth", "number"] = ""
    text: bool = False
    of: bool = False
    customer: bool = False


def _unusable(wanted: Wanted) -> nw.Expr | None:
    """Rows that cannot be used although they have a time: an unreadable or infinite outcome, a negative
    denominator."""
    tests: list[nw.Expr] = []
    if wanted.text:
        tests.append(nw.col("bad").fill_null(False))
    if wanted.outcome == "number":
        tests.append((~nw.col("y").is_finite() & ~nw.col("y").is_nan()).fill_null(False))
    if wanted.of:
        tests.append((nw.col("d") < 0).fill_null(False))
    return functools.reduce(operator.or_, tests) if tests else None


def _inputs(wanted: Wanted) -> list[nw.Expr]:
    number = period(nw.col("at"), wanted.every)
    unusable = _unusable(wanted)
    columns = [nw.col(name) for name in wanted.by]
    columns.append((number if unusable is None else nw.when(~unusable).then(number)).alias("period"))
    if wanted.outcome:
        y = nw.col("y") if wanted.outcome == "truth" else nw.when(~nw.col("y").is_nan()).then(nw.col("y"))
        y = nw.when(~nw.col("d").is_null() & ~nw.col("d").is_nan()).then(y) if wanted.of else y
        columns.append(y.alias("y"))
    columns += [nw.col("d")] if wanted.of else []
    return columns + ([nw.col("customer")] if wanted.customer else [])


def _sums(wanted: Wanted) -> list[nw.Expr]:
    y, d = nw.col("y"), nw.col("d")
    sums = [nw.len().alias("rows")]
    if wanted.outcome:
        sums += [y.sum().alias("total"), y.count().alias("counted")]
    if wanted.outcome == "number":  # of 0 and 1 the rest is known
        sums += [(y * y).sum().alias("squares"), y.min().alias("low"), y.max().alias("high")]
    if wanted.of:
        sums.append(nw.when(~y.is_null()).then(d).sum().alias("n"))
        sums.append((y > d).cast(nw.Int64).sum().alias("over"))
        sums.append(((y % 1 + d % 1) != 0).cast(nw.Int64).sum().alias("broken"))
    return sums + ([nw.col("customer").n_unique().alias("customers")] if wanted.customer else [])


def grouped(frame: nw.LazyFrame[Any], wanted: Wanted) -> nw.LazyFrame[Any]:
    """The aggregation. `frame` has `at`, the columns of `by`, and as wanted `y`, `bad`, `d`, `customer`.

    Rows that cannot be used come back under a null period, so that they are counted in the same pass.
    """
    return frame.select(*_inputs(wanted)).group_by(*wanted.by, "period").agg(*_sums(wanted))


_NUMBERS = ("rows", "counted", "n", "total", "squares", "customers", "low", "high", "over", "broken")


def _floats(table: pa.Table, name: str) -> Floats:
    return np.asarray(table[name].cast(pa.float64()).to_numpy(), np.float64)


def factor_of(column: pa.ChunkedArray) -> Factor:
    """Codes and sorted names; names that differ only in spaces are one."""
    encoded = column.cast(pa.string()).combine_chunks().dictionary_encode(null_encoding="encode")
    raw = [name_of(value) for value in encoded.dictionary.to_pylist()]
    levels = sorted(set(raw))
    place = {name: code for code, name in enumerate(levels)}
    lookup = np.array([place[name] for name in raw] or [0], np.int32)
    return Factor(
        lookup[encoded.indices.to_numpy(zero_copy_only=False)] if len(raw) else np.empty(0, np.int32), levels
    )


def _in_range(table: pa.Table, every: Every) -> tuple[NDArray[np.bool_], Times]:
    periods = table["period"].cast(pa.int64())
    given = ~np.asarray(periods.is_null().to_numpy())
    at = starts(np.asarray(periods.fill_null(0).to_numpy(), np.int64), every)
    # A week may begin before the first day it holds, no period after the last. 1 January 1900 stays out:
    # it is what many systems write for “none”.
    early = np.timedelta64(6 if every == "week" else 0, "D")
    return given & (at >= EARLIEST - early) & (at < LATEST), at


def from_table(table: pa.Table, spec: CellSpec, tally: Tally, since: Any, until: Any) -> Cells:
    """What an engine counted, as cells in order; periods out of range and without a time become refusals."""
    good, at = _in_range(table, spec.every)
    kept, at = table.filter(pa.array(good)), at[good]
    refused = int(_floats(table, "rows")[~good].sum())
    factors = {name: factor_of(kept[f"by_{i}"]) for i, name in enumerate(spec.by)}
    order = np.lexsort((at, *[factor.codes for factor in reversed(factors.values())]))
    seen = {name: _floats(kept, name)[order] for name in kept.column_names if name in _NUMBERS}
    rows = seen["rows"]
    counted = seen.get("counted", rows)
    total = np.nan_to_num(seen.get("total", rows))
    none = np.full(len(rows), np.nan)
    known = np.where(counted > 0, 1.0, np.nan)  # outcomes of 0 and 1 lie between 0 and 1
    cells = Cells(
        by={name: Factor(factor.codes[order], factor.levels) for name, factor in factors.items()},
        at=at[order],
        n=np.nan_to_num(seen.get("n", counted)),
        total=total,
        squares=np.nan_to_num(seen.get("squares", total)),
        customers=seen.get("customers", none),
        every=spec.every,
        lows=seen.get("low", 0 * known if spec.outcome else none),
        highs=seen.get("high", known if spec.outcome else none),
        rows=rows,
        since=since,
        until=until,
        has_outcome=spec.outcome is not None,
        has_of=spec.of is not None,
        over=int(np.nansum(seen.get("over", 0))),
        broken=int(np.nansum(seen.get("broken", 0))),
        tally=replace(
            tally,
            used=int(rows.sum()),
            refused=tally.refused + refused,
            missing=int(rows.sum() - counted.sum()),
        ),
    )
    return merged(cells)


def merged(cells: Cells) -> Cells:
    """Cells of one series and period made one (names that differ only in spaces; finer periods made
    coarser).
    """
    keys = np.stack([*[f.codes.astype(np.int64) for f in cells.by.values()], cells.at.astype(np.int64)])
    if not len(cells) or not (keys[:, 1:] == keys[:, :-1]).all(axis=0).any():
        return cells
    new = np.r_[True, (keys[:, 1:] != keys[:, :-1]).any(axis=0)]
    first = np.flatnonzero(new)

    def total(values: Floats) -> Floats:
        return np.add.reduceat(values, first)

    return replace(
        cells,
        by={name: Factor(f.codes[first], f.levels) for name, f in cells.by.items()},
        at=cells.at[first],
        n=total(cells.n),
        total=total(cells.total),
        squares=total(cells.squares),
        customers=total(cells.customers),
        rows=total(cells.rows),
        lows=np.fmin.reduceat(cells.lows, first),
        highs=np.fmax.reduceat(cells.highs, first),
    )
