"""Somebody's name in a file of the lake, replaced by another: in every row, and whole or not at all."""

# ruff: noqa: S608  every name in SQL is quoted and every value escaped by `quoted` and `literal`

import os
from collections.abc import Collection
from pathlib import Path

import duckdb

from andon.lake.tables import described, literal, quoted


def rename(path: Path, column: str, written: Collection[str], name: str) -> int:
    """Replaces `written`, the ways in which one value of `column` is written, by `name`; how many rows held it.

    The file is written anew beside itself and put in its place in one step: who reads meanwhile reads the one or the
    other. Nothing is written where no row holds it.
    """
    rows = f"read_parquet({literal(str(path))})"
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        if column not in described(con, rows) or not written:
            return 0
        values = ", ".join(literal(one) for one in written)
        held = f"CAST({quoted(column)} AS VARCHAR) IN ({values})"
        found = int(con.execute(f"SELECT count(*) FROM {rows} WHERE {held}").fetchall()[0][0])
        if found:
            changed = f"CASE WHEN {held} THEN {literal(name)} ELSE CAST({quoted(column)} AS VARCHAR) END"
            _write(con, f"SELECT * REPLACE ({changed} AS {quoted(column)}) FROM {rows}", path)
    return found


def values(path: Path, column: str) -> list[str]:
    """Every value of a column, once."""
    rows = f"read_parquet({literal(str(path))})"
    with duckdb.connect() as con:
        if column not in described(con, rows):
            return []
        sql = f"SELECT DISTINCT CAST({quoted(column)} AS VARCHAR) FROM {rows} WHERE {quoted(column)} IS NOT NULL"
        return [one for (one,) in con.execute(sql).fetchall()]


def _write(con: duckdb.DuckDBPyConnection, sql: str, path: Path) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        con.execute(f"COPY ({sql}) TO {literal(str(beside))} (FORMAT parquet, COMPRESSION zstd)")
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
