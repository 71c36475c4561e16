"""Files to tables that DuckDB can read, each with its columns and the place of its rows for people to look
up.
"""

from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from andon.lake.dialect import Dialect, as_utf8, dialect_of
from andon.lake.errors import BadInput
from andon.lake.files import File
from andon.lake.sheets import read_sheet

TEXT = "VARCHAR"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one file. `sql` selects them; `first` is the number of the first row as a spreadsheet shows
    it.
    """

    name: str
    sql: str
    columns: dict[str, str]
    first: int
    text: bool = False  # written as text: worth keeping in typed form when it is read more than once
    notes: tuple[str, ...] = field(default=())
    path: str = ""  # what is read: the file itself or its copy in UTF-8


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _csv_sql(path: Path, dialect: Dialect, gzipped: bool) -> str:
    options = {
        "header": "true",
        "auto_detect": "false",
        "all_varchar": "true",
        "delim": literal(dialect.separator),
        "quote": literal('"'),
        "escape": literal('"'),
        "skip": str(dialect.skipped),
        "columns": "{" + ", ".join(f"{literal(name)}: '{TEXT}'" for name in dialect.names) + "}",
        "ignore_errors": "true",
        "store_rejects": "true",
        "rejects_limit": "0",
        "max_line_size": "16777216",
        "compression": literal("gzip" if gzipped else "none"),
    }
    return f"read_csv({literal(str(path))}, {', '.join(f'{k}={v}' for k, v in options.items())})"


def _csv(file: File, folder: Path) -> Table:
    dialect = dialect_of(file)
    path, gzipped = file.path, file.kind == "gzip"
    notes: tuple[str, ...] = ()
    if dialect.encoding not in ("utf-8", "utf-8-sig"):
        copy = folder / f"{sum(1 for _ in folder.iterdir())}.csv"
        path, gzipped = as_utf8(file, dialect.encoding, copy), False
    if dialect.encoding == "cp1252":
        notes = (f"{file.path.name} is not UTF-8; it was read as Windows-1252 (Western European).",)
    columns = dict.fromkeys(dialect.names, TEXT)
    return Table(
        file.path.name, _csv_sql(path, dialect, gzipped), columns, 2 + dialect.skipped, True, notes, str(path)
    )


def described(con: duckdb.DuckDBPyConnection, sql: str) -> dict[str, str]:
    rows = con.execute(f"DESCRIBE SELECT * FROM {sql}").fetchall()  # noqa: S608
    return {row[0]: row[1] for row in rows}


def _parquet(con: duckdb.DuckDBPyConnection, files: list[File]) -> Table:
    names = ", ".join(literal(str(file.path)) for file in files)
    sql = f"read_parquet([{names}], union_by_name=true)"
    try:
        columns = described(con, sql)
    except duckdb.Error as error:
        return _parquet_one_by_one(con, files, error)
    name = files[0].path.name if len(files) == 1 else f"{len(files)} Parquet files"
    return Table(name, sql, columns, 1)


def _parquet_one_by_one(con: duckdb.DuckDBPyConnection, files: list[File], error: duckdb.Error) -> Table:
    """Names the file that cannot be read."""
    for file in files:
        try:
            described(con, f"read_parquet({literal(str(file.path))})")
        except duckdb.Error:
            raise BadInput(
                f"{file.path} is a Parquet file that is damaged.", "Copy or export it again."
            ) from None
    raise BadInput(f"The Parquet files do not fit together: {str(error).splitlines()[0]}.")


def _excel(con: duckdb.DuckDBPyConnection, file: File, number: int) -> Table:
    arrow, top, note = read_sheet(file.path)
    name = f"sheet_{number}"
    con.register(name, arrow)
    return Table(file.path.name, name, described(con, name), top + 1, False, (note,) if note else ())


def tables(con: duckdb.DuckDBPyConnection, files: list[File], folder: Path) -> list[Table]:
    """One table a text file or workbook, one for all Parquet files together."""
    found = [_csv(file, folder) for file in files if file.kind in ("text", "gzip")]
    parquet = [file for file in files if file.kind == "parquet"]
    found += [_parquet(con, parquet)] if parquet else []
    workbooks = [file for file in files if file.kind == "excel"]
    return found + [_excel(con, file, number) for number, file in enumerate(workbooks)]
