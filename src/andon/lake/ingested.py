"""What reached the lake: looked up in the file itself, once it is there."""

# ruff: noqa: S608  every name in SQL is quoted and every value escaped by `quoted` and `literal`

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb

from andon.lake.duck import kind_of
from andon.lake.source import Refused
from andon.lake.tables import described, literal, quoted
from andon.lake.times import Grain

ENOUGH = 30  # values of a column, below which it is not worth a chart of a mechanism
Measurable = Literal["truth", "number"]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What reached the lake. `outcomes` are the columns that can be measured, by mechanism; `grain` is how finely
    the file tells the time; `starts` and `ends` are its first and last moment, UTC.
    """

    rows: int
    starts: dt.datetime | None
    ends: dt.datetime | None
    columns: list[str]
    outcomes: dict[str, list[tuple[str, Measurable]]]
    grain: Grain
    notes: list[str]
    refused: list[Refused]


def look_at(
    path: Path, grain: Grain, notes: list[str], refused: list[Refused], ours: Sequence[str]
) -> Ingested:
    """What a file of the lake holds."""
    table = f"read_parquet({literal(str(path))})"
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        columns = described(con, table)
        rows, first, last = con.execute(f'SELECT count(*), min("at"), max("at") FROM {table}').fetchall()[0]
        measured = [name for name, type_ in columns.items() if name not in ours and _measurable(type_)]
        outcomes = _outcomes(con, table, measured) if measured else {}
    return Ingested(rows, _utc(first), _utc(last), list(columns), outcomes, grain, notes, refused)


def _measurable(type_: str) -> bool:
    return kind_of(type_) in ("number", "truth")


def _outcomes(
    con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]
) -> dict[str, list[tuple[str, Measurable]]]:
    """In one pass: how many values of each column a mechanism has, whether they differ, and whether all are 0 or
    1.
    """
    asked = ", ".join(
        f"count({c}), min({c}::DOUBLE) < max({c}::DOUBLE), bool_and({c}::DOUBLE IN (0, 1))"
        for c in map(quoted, columns)
    )
    found: dict[str, list[tuple[str, Measurable]]] = {}
    for slug, *answers in con.execute(f"SELECT mechanism, {asked} FROM {table} GROUP BY 1").fetchall():
        triples = zip(columns, answers[::3], answers[1::3], answers[2::3], strict=True)
        found[slug] = [
            (c, "truth" if truth else "number") for c, n, differ, truth in triples if n >= ENOUGH and differ
        ]
    return found


def _utc(at: dt.datetime | None) -> dt.datetime | None:
    return at.replace(tzinfo=dt.UTC) if at else None
