"""Measures of units (teams, sites, organisations) by period, from files of answers or of what was already counted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import narwhals as nw
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from andon.lake.cells import Floats, period
from andon.lake.errors import BadInput
from andon.lake.linking_plan import FISCAL, YEAR, UnitPlan
from andon.lake.missing import NOT_GIVEN, name_of
from andon.lake.numbers import NumberReading
from andon.lake.reducing import refused_once, row_filter, too_narrow
from andon.lake.source import Reading, Refused, Source

Base = Literal["week", "month"]
Ints = NDArray[np.int64]
MOST_REFUSED = 100_000
YEARS = (1901, 2099)
WEEKS = 6782  # of 2099, counted from 1970
FARTHEST = 1e75  # values beyond it cannot be squared
_WHOLE = re.compile(r"^(\d+)\.0+$")


@dataclass(frozen=True, slots=True, eq=False)
class UnitCells:
    """Sums by unit and month (or week, as `period` numbers them); N cells, M measures.

    units: names as written first. codes (N,) point into them. periods (N,). sums, weights (M, N): Σy, and Σ of the
    denominators or the number of values. rows (N,). lows, highs (M,): range of single values. over (M,): rows whose
    numerator is above its denominator. read, unnamed: rows, and those that name no unit.
    """

    units: list[str]
    codes: Ints
    periods: Ints
    sums: Floats
    weights: Floats
    rows: Floats
    lows: Floats
    highs: Floats
    over: Floats
    truths: tuple[bool, ...]
    read: int
    unnamed: int
    refused: Sequence[Refused]
    notes: tuple[str, ...]


def unit_key(name: str) -> str:
    """What two spellings of one unit have in common: case, spaces, and 17.0 for 17 do not matter."""
    text = " ".join(name.split()).casefold()
    whole = _WHOLE.match(text)
    return whole[1] if whole else text


def loose_key(key: str) -> str:
    """Letters and digits only, without leading zeros: for units that match nothing otherwise."""
    return "".join(letter for letter in key if letter.isalnum()).lstrip("0")


def unit_cells(source: Source, todo: UnitPlan, base: Base) -> UnitCells:
    """Adds up by unit and month or week. Raises BadInput where no row can be used."""
    table = source.collect(_grouped(source, todo, base))
    read = source.rows()
    if not len(table):
        raise too_narrow(source, todo.spec.where)
    periods, notes = _periods(todo, table, base)
    rows = _floats(table, "rows")
    names = [name_of(_plain(one)) for one in table["unit"].to_pylist()]
    named = np.array([name != NOT_GIVEN for name in names])
    kept = named & (periods >= 0)
    if not kept.any():
        column = todo.spec.at if named.any() else todo.spec.unit
        raise BadInput(f"None of the {read:,} rows can be used.", f"Look at the column “{column}”.")
    cells = _cells(
        table, kept, [name for name, keep in zip(names, kept.tolist(), strict=True) if keep], periods, todo
    )
    _check_size(cells, todo)
    refused = refused_once([*source.broken(), *source.unreadable(_checked(source, todo), MOST_REFUSED)])
    return replace(
        cells,
        read=read + len(source.broken()),
        unnamed=int(rows[~named].sum()),
        refused=refused,
        notes=(*source.notes, *todo.notes, *notes),
        truths=tuple(_share(reading) for reading in todo.measures),
    )


def _check_size(cells: UnitCells, todo: UnitPlan) -> None:
    for reading, low, high in zip(todo.measures, cells.lows, cells.highs, strict=True):
        if max(abs(low), abs(high)) > FARTHEST:
            raise BadInput(
                f"“{reading.column}” goes up to {max(abs(low), abs(high)):g}.",
                "Such numbers cannot be compared: give it in a larger unit, or leave the rows out with --where.",
            )


def _share(reading: Reading) -> bool:
    return isinstance(reading.how, NumberReading) and (reading.how.how == "truth" or reading.how.percent)


def _checked(source: Source, todo: UnitPlan) -> dict[str, Reading]:
    parts = {f"y{i}": reading for i, reading in enumerate(todo.measures)}
    parts |= {"at": todo.at} if todo.at.how else {}
    return parts | ({"d": todo.of} if todo.of else {})


def _grouped(source: Source, todo: UnitPlan, base: Base) -> nw.LazyFrame[Any]:
    parts = {"unit": Reading(todo.spec.unit), "at": todo.at} | _checked(source, todo)
    columns = list(dict.fromkeys(column for column, _ in todo.spec.where))
    parts |= {f"where_{i}": Reading(column) for i, column in enumerate(columns)}
    frame = source.frame(parts)
    wanted = row_filter(source, todo.spec.where)
    frame = frame if wanted is None else frame.filter(wanted)
    at = nw.col("at").cast(nw.String) if todo.written else period(nw.col("at"), base)
    values: list[nw.Expr] = []
    totals: list[nw.Expr] = [nw.len().alias("rows")]
    for i in range(len(todo.measures)):
        values += _values(i, todo.of is not None)
        totals += _totals(i, todo.of is not None)
    frame = frame.select(nw.col("unit"), at.alias("period"), *values)
    return frame.group_by("unit", "period").agg(*totals)


def _values(i: int, has_of: bool) -> list[nw.Expr]:
    """A value where it counts; its denominator only where there is a value."""
    y = nw.col(f"y{i}").cast(nw.Float64)
    known = ~y.is_null() & ~y.is_nan() & y.is_finite()
    if not has_of:
        return [nw.when(known).then(y).alias(f"y{i}")]
    d = nw.col("d").cast(nw.Float64)
    known = known & ~d.is_null() & ~d.is_nan() & d.is_finite() & (d >= 0)
    return [nw.when(known).then(y).alias(f"y{i}"), nw.when(known).then(d).alias(f"d{i}")]


def _totals(i: int, has_of: bool) -> list[nw.Expr]:
    y, d = nw.col(f"y{i}"), nw.col(f"d{i}")
    found = [y.sum().alias(f"sum{i}"), y.min().alias(f"low{i}"), y.max().alias(f"high{i}")]
    found.append((d.sum() if has_of else y.count()).alias(f"weight{i}"))
    return [*found, (y > d).cast(nw.Int64).sum().alias(f"over{i}")] if has_of else found


def _floats(table: pa.Table, name: str) -> Floats:
    return np.asarray(table[name].cast(pa.float64()).fill_null(np.nan).to_numpy(), np.float64)


def _plain(value: object) -> object:
    """17.0 from a spreadsheet is 17."""
    if not isinstance(value, float):
        return value
    if value != value:
        return None
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _periods(todo: UnitPlan, table: pa.Table, base: Base) -> tuple[Ints, tuple[str, ...]]:
    """Number of the month or week of each group, −1 where it is none."""
    if todo.written:
        return _written_months(todo, table)
    numbers = np.asarray(table["period"].cast(pa.int64()).fill_null(-1).to_numpy(), np.int64)
    low, high = (YEARS[0] * 12, YEARS[1] * 12 + 11) if base == "month" else (0, WEEKS)
    return np.where((numbers >= low) & (numbers <= high), numbers, -1), ()


def _written_months(todo: UnitPlan, table: pa.Table) -> tuple[Ints, tuple[str, ...]]:
    """January of the year each names first; the caller knows in which month years begin."""
    like = FISCAL if todo.written == "fiscal" else YEAR
    texts = ["" if text is None else str(text).strip() for text in table["period"].to_pylist()]
    found = [like.match(text) for text in texts]
    numbers = np.array([int(one[1]) * 12 if one else -1 for one in found], np.int64)
    strange = sorted({text or "(empty)" for text, one in zip(texts, found, strict=True) if not one})
    rows = int(_floats(table, "rows")[numbers < 0].sum())
    if not strange:
        return numbers, ()
    name = todo.spec.at
    return numbers, (
        f"{rows:,} rows have no year as the others in “{name}” (“{strange[0]}”) and are left out.",
    )


def _cells(
    table: pa.Table, kept: NDArray[np.bool_], names: list[str], periods: Ints, todo: UnitPlan
) -> UnitCells:
    """Groups of one unit and period made one, whatever the spelling."""
    first: dict[str, str] = {}
    for name in sorted(names):
        first.setdefault(unit_key(name), name)
    places = {key: place for place, key in enumerate(sorted(first))}
    codes = np.array([places[unit_key(name)] for name in names], np.int64)
    pairs, inverse = np.unique(np.stack([codes, periods[kept]]), axis=1, return_inverse=True)
    inverse, size = inverse.ravel(), pairs.shape[1]

    def added(what: str) -> Floats:
        return np.stack(
            [
                np.bincount(inverse, np.nan_to_num(_floats(table, f"{what}{i}")[kept]), size)
                for i in range(count)
            ]
        )

    def edge(what: str, reduce: Any) -> Floats:
        values = [_floats(table, f"{what}{i}")[kept] for i in range(count)]
        return np.array([reduce.reduce(one[np.isfinite(one)], initial=np.nan) for one in values], np.float64)

    count = len(todo.measures)
    return UnitCells(
        units=[first[key] for key in sorted(first)], codes=pairs[0], periods=pairs[1], sums=added("sum"),
        weights=added("weight"), rows=np.bincount(inverse, _floats(table, "rows")[kept], size),
        lows=edge("low", np.fmin), highs=edge("high", np.fmax),
        over=added("over").sum(axis=1) if todo.of else np.zeros(count), truths=(), read=0, unnamed=0, refused=(),
        notes=(),
    )  # fmt: skip
