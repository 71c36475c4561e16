"""The same cells from Spark as from DuckDB: expressions are written once."""

import datetime as dt

import numpy as np
import pytest

from andon import lake
from andon.lake import CellSpec

pytestmark = pytest.mark.spark


@pytest.fixture(scope="module")
def spark():
    from pyspark import sql  # asked for by the marker alone, so it must be here

    session = (
        sql.SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Two years of cases with gaps, missing outcomes, an infinity and texts of every kind."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.default_rng(5)
    n = 4000
    at = np.datetime64("2022-11-01", "s") + rng.integers(0, 2 * 365 * 86400, n)
    moments = [
        None if i % 400 == 3 else moment for i, moment in enumerate(at.astype("datetime64[us]").tolist())
    ]
    seconds = rng.gamma(3, 60, n)
    seconds[::97], seconds[1] = np.nan, np.inf
    table = pa.table({
        "at": pa.array(moments, pa.timestamp("us")),
        "day": [None if m is None else f"{m.day}/{m.month}/{m.year} {m.hour:02}:{m.minute:02}" for m in moments],
        "quarter": [None if m is None else f"{m.year}Q{(m.month - 1) // 3 + 1}" for m in moments],
        "epoch": pa.array([None if m is None else int(m.replace(tzinfo=dt.UTC).timestamp() * 1000) for m in moments]),
        "mechanism": rng.choice(["Refunds", " Labels", "?", "Sign-in"], n),
        "late": rng.choice(["Yes", "no", "?", "perhaps"], n, p=[0.1, 0.8, 0.05, 0.05]),
        "seconds": pa.array(seconds, from_pandas=False),
        "price": [f"{x:.2f}".replace(".", ",") for x in seconds.clip(0, 1e6)],
        "cases": pa.array(rng.integers(0, 30, n), pa.int64()),
        "customer": pa.array([f"c{x}" for x in rng.integers(0, 500, n)]),
    })  # fmt: skip
    path = tmp_path_factory.mktemp("made") / "made.parquet"
    pq.write_table(table, path)
    return path


def same(one: lake.Cells, other: lake.Cells) -> None:
    assert one.by["mechanism"].levels == other.by["mechanism"].levels
    np.testing.assert_array_equal(one.by["mechanism"].codes, other.by["mechanism"].codes)
    np.testing.assert_array_equal(one.at, other.at)
    for name in ("n", "total", "squares", "customers", "lows", "highs", "rows"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-12, err_msg=name)
    assert one.tally == other.tally
    assert (one.since, one.until, one.unfinished) == (other.since, other.until, other.unfinished)


SPECS = {
    "values by week": CellSpec("at", "week", outcome="seconds", customer="customer"),
    "values by hour": CellSpec("at", "hour", outcome="seconds"),
    "values by second": CellSpec("at", "second", outcome="seconds"),
    "counts by month": CellSpec("at", "month"),
    "counts by quarter written": CellSpec("quarter", "quarter"),
    "texts of yes and no by day": CellSpec("day", "day", outcome="late"),
    "texts with a decimal comma": CellSpec("day", "week", outcome="price"),
    "milliseconds": CellSpec("epoch", "day", outcome="seconds"),
    "a denominator": CellSpec("at", "month", outcome="seconds", of="cases"),
    "some rows": CellSpec("at", "year", outcome="seconds", where=(("mechanism", "Refunds"), ("late", "no"))),
}


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS.keys())
def test_spark_and_duckdb_count_the_same_cells(spark, made, spec):
    from andon.lake.spark import SparkSource

    same(
        lake.reduce(SparkSource(spark.read.parquet(str(made))), spec),
        lake.reduce(lake.open_source(made), spec),
    )
