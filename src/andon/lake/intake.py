"""What becomes of each row of a file that is taken in: one sentence of SQL says why it is refused, so that every row
is either written or named.
"""

# ruff: noqa: S608  every name in SQL is quoted and every value escaped by `quoted` and `literal`

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from andon.lake import duck_sql as sql
from andon.lake.customers import pseudonym_sql
from andon.lake.dialect import told_apart
from andon.lake.duck import DuckSource
from andon.lake.errors import BadInput
from andon.lake.missing import NOT_GIVEN, name_of
from andon.lake.readings import TimeColumn, read_number, read_time
from andon.lake.remarks import notes_of_numbers
from andon.lake.source import Reading, Refused, Source, column_of
from andon.lake.tables import literal, quoted

OURS = ("at", "mechanism", "customer", "worker", "team")
NEEDED = ("at", "mechanism")
MOST_MECHANISMS = 2_000
MOST_REFUSED = 1_000_000
_TEXTS = pa.schema([("written", pa.string()), ("slug", pa.string())])


@dataclass(frozen=True, slots=True)
class Terms:
    """What the house says to a file: the time it is, the key of pseudonyms, and the short name of a mechanism."""

    now: dt.datetime
    secret: str
    slug_of: Callable[[str], str] = name_of


@dataclass(frozen=True, slots=True)
class Intake:
    """A source with its columns found and their reading decided. `parts` by the name they get in the lake."""

    source: DuckSource
    time: TimeColumn
    parts: dict[str, Reading]
    terms: Terms

    @classmethod
    def of(cls, source: DuckSource, mapping: Mapping[str, str], terms: Terms) -> "Intake":
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
        return [*self.source.notes, *self.time.notes, *notes_of_numbers(self.source, self.parts.values())]


def _others(source: Source, taken: Iterable[str]) -> Iterator[tuple[str, Reading]]:
    """Every other column under its own name; one that is called like ours gets a number."""
    used = {name.casefold() for name in OURS}
    for column in source.columns:
        if column not in taken:
            yield told_apart(column, used), _as_outcome(source, column)


def _as_outcome(source: Source, column: str) -> Reading:
    """As numbers or yes and no where that is what it holds, and else as it is."""
    if source.columns[column] not in ("text", "duration", "truth"):
        return Reading(column)
    try:
        return read_number(source, column)
    except BadInput:
        return Reading(column)
