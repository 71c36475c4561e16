"""From a file of what happened to customers to the lake: typed, without names of customers, mechanisms by short
name.
"""

# ruff: noqa: S608  every name in SQL is quoted and every value escaped by `quoted` and `literal`

import csv
import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from andon.lake import duck_sql as sql
from andon.lake.customers import pseudonym_sql
from andon.lake.duck import DuckSource, embedded
from andon.lake.errors import BadInput
from andon.lake.ingested import Ingested, look_at
from andon.lake.missing import NOT_GIVEN, name_of
from andon.lake.numbers import NumberReading
from andon.lake.readings import TimeColumn, read_number, read_time
from andon.lake.source import Reading, Refused, Source, column_of
from andon.lake.tables import literal, quoted

OURS = ("at", "mechanism", "customer", "worker", "team")
NEEDED = ("at", "mechanism")
MOST_MECHANISMS = 2_000
MOST_REFUSED = 1_000_000
EXPECTED = ("", "empty", "numbers", "yes or no")  # readings that nobody needs to be told of
_TEXTS = pa.schema([("written", pa.string()), ("slug", pa.string())])


@dataclass(frozen=True, slots=True)
class Terms:
    """What the house says to a file: the time it is, the key of pseudonyms, and the short name of a mechanism."""

    now: dt.datetime
    secret: str
    slug_of: Callable[[str], str] = name_of


def ingest(
    source: Source,
    mapping: Mapping[str, str],
    out: Path,
    refused: Path,
    progress: Callable[[float], None] = lambda done: None,
    *,
    terms: Terms,
) -> Ingested:
    """Writes the rows that can be used to `out` (Parquet), whole or not at all, and all others with the reason to
    `refused` (CSV), if there are any. `mapping` is {one of OURS: column}; other columns keep their names, as
    numbers where that is what they hold. `progress` is told what share of the work is done.

    Raises BadInput when a column does not hold what it should, or no row can be used.
    """
    todo = _Todo.of(embedded(source), mapping, terms)
    progress(0.2)
    todo.name_mechanisms()
    rows = todo.write(out)
    progress(0.7)
    found = todo.refused()
    write_refused(refused, found)
    progress(0.9)
    if not rows:
        out.unlink()
        why = f"The first is refused because {found[0].reason}." if found else "It has no rows."
        raise BadInput("No row of this file can be used.", why)
    return look_at(out, todo.time.how.grain, todo.notes(), found, OURS)


@dataclass(frozen=True, slots=True)
class _Todo:
    """A source with its columns found and their reading decided. `parts` by the name they get in the lake."""

    source: DuckSource
    time: TimeColumn
    parts: dict[str, Reading]
    terms: Terms

    @classmethod
    def of(cls, source: DuckSource, mapping: Mapping[str, str], terms: Terms) -> "_Todo":
        for word in NEEDED:
            if word not in mapping:
                raise BadInput(f"No column is named for “{word}”.", "Say which column holds it.")
        found = {word: column_of(source, column) for word, column in mapping.items() if column}
        source.keep(list(source.columns))
        time = read_time(source, found["at"])
        ours = {word: Reading(column) for word, column in found.items() if word != "at"}
        parts = {"at": time.reading} | ours | dict(_others(source, set(found.values())))
        source.settle([reading for reading in parts.values() if reading.how])
        return cls(source, time, parts, terms)

    def _rows(self) -> str:
        """SQL of every row with its parts by position (a file may call its columns anything), the mechanism's short
        name, and why it is refused."""
        parts = {f"__{i}": reading for i, reading in enumerate(self.parts.values())}
        raw = {"__time": Reading(self.time.reading.column), "__name": self.parts["mechanism"]}
        return (
            f"SELECT rows.*, known.slug AS __slug, {self._why()} AS __why "
            f"FROM ({self.source.query(parts | raw, place=True)}) AS rows "
            f"LEFT JOIN known ON {self._name('__name')} = known.written"
        )

    def _name(self, column: str) -> str:
        return f"trim({sql.written(column, self.source.columns[self.parts['mechanism'].column])})"

    def _why(self) -> str:
        kind = self.source.columns[self.time.reading.column]
        time = sql.time_reason("__time", kind, self.time.how, "__0")
        latest = (self.terms.now + dt.timedelta(days=1)).astimezone(dt.UTC)
        return (
            f"coalesce({time}, CASE WHEN __0 > TIMESTAMP '{latest:%Y-%m-%d %H:%M:%S}' "
            "THEN 'the time lies in the future' WHEN known.slug IS NULL THEN 'no mechanism given' END)"
        )

    def name_mechanisms(self) -> None:
        """Asks the house for the short name of every mechanism as the file writes it. Raises BadInput."""
        query = self.source.query({"__name": self.parts["mechanism"]})
        written = self.source.run(f"SELECT DISTINCT {self._name('__name')} AS n FROM ({query}) ORDER BY 1")
        names = [name for (name,) in written.fetchall() if name_of(name) != NOT_GIVEN]
        if len(names) > MOST_MECHANISMS:
            raise BadInput(
                f"“{self.parts['mechanism'].column}” holds {len(names):,} different names; a register has at most "
                f"{MOST_MECHANISMS:,}.",
                "Choose the column of the process, not that of a case, a customer or a free text.",
            )
        slugs = pa.table({"written": names, "slug": list(map(self.terms.slug_of, names))}, _TEXTS)
        self.source.con.register("known", slugs)

    def write(self, out: Path) -> int:
        """How many rows were written."""
        out.parent.mkdir(parents=True, exist_ok=True)
        part = out.with_name(out.name + ".part")
        chosen = ", ".join(f"{self._kept(i, name)} AS {quoted(name)}" for i, name in enumerate(self.parts))
        query = f"SELECT {chosen} FROM ({self._rows()}) WHERE __why IS NULL"
        try:
            copy = f"COPY ({query}) TO {literal(str(part))} (FORMAT parquet, COMPRESSION zstd)"
            rows = int(self.source.run(copy).fetchall()[0][0])
            os.replace(part, out)
        finally:
            part.unlink(missing_ok=True)
        return rows

    def _kept(self, position: int, name: str) -> str:
        if name == "mechanism":
            return "__slug"
        if name != "customer":
            return f"__{position}"
        kind = self.source.columns[self.parts[name].column]
        return pseudonym_sql(sql.written(f"__{position}", kind), self.terms.secret)

    def refused(self) -> list[Refused]:
        """Every row that was not taken, once, in the order of the files."""
        query = (
            "SELECT __table, __row, __why, left(CAST(__time AS VARCHAR), 200), "
            f"left(CAST(__name AS VARCHAR), 200) FROM ({self._rows()}) WHERE __why IS NOT NULL "
            f"ORDER BY 1, 2 LIMIT {MOST_REFUSED}"
        )
        found = [*self.source.broken(), *(self._refusal(*row) for row in self.source.run(query).fetchall())]
        order = {table.name: i for i, table in enumerate(self.source.tables)}
        return sorted(found, key=lambda row: (order[row.file], row.row))

    def _refusal(self, table: int, row: int, why: str, time: str | None, name: str | None) -> Refused:
        about, value = ("mechanism", name) if why == "no mechanism given" else ("at", time)
        return Refused(*self.source.place(table, row), self.parts[about].column, value or "", why)

    def notes(self) -> list[str]:
        """What a reader should know of how the file was read."""
        return [*self.source.notes, *self.time.notes, *self._notes_of_numbers()]

    def _notes_of_numbers(self) -> Iterator[str]:
        for reading in self._texts():
            if isinstance(reading.how, NumberReading) and reading.how.described not in EXPECTED:
                yield f"“{reading.column}” was read as {reading.how.described}."
        yield from self._blanks()

    def _texts(self) -> list[Reading]:
        """Texts that were read as numbers."""
        return [
            r
            for r in self.parts.values()
            if isinstance(r.how, NumberReading) and self.source.columns[r.column] == "text"
        ]

    def _blanks(self) -> Iterator[str]:
        texts = self._texts()
        if not texts:
            return
        parts = {f"__{i}": reading for i, reading in enumerate(texts)}
        parts |= {f"__{i}raw": Reading(reading.column) for i, reading in enumerate(texts)}
        counts = ", ".join(
            f"count(*) FILTER ({sql.unread(f'__{i}raw', f'__{i}')})" for i in range(len(texts))
        )
        counted = self.source.run(f"SELECT {counts} FROM ({self.source.query(parts)})").fetchall()[0]
        for reading, n in zip(texts, counted, strict=True):
            if n and isinstance(reading.how, NumberReading):
                what = "yes or no" if reading.how.how == "truth" else "a number"
                yield f"“{reading.column}” is not {what} in {n:,} row{'s' * (n > 1)}; there it was left blank."


def _others(source: Source, taken: Iterable[str]) -> Iterator[tuple[str, Reading]]:
    """Every other column under its own name; one that is called like ours gets a number."""
    used = {name.casefold() for name in OURS}
    for column in source.columns:
        if column not in taken:
            name = next(name for name in _numbered(column) if name.casefold() not in used)
            used.add(name.casefold())
            yield name, _as_outcome(source, column)


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name} ({i})" for i in range(2, 10_000))


def _as_outcome(source: Source, column: str) -> Reading:
    """As numbers or yes and no where that is what it holds, and else as it is."""
    if source.columns[column] not in ("text", "duration", "truth"):
        return Reading(column)
    try:
        return read_number(source, column)
    except BadInput:
        return Reading(column)


def write_refused(path: Path, rows: Iterable[Refused]) -> None:
    """All refused rows, for whoever mends the file; no file when there are none."""
    rows = list(rows)
    if not rows:
        path.unlink(missing_ok=True)
        return
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        out = csv.writer(file)
        out.writerow(("row", "column", "value", "reason"))
        out.writerows((r.row, r.column, r.value, r.reason) for r in rows)
