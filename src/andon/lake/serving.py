"""Which team served a customer last before they spoke up: looked up in the rows, for many at once."""

# ruff: noqa: S608  every name in SQL is quoted and every value escaped by `literal`

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from andon.lake.tables import described, literal

LATEST = timedelta(days=30)
"""Whoever served a customer longer ago is not taken for the one they speak of."""


def served_by(
    paths: Sequence[Path],
    customers: Sequence[str],
    mechanisms: Sequence[str],
    at: NDArray[np.datetime64],
    within: timedelta = LATEST,
) -> list[str]:
    """The team of the last interaction of each customer (N,) before `at` (N,), "" where none is known.

    `mechanisms` (N,) are short names; where one is given, only interactions through it count. Customers are
    pseudonyms, as the files of the lake hold them.
    """
    if not paths or not len(customers):
        return [""] * len(customers)
    names = ", ".join(literal(str(path)) for path in paths)
    rows = f"read_parquet([{names}], union_by_name=true)"
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        if not {"at", "customer", "mechanism", "team"} <= described(con, rows).keys():
            return [""] * len(customers)
        asked = pa.table(
            {"row": np.arange(len(customers)), "who": list(customers), "what": list(mechanisms),
             "heard": pa.array(at.astype("datetime64[us]"))}
        )  # fmt: skip
        con.register("asked", asked)
        found = con.execute(_sql(rows, within)).fetchall()
    teams = dict(found)
    return [teams.get(row) or "" for row in range(len(customers))]


def _sql(rows: str, within: timedelta) -> str:
    seconds = int(within.total_seconds())
    return (
        'SELECT a."row", arg_max(CAST(i.team AS VARCHAR), i."at") '
        f'FROM {rows} i JOIN asked a ON i.customer = a.who AND i."at" <= a.heard '
        f"AND i.\"at\" >= a.heard - INTERVAL '{seconds} seconds' "
        "AND (a.what = '' OR i.mechanism = a.what) "
        "WHERE i.team IS NOT NULL GROUP BY 1"
    )
