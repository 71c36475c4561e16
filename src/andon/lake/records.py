"""Rows one by one, for what is taken as it is written: what customers said, lists of staff, a first look."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from andon.lake.duck import embedded
from andon.lake.errors import BadInput
from andon.lake.source import ColumnKind, Reading, Source

CHUNK = 5_000
WIDEST = 300  # characters of a cell that a first look shows

Cell = str | bool | int | float | None


class Record(NamedTuple):
    """One row: its place for people to look up, its cells by column, and its moment if one was asked for."""

    file: str
    row: int
    cells: dict[str, Cell]
    at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a source as texts, and the name and kind of its columns."""

    columns: dict[str, ColumnKind]
    rows: list[list[str]]
    notes: list[str]


def preview(source: Source, n: int = 8) -> Preview:
    """A first look. Raises BadInput when there are no rows."""
    frame = source.frame(_parts(source)).head(n)
    rows = [list(map(plain, row.values())) for row in source.collect(frame).to_pylist()]
    if not rows:
        raise BadInput("There are no rows below the column names.", "Give a file with rows.")
    return Preview(
        dict(source.columns), [[text_of(cell)[:WIDEST] for cell in row] for row in rows], list(source.notes)
    )


def records(source: Source, at: Reading | None = None) -> Iterator[Record]:
    """Every row in the order of the files. Raises BadInput when a file breaks off."""
    duck = embedded(source)
    names: Sequence[str] = list(source.columns)
    parts = _parts(source) | ({"__at": at} if at else {})
    table = duck.collect(duck.placed(parts))
    for start in range(0, len(table), CHUNK):
        for row in table.slice(start, CHUNK).to_pylist():
            *cells, number, within = row.values()
            moment = cells.pop() if at else None
            place = duck.place(number, within)
            yield Record(*place, dict(zip(names, map(plain, cells), strict=True)), moment)


def _parts(source: Source) -> dict[str, Reading]:
    """Named by position: a column may be called anything, also as one of ours."""
    return {f"__part_{i}": Reading(column) for i, column in enumerate(source.columns)}


def plain(value: Any) -> Cell:
    """A cell as JSON and every database can keep it."""
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd")
    if isinstance(value, bool | int) or value is None:
        return value
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    return str(value)


def text_of(value: Cell) -> str:
    """A cell as trimmed text; 17.0 from a spreadsheet is 17."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()
