"""From a file of what happened to customers to the lake: typed, without names, mechanisms by short name."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from andon.lake import BadInput, Reading, Refused, Source
from andon.lake.missing import NO_NAME
from andon.lake.readings import read_number, read_time

OURS = ("at", "mechanism", "customer", "worker", "team")
MOST_MECHANISMS = 2_000


@dataclass(slots=True)
class Happened:
    """What a file holds. `names` are mechanisms as it writes them, with their number of rows."""

    source: Source
    mapping: Mapping[str, str]
    now: datetime
    parts: dict[str, Reading] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)

    @classmethod
    def open(cls, source: Source, mapping: Mapping[str, str], now: datetime) -> "Happened":
        """Decides how every column is read. Raises BadInput."""
        found = cls(source, mapping, now)
        source.keep(list(source.columns))
        time = read_time(source, mapping["at"])
        found.notes += [*source.notes, *time.notes]
        found.parts = {"at": time.reading} | {w: Reading(c) for w, c in mapping.items() if w != "at"}
        found.parts |= dict(found._others())
        found.names = found._count_names()
        return found

    @property
    def grain(self) -> str:
        return getattr(self.parts["at"].how, "grain", "second")

    def _others(self) -> Iterator[tuple[str, Reading]]:
        """Every other column under its own name; one that is called like ours gets a number."""
        taken = {name.casefold() for name in OURS}
        for column, kind in self.source.columns.items():
            if column not in self.mapping.values():
                name = f"{column} (2)" if column.casefold() in taken else column
                yield name, self._as_outcome(column, kind)

    def _as_outcome(self, column: str, kind: str) -> Reading:
        """As numbers or yes and no where that is what it holds, and else as it is."""
        if kind not in ("text", "duration", "truth"):
            return Reading(column)
        try:
            return read_number(self.source, column)
        except BadInput:
            return Reading(column)

    def _relation(self, names: tuple[str, ...]) -> duckdb.DuckDBPyRelation:
        return self.source.frame({name: self.parts[name] for name in names}).to_native()

    def _count_names(self) -> dict[str, int]:
        rows = self._relation(("at", "mechanism")).query(
            "r", 'SELECT trim(mechanism::VARCHAR) AS name, count(*) FROM r WHERE "at" IS NOT NULL GROUP BY 1'
        )
        found = {name: n for name, n in rows.fetchall() if name is not None and name not in NO_NAME}
        if len(found) > MOST_MECHANISMS:
            raise BadInput(
                f"“{self.mapping['mechanism']}” holds {len(found):,} different names; a register has at most "
                f"{MOST_MECHANISMS:,}.",
                "Choose the column of the process, not that of a case, a customer or a free text.",
            )
        return found

    def write(self, to: Path, slugs: Mapping[str, str], secret: str) -> "Written":
        """Writes the rows that can be used to a Parquet file, whole or not at all. `slugs` by name as
        written.
        """
        to.parent.mkdir(parents=True, exist_ok=True)
        part = to.with_name(to.name + ".part")
        try:
            self._usable(slugs, secret).write_parquet(str(part), compression="zstd")
            written = _measure(part)
            os.replace(part, to)
        finally:
            part.unlink(missing_ok=True)
        return written

    def _usable(self, slugs: Mapping[str, str], secret: str) -> duckdb.DuckDBPyRelation:
        known = pa.table({"written": list(slugs), "slug": list(slugs.values())}, _TEXTS)
        rest = "".join(
            f', r."{_quoted(name)}"' for name in self.parts if name not in ("at", "mechanism", "customer")
        )
        who = f", {_pseudonym('r.customer', secret)} AS customer" if "customer" in self.parts else ""
        self.source.con.register("known", known)
        return self._relation(tuple(self.parts)).query(
            "r",
            f'SELECT r."at", known.slug AS mechanism{who}{rest} FROM r '  # noqa: S608
            "JOIN known ON trim(r.mechanism::VARCHAR) = known.written "
            f"""WHERE r."at" <= TIMESTAMP '{self._latest()}' AND year(r."at") >= 1901 """,
        )

    def _latest(self) -> str:
        return f"{(self.now + timedelta(days=1)).astimezone(UTC):%Y-%m-%d %H:%M:%S}"

    def refused(self, most: int = 1_000_000) -> list[Refused]:
        """Rows that were not taken, by row. Raises nothing: what is unreadable is what is asked for."""
        found = [*self.source.broken(), *self.source.unreadable({"at": self.parts["at"]}, most)]
        return sorted([*found, *self._future(), *self._nameless()], key=lambda row: row.row)

    def _future(self) -> Iterator[Refused]:
        reading = self.parts["at"]
        test = f"m > TIMESTAMP '{self._latest()}' AND year(m) < 2100"
        yield from self._where("at", reading.column, test, "the time lies in the future")

    def _nameless(self) -> Iterator[Refused]:
        column = self.parts["mechanism"].column
        test = "m IS NOT NULL AND (mechanism IS NULL OR trim(mechanism::VARCHAR) IN ('', '?'))"
        yield from self._where("mechanism", column, test, "no mechanism given")

    def _where(self, part: str, column: str, test: str, reason: str) -> Iterator[Refused]:
        numbered = self._relation(("at", "mechanism")).query(
            "r",
            f"SELECT place, value FROM (SELECT row_number() OVER () + 1 AS place, "  # noqa: S608
            f'"{part}"::VARCHAR AS value, '
            f'"at" AS m, mechanism FROM r) WHERE {test}',
        )
        for place, value in numbered.fetchall():
            yield Refused("", place, column, value or "", reason)


@dataclass(frozen=True, slots=True)
class Written:
    """What reached the lake. `outcomes` are the columns that can be measured, by mechanism: (name, "truth" or
    "number")."""

    rows: int
    starts: datetime | None
    ends: datetime | None
    columns: list[str]
    outcomes: dict[str, list[tuple[str, str]]]


_TEXTS = pa.schema([("written", pa.string()), ("slug", pa.string())])


def _quoted(name: str) -> str:
    return name.replace('"', '""')


def _pseudonym(column: str, secret: str) -> str:
    """The same as `rules.pseudonym`, so that what a customer said meets what happened to them."""
    same = rf"lower(trim(regexp_replace({column}::VARCHAR, '\s+', ' ', 'g')))"
    key = secret.replace("'", "''")
    return f"CASE WHEN {same} <> '' THEN left(sha256('{key}:customer:' || {same}), 24) END"


ENOUGH = 30  # values of a column, below which it is not worth a chart of a mechanism


def _measure(path: Path) -> Written:
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        table = f"read_parquet('{str(path).replace(chr(39), chr(39) * 2)}')"
        described = con.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()  # noqa: S608
        query = f'SELECT count(*), min("at")::TIMESTAMP, max("at")::TIMESTAMP FROM {table}'  # noqa: S608
        rows, first, last = con.execute(query).fetchall()[0]
        columns = [name for name, kind, *_ in described if name not in OURS and _is_number(kind)]
        outcomes = _outcomes(con, table, columns) if columns and rows else {}
    return Written(rows, _utc(first), _utc(last), [name for name, *_ in described], outcomes)


def _is_number(kind: str) -> bool:
    return (
        kind in ("BOOLEAN", "DOUBLE", "FLOAT", "INTEGER")
        or kind.endswith("INT")
        or kind.startswith("DECIMAL")
    )


def _outcomes(
    con: duckdb.DuckDBPyConnection, table: str, columns: list[str]
) -> dict[str, list[tuple[str, str]]]:
    """In one pass: how many values of each column a mechanism has, whether they differ, and whether all are
    0 or 1.
    """
    asked = ", ".join(
        f"count({c}), min({c}::DOUBLE) < max({c}::DOUBLE), bool_and({c}::DOUBLE IN (0, 1))"
        for c in (f'"{_quoted(name)}"' for name in columns)
    )
    found = {}
    for slug, *answers in con.execute(f"SELECT mechanism, {asked} FROM {table} GROUP BY 1").fetchall():  # noqa: S608
        triples = zip(columns, answers[::3], answers[1::3], answers[2::3], strict=True)
        found[slug] = [
            (c, "truth" if truth else "number") for c, n, differ, truth in triples if n >= ENOUGH and differ
        ]
    return found


def _utc(at: Any) -> datetime | None:
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at
