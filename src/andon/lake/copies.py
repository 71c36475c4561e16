"""Rows that two files of the lake have in common: exports that overlap would count twice."""

# ruff: noqa: S608  every name in SQL is quoted and every value escaped by `quoted` and `literal`

from pathlib import Path

import duckdb

from andon.lake.tables import described, literal, quoted


def copies(path: Path, earlier: Path) -> int:
    """How many rows of one lake file are in another too, alike in every column that both have."""
    here, there = (f"read_parquet({literal(str(file))})" for file in (path, earlier))
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        ours, theirs = described(con, here), described(con, there)
        shared = ", ".join(quoted(name) for name in ours if name in theirs)
        sql = (
            f"SELECT count(*) FROM {here} WHERE hash(row({shared})) IN "
            f'(SELECT hash(row({shared})) FROM {there} WHERE "at" BETWEEN '
            f'(SELECT min("at") FROM {here}) AND (SELECT max("at") FROM {here}))'
        )
        return int(con.execute(sql).fetchall()[0][0])
