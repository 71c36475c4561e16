"""From a source to cells: which columns, how they are read, which rows are kept."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import narwhals as nw
import numpy as np

from andon.lake.cells import EARLIEST, LATEST, Cells, CellSpec, Every, Tally, within
from andon.lake.counting import Wanted, from_table, grouped
from andon.lake.duck import DuckSource
from andon.lake.errors import BadInput, did_you_mean, listing
from andon.lake.files import find
from andon.lake.missing import NOTHING, name_of
from andon.lake.numbers import NumberReading
from andon.lake.readings import TimeColumn, read_number, read_time
from andon.lake.source import Reading, Refused, Source, column_of

_TRUE = {
    "yes": True,
    "y": True,
    "true": True,
    "t": True,
    "1": True,
    "no": False,
    "n": False,
    "false": False,
    "f": False,
    "0": False,
}


def open_source(paths: str | Path | Sequence[str | Path]) -> Source:
    """Files, globs and folders as one table. Raises BadInput naming the file and what to do."""
    given: Iterable[str | Path] = [paths] if isinstance(paths, str | Path) else paths
    return DuckSource(find(given))


LEARNED = 13  # latest periods from which is learned when in a period rows come
DAYS: dict[Every, int] = {"hour": 1, "day": 2, "week": 7, "month": 31, "quarter": 92, "year": 366}


@dataclass(frozen=True, slots=True)
class Plan:
    """A CellSpec with its columns found and their reading decided. `notes` say what was assumed."""

    spec: CellSpec
    at: TimeColumn
    outcome: Reading | None
    of: Reading | None
    notes: tuple[str, ...] = ()

    @property
    def readings(self) -> dict[str, Reading]:
        """The parts that can make a row unusable."""
        named = {"at": self.at.reading, "y": self.outcome, "d": self.of}
        return {name: reading for name, reading in named.items() if reading is not None}


def _resolved(source: Source, spec: CellSpec) -> CellSpec:
    def find_column(name: str) -> str:
        return column_of(source, name)

    return replace(
        spec,
        at=find_column(spec.at),
        by=tuple(map(find_column, spec.by)),
        outcome=find_column(spec.outcome) if spec.outcome else None,
        of=find_column(spec.of) if spec.of else None,
        customer=find_column(spec.customer) if spec.customer else None,
        where=tuple((find_column(name), value) for name, value in spec.where),
    )


def plan(source: Source, spec: CellSpec) -> Plan:
    """Finds the columns and decides how they are read. Raises BadInput naming the column and the remedy."""
    spec = _resolved(source, spec)
    names = [spec.at, *spec.by, spec.outcome, spec.of, spec.customer, *(name for name, _ in spec.where)]
    source.keep(list(dict.fromkeys(name for name in names if name)))
    if not source.rows():
        raise BadInput("There are no rows below the column names.", "Give a file with rows.")
    at = read_time(source, spec.at)
    outcome = read_number(source, spec.outcome) if spec.outcome else None
    of = read_number(source, spec.of) if spec.of else None
    read = [r for r in (outcome, of) if r and source.columns[r.column] == "text" and r.how]
    notes = tuple(f"“{r.column}” was read as {r.how.described}." for r in read if r.how and r.how.described)
    source.settle([reading for reading in (at.reading, outcome, of) if reading])
    return Plan(spec, at, outcome, of, at.notes + notes)


# Rows a user asked for


def _matches(source: Source, part: str, column: str, value: str) -> nw.Expr:
    kind = source.columns[column]
    if kind == "truth":
        if value.strip().casefold() not in _TRUE:
            raise BadInput(
                f"“{column}” is yes or no, not “{value}”.", f'Write --where "{column}=yes" or "{column}=no".'
            )
        return nw.col(part) == _TRUE[value.strip().casefold()]
    if kind == "number":
        try:
            return nw.col(part) == float(value)
        except ValueError:
            raise BadInput(
                f"“{column}” is a number, not “{value}”.", "Give a number after the equals sign."
            ) from None
    text = nw.col(part).cast(nw.String).str.strip_chars()
    return text.str.starts_with(value) if kind == "time" else text == value.strip()


def row_filter(source: Source, where: Sequence[tuple[str, str]]) -> nw.Expr | None:
    """Values of one column are alternatives; different columns must all fit."""
    columns = list(dict.fromkeys(column for column, _ in where))
    every: nw.Expr | None = None
    for number, column in enumerate(columns):
        any_: nw.Expr | None = None
        for value in (value for name, value in where if name == column):
            one = _matches(source, f"where_{number}", column, value)
            any_ = one if any_ is None else any_ | one
        every = any_ if every is None else every & any_
    return every


def too_narrow(source: Source, where: Sequence[tuple[str, str]]) -> BadInput:
    """No row fits: say which value is not there, and what is."""
    for column, value in where:
        there = list(dict.fromkeys(name_of(v) for v in source.sample(column, 5000)))
        if source.columns[column] == "text" and value.strip() not in there:
            return BadInput(f"No row has “{column}” = “{value}”.", did_you_mean(value, there))
    return BadInput(
        f"No row fits {listing(f'{column}={value}' for column, value in where)}.",
        "Ask for fewer things at once.",
    )


def _frame(source: Source, todo: Plan) -> nw.LazyFrame[Any]:
    spec = todo.spec
    parts = {f"by_{i}": Reading(name) for i, name in enumerate(spec.by)} | todo.readings
    if spec.customer:
        parts["customer"] = Reading(spec.customer)
    if todo.outcome and _is_text(source, todo.outcome):
        parts["written"] = Reading(todo.outcome.column)
    columns = list(dict.fromkeys(column for column, _ in spec.where))
    parts |= {f"where_{i}": Reading(column) for i, column in enumerate(columns)}
    frame = source.frame(parts)
    wanted = row_filter(source, spec.where)
    frame = frame if wanted is None else frame.filter(wanted)
    return frame.with_columns(bad=_unread()) if "written" in parts else frame


def _is_text(source: Source, reading: Reading | None) -> bool:
    return reading is not None and source.columns[reading.column] == "text"


def _unread() -> nw.Expr:
    """A text that is there but is no outcome."""
    word = nw.col("written").str.strip_chars().str.to_lowercase()
    return nw.col("y").is_null() & ~nw.col("written").is_null() & ~word.is_in(sorted(NOTHING))


def span(source: Source, todo: Plan) -> tuple[np.datetime64, np.datetime64]:
    """The first and the last moment within the years that can be. Raises BadInput when there is none."""
    frame = source.frame({"at": todo.at.reading})
    sane = (nw.col("at").dt.year() >= EARLIEST.astype(object).year) & (
        nw.col("at").dt.year() < LATEST.astype(object).year
    )
    ends = source.collect(
        frame.filter(sane).select(nw.col("at").min().alias("low"), nw.col("at").max().alias("high"))
    )
    low, high = ends["low"][0].as_py(), ends["high"][0].as_py()
    if low is None:
        raise BadInput(
            f"No row has a time in “{todo.spec.at}” that can be used.", "Times must lie from 1901 to 2099."
        )
    return np.datetime64(low, "s"), np.datetime64(high, "s")


def groups(source: Source, todo: Plan) -> int:
    """How many series there are."""
    if not todo.spec.by:
        return 1
    names = [f"by_{i}" for i in range(len(todo.spec.by))]
    frame = _frame(source, todo).select(*names).group_by(*names).agg(nw.len().alias("rows"))
    return max(len(source.collect(frame)), 1)


def cut_off(
    source: Source, todo: Plan, every: Every, ends: tuple[np.datetime64, np.datetime64]
) -> tuple[float, float]:
    """Share of its rows that the first period lacks before the first moment, and the last after the last one.

    Learned from when in a period rows usually come: a week that ends on Friday evening is whole where nobody
    works at weekends.
    """
    if every == "second":
        return 0.0, 0.0
    recent = (ends[1] - np.timedelta64(LEARNED * DAYS[every], "D")).astype("datetime64[us]").item()
    frame = source.frame({"at": todo.at.reading}).filter(nw.col("at") >= nw.lit(recent))
    frame = frame.select(within(nw.col("at"), every).alias("offset"))
    table = source.collect(frame.group_by("offset").agg(nw.len().alias("rows")))
    known = ~np.asarray(table["offset"].is_null().to_numpy())
    offset, rows = (
        np.asarray(table["offset"].fill_null(0).to_numpy(), np.int64)[known],
        table["rows"].to_numpy()[known],
    )
    first, last = (_offset(moment, every) for moment in ends)
    return float(rows[offset < first].sum() / rows.sum()), float(rows[offset > last].sum() / rows.sum())


def _offset(moment: np.datetime64, every: Every) -> int:
    at: dt.datetime = moment.astype("datetime64[s]").item()
    if every in ("quarter", "year"):
        return ((at.month - 1) % 3 if every == "quarter" else at.month - 1) * 31 + at.day - 1
    if every == "hour":
        return at.minute
    return {"week": at.weekday(), "month": at.day - 1}.get(every, 0) * 24 + at.hour


def _wanted_sums(source: Source, todo: Plan, spec: CellSpec) -> Wanted:
    outcome: Literal["", "truth", "number"] = ""
    if todo.outcome:
        assert isinstance(todo.outcome.how, NumberReading)
        outcome = "truth" if todo.outcome.how.how == "truth" else "number"
    by = tuple(f"by_{i}" for i in range(len(spec.by)))
    return Wanted(
        by,
        spec.every,
        outcome,
        _is_text(source, todo.outcome),
        todo.of is not None,
        spec.customer is not None,
    )


def reduce(source: Source, spec: CellSpec, todo: Plan | None = None) -> Cells:
    """Cells by series and period (see `Cells`). Raises BadInput; single rows are refused and counted
    instead.
    """
    todo = todo or plan(source, spec)
    since, until = span(source, todo)
    spec = replace(todo.spec, every=spec.every)
    frame = grouped(_frame(source, todo), _wanted_sums(source, todo, spec))
    table = source.collect(frame)
    counted = int(np.sum(table["rows"].to_numpy())) if len(table) else 0
    broken = len(source.broken())
    read = source.rows() if spec.where else counted
    if spec.where and not counted:
        raise too_narrow(source, spec.where)
    tally = Tally(read + broken, 0, broken, read - counted, 0)
    cells = from_table(table, spec, tally, since, until)
    unbegun, unfinished = cut_off(source, todo, spec.every, (since, until))
    cells = replace(cells, unbegun=unbegun, unfinished=unfinished)
    if not len(cells):
        raise BadInput(
            f"None of the {read:,} rows can be used.", f"Look at the column “{spec.at}”: are these times?"
        )
    return cells


def refusals(source: Source, todo: Plan, most: int = 1_000_000) -> list[Refused]:
    """Every row that cannot be used, once, with its place and the first reason, in the order of the files."""
    return refused_once([*source.broken(), *source.unreadable(todo.readings, most)])


def refused_once(found: Iterable[Refused]) -> list[Refused]:
    """Each row with the first reason that was found, in the order of the files."""
    first: dict[tuple[str, int], Refused] = {}
    for row in found:
        first.setdefault((row.file, row.row), row)
    places = {name: place for place, name in enumerate(dict.fromkeys(row.file for row in first.values()))}
    return sorted(first.values(), key=lambda row: (places[row.file], row.row))
