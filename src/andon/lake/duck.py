"""The embedded engine: files read by DuckDB."""

# ruff: noqa: S608  every name in SQL is quoted and every value escaped by `quoted` and `literal`

import atexit
import shutil
import tempfile
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw
import pyarrow as pa

from andon.lake import duck_sql as sql
from andon.lake.errors import BadInput, listing
from andon.lake.files import File
from andon.lake.source import ColumnKind, Reading, Refused, Source
from andon.lake.tables import TEXT, Table, literal, quoted, tables
from andon.lake.times import TimeReading

MEMORY = "1GB"  # beyond it DuckDB works on disk; the whole of a review stays under 2 GB
_KEPT = "kept"


def kind_of(duck_type: str) -> ColumnKind:
    """What a DuckDB type is for us."""
    head = duck_type.upper().split("(")[0]
    if "[" in duck_type or head.startswith(("STRUCT", "MAP", "BLOB", "UNION")):
        return "other"
    if head.startswith(("TIMESTAMP", "DATE")):
        return "time"
    if head in ("INTERVAL", "TIME", "TIME WITH TIME ZONE"):
        return "duration"
    if head == "BOOLEAN":
        return "truth"
    numeric = head.endswith("INT") or head in (
        "INTEGER",
        "UINTEGER",
        "DOUBLE",
        "FLOAT",
        "DECIMAL",
        "REAL",
        "BIGNUM",
    )
    return "number" if numeric else "text"


def _common(types: set[str]) -> str:
    """The type of a column that several tables have: theirs if it is one, the wider number or time, or
    text.
    """
    if len(types) == 1:
        return next(iter(types))
    kinds = {kind_of(one) for one in types}
    if kinds == {"number"}:
        return "DOUBLE"
    return "TIMESTAMP" if kinds == {"time"} else TEXT


def _connect(folder: Path) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    con.execute(f"SET memory_limit = '{MEMORY}'")
    con.execute(f"SET temp_directory = {literal(str(folder))}")
    return con


_OURS = (duckdb.BinderException, duckdb.ParserException, duckdb.CatalogException, duckdb.InternalException)


@contextmanager
def _readable(names: str) -> Iterator[None]:
    """A file that breaks off while it is read is bad input; a query that cannot be is our mistake."""
    try:
        yield
    except _OURS:
        raise
    except duckdb.OutOfMemoryException:
        raise BadInput(
            "There is not enough memory or disk space for so many groups.", "Name fewer --mechanism columns."
        ) from None
    except duckdb.Error as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise BadInput(
            f"{names} cannot be read to the end: {reason}.", "Copy or export the file again."
        ) from None


class DuckSource:
    """Files as one table, united by column name."""

    def __init__(self, files: Sequence[File]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="andon-"))
        atexit.register(shutil.rmtree, self.folder, ignore_errors=True)
        self.con = _connect(self.folder)
        self.tables = tables(self.con, list(files), self.folder)
        self.types = self._types()
        self._kept: tuple[str, ...] = ()
        self._settled: dict[Reading, str] = {}
        self._broken: list[Refused] = []
        self._gaps: dict[str, list[int]] = {}
        if not self.types:
            raise BadInput("The files have no columns.")

    def _types(self) -> dict[str, str]:
        found: dict[str, set[str]] = {}
        spelled: dict[str, str] = {}
        for table in self.tables:
            for name, type_ in table.columns.items():
                found.setdefault(spelled.setdefault(name.casefold(), name), set()).add(type_)
        return {name: _common(types) for name, types in found.items()}

    @property
    def columns(self) -> Mapping[str, ColumnKind]:
        return {name: kind_of(type_) for name, type_ in self.types.items()}

    @property
    def notes(self) -> Sequence[str]:
        return [note for table in self.tables for note in table.notes]

    @property
    def _names(self) -> str:
        return listing((table.name for table in self.tables), 3)

    # Rows

    def _select(self, table: Table, columns: Sequence[str], place: bool) -> str:
        has = {name.casefold() for name in table.columns}
        parts = [f"{self._cast(c) if c.casefold() in has else 'NULL'} AS {quoted(c)}" for c in columns]
        if place:
            parts += [f"{self.tables.index(table)} AS __table", "row_number() OVER () AS __row"]
        return f"SELECT {', '.join(parts) or '1 AS __one'} FROM {table.sql}"

    def _cast(self, column: str) -> str:
        return f"CAST({quoted(column)} AS {self.types[column]})"

    def _all(self, columns: Sequence[str], place: bool = False) -> str:
        if self._kept and set(columns) <= set(self._kept):
            names = (
                [quoted(c) for c in columns]
                + list(self._settled.values())
                + (["__table", "__row"] if place else [])
            )
            return f"SELECT {', '.join(names) or '1 AS __one'} FROM {_KEPT}"
        return " UNION ALL ".join(self._select(table, columns, place) for table in self.tables)

    def run(self, query: str) -> duckdb.DuckDBPyConnection:
        """Runs SQL; a file that breaks off while it is read is bad input, not a traceback."""
        with _readable(self._names):
            return self.con.execute(query)

    def keep(self, columns: Sequence[str]) -> None:
        """Holds on to these columns if any file is written as text (typed files are cheap to read again)."""
        if not any(table.text for table in self.tables) or set(columns) <= set(self._kept):
            return
        self._kept, self._settled = (), {}
        self.run(f"CREATE OR REPLACE TEMP TABLE {_KEPT} AS {self._all(columns, place=True)}")
        self._kept = tuple(columns)
        self._broken, self._gaps = self._read_broken(), {}

    def settle(self, readings: Sequence[Reading]) -> None:
        """Reads the texts of held columns once, beside them."""
        texts = [r for r in readings if r.column in self._kept and self.columns[r.column] == "text"]
        new = {
            r: f"__read_{len(self._settled) + i}"
            for i, r in enumerate(dict.fromkeys(texts))
            if r not in self._settled
        }
        if not new:
            return
        parts = ", ".join(f"{self._written(reading)} AS {name}" for reading, name in new.items())
        self.run(f"CREATE OR REPLACE TEMP TABLE {_KEPT} AS SELECT *, {parts} FROM {_KEPT}")
        self._settled |= new

    def _read_broken(self) -> list[Refused]:
        rows = self.run(
            "SELECT DISTINCT ON (s.file_path, e.line) "
            "s.file_path, e.line, coalesce(e.csv_line, ''), e.error_type::VARCHAR "
            "FROM reject_errors e JOIN reject_scans s USING (scan_id, file_id) ORDER BY ALL"
        ).fetchall()
        return [
            Refused(Path(f).name, line, "", text.strip()[:200], sql.BROKEN[why])
            for f, line, text, why in rows
        ]

    def broken(self) -> Sequence[Refused]:
        return self._broken

    def rows(self) -> int:
        return int(self.run(f"SELECT count(*) FROM ({self._all([])})").fetchall()[0][0])

    def duplicates(self, most: int = 2_000_000) -> int:
        if self.rows() > most:
            return 0
        columns = [c for c, kind in self.columns.items() if kind != "other"]
        rows = " UNION ALL ".join(self._select(table, columns, place=False) for table in self.tables)
        return int(
            self.run(
                "SELECT coalesce(sum(n - 1), 0) FROM "
                f"(SELECT count(*) AS n FROM ({rows}) AS r GROUP BY hash(r))"
            ).fetchall()[0][0]
        )

    def sample(self, column: str, most: int) -> list[Any]:
        name = quoted(column)
        inner = f"SELECT {name} AS v FROM ({self._all([column])}) WHERE {name} IS NOT NULL"
        if self.columns[column] == "text":
            inner = f"SELECT v FROM ({inner}) USING SAMPLE reservoir({most} ROWS) REPEATABLE (1)"
        # Through Arrow: fetching moments with a zone as rows would need pytz.
        return list(self.collect(nw.from_native(self.con.sql(f"{inner} LIMIT {most}")))["v"].to_pylist())

    def fitting(self, column: str, readings: Sequence[TimeReading]) -> list[int]:
        text = self.columns[column] == "text"
        counts = [f"count({sql.moment(quoted(column), text, reading)})" for reading in readings]
        given = f"count(*) FILTER (NOT {sql.nothing(quoted(column))})" if text else f"count({quoted(column)})"
        return list(
            self.run(f"SELECT {', '.join([*counts, given])} FROM ({self._all([column])})").fetchall()[0]
        )

    # Typed parts

    def _expression(self, reading: Reading) -> str:
        return self._settled.get(reading) or self._written(reading)

    def _written(self, reading: Reading) -> str:
        return sql.part(quoted(reading.column), self.columns[reading.column], reading.how)

    def query(self, parts: Mapping[str, Reading], place: bool = False) -> str:
        """SQL of the parts, and of the `__table` and `__row` that `place` takes if asked for."""
        columns = list(dict.fromkeys(reading.column for reading in parts.values()))
        chosen = [f"{self._expression(reading)} AS {quoted(name)}" for name, reading in parts.items()]
        chosen += ["__table", "__row"] if place else []
        return f"SELECT {', '.join(chosen) or '1 AS __one'} FROM ({self._all(columns, place)})"

    def frame(self, parts: Mapping[str, Reading]) -> nw.LazyFrame[Any]:
        return self._lazy(self.query(parts))

    def placed(self, parts: Mapping[str, Reading]) -> nw.LazyFrame[Any]:
        """The parts, and last `__table` and `__row`."""
        return self._lazy(self.query(parts, place=True))

    def _lazy(self, query: str) -> nw.LazyFrame[Any]:
        rows: nw.LazyFrame[Any] = nw.from_native(self.con.sql(query))
        return rows

    def hold(self, frame: nw.LazyFrame[Any], name: str) -> nw.LazyFrame[Any]:
        """The rows of a frame computed once and kept under a name, for whoever asks them many times."""
        frame.to_native().create_view("__asked", replace=True)
        self.run(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM __asked")
        return self._lazy(f"SELECT * FROM {name}")

    def collect(self, frame: nw.LazyFrame[Any]) -> pa.Table:
        with _readable(self._names):
            return frame.to_native().to_arrow_table()

    def unreadable(self, parts: Mapping[str, Reading], most: int) -> Sequence[Refused]:
        found: list[Refused] = []
        for name, reading in parts.items():
            column = quoted(reading.column)
            case = sql.reason(
                column, self.columns[reading.column], reading.how, least=0.0 if name == "d" else None
            )
            rows = self.run(
                f"SELECT __table, __row, left(CAST({column} AS VARCHAR), 200), {case} AS why "
                f"FROM ({self._all([reading.column], place=True)}) "
                f"WHERE why IS NOT NULL ORDER BY 1, 2 LIMIT {most}"
            ).fetchall()
            found += [self._refused(reading.column, *row) for row in rows]
        return found

    def _refused(self, column: str, table: int, row: int, value: str | None, why: str) -> Refused:
        return Refused(*self.place(table, row), column, value or "", why)

    def place(self, table: int, row: int) -> tuple[str, int]:
        """The file and where in it a row stands: broken lines before it were not counted."""
        here = self.tables[table]
        return here.name, row + bisect_right(self._gaps_of(here), row) + here.first - 1

    def _gaps_of(self, table: Table) -> list[int]:
        """For each broken line, the row that would have its place: one look for each row must be quick."""
        if table.name not in self._gaps:
            broken = sorted(r.row - table.first + 1 for r in self._broken if r.file == table.name)
            self._gaps[table.name] = [record - earlier for earlier, record in enumerate(broken)]
        return self._gaps[table.name]


def embedded(source: Source) -> DuckSource:
    """A source whose rows are files: of a table elsewhere none can be looked up. Raises TypeError."""
    if not isinstance(source, DuckSource):
        raise TypeError(f"{type(source).__name__} has no rows in files.")
    return source
