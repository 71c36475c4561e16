"""How long a review takes, beside the time DuckDB alone needs for the same grouping, in the same run.

10 million rows in 500 series from Parquet: cells, charts and exceptions at most 2 x DuckDB; the whole review with its
pictures under 10 s and 2 GB. 1 million rows of CSV under 20 s.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

MAKE = """
COPY (
    SELECT TIMESTAMP '2024-01-01' + to_seconds(CAST(random() * 86400 * 546 AS BIGINT)) AS at,
           'mechanism ' || lpad((hash(i * 7) % {series})::VARCHAR, 4, '0') AS mechanism,
           random() < CASE WHEN hash(i * 7) % {series} = 3 AND i % 3 = 0 THEN 0.12 ELSE 0.05 END AS late,
           60 + random() * 300 AS seconds
    FROM range({rows}) AS t(i)
) TO '{path}' ({format})
"""
GROUP = """
SELECT mechanism, date_trunc('week', "at") AS week, count(*) AS n,
       sum(late::INT) AS total, sum(late::INT * late::INT) AS squares
FROM '{path}' GROUP BY ALL
"""


def make(folder: Path, rows: int, series: int, kind: str) -> Path:
    path = folder / f"rows.{kind}"
    form = "FORMAT parquet" if kind == "parquet" else "FORMAT csv, HEADER"
    duckdb.connect().execute(MAKE.format(rows=rows, series=series, path=path, format=form))
    return path


def best(job: Callable[[], object], times: int) -> float:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        job()
        found.append(time.perf_counter() - start)
    return min(found)


def duck(path: Path) -> None:
    duckdb.connect().execute(GROUP.format(path=path)).fetchnumpy()


def ours(path: Path) -> int:
    from andon import analysis, lake

    cells = lake.reduce(lake.open_source(path), lake.CellSpec("at", "week", ("mechanism",), "late"))
    return analysis.review(cells, analysis.ReviewSpec(good="low")).exceptions


def whole(path: Path, out: Path) -> tuple[float, float]:
    """Seconds and gigabytes of `andon review` as a process of its own."""
    command = [sys.executable, "-m", "andon.cli", "review", path, "--at", "at", "--mechanism", "mechanism"]
    command += ["--outcome", "late", "--good", "low", "--out", out]
    start = time.perf_counter()
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6


def verdict(name: str, value: float, limit: float, unit: str) -> bool:
    print(f"{name:58s} {value:8.2f} {unit:3s} (aim {limit:g}) {'ok' if value <= limit else 'MISSED'}")
    return value <= limit


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--rows", type=int, default=10_000_000)
    ask.add_argument("--series", type=int, default=500)
    ask.add_argument("--csv-rows", type=int, default=1_000_000)
    ask.add_argument("--times", type=int, default=5, help="runs of which the best counts")
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="andon-bench-") as name:
        return 0 if run(Path(name), asked) else 1


def run(folder: Path, asked: argparse.Namespace) -> bool:
    path = make(folder, asked.rows, asked.series, "parquet")
    duck(path), ours(path)  # warm
    alone, mine = best(lambda: duck(path), asked.times), best(lambda: ours(path), asked.times)
    print(f"{asked.rows:,} rows, {asked.series:,} series, Parquet")
    print(f"{'DuckDB alone, the same grouping':58s} {alone:8.2f} s")
    print(
        f"{'cells, charts and exceptions':58s} {mine:8.2f} s   {asked.rows / mine / 1e6:.1f} million rows a second"
    )
    good = verdict("ratio", mine / alone, 2, "x")
    seconds, memory = whole(path, folder / "review")
    good &= verdict("the whole review with its pictures", seconds, 10, "s")
    good &= verdict("its peak memory", memory, 2, "GB")
    text = make(folder, asked.csv_rows, asked.series, "csv")
    seconds, memory = whole(text, folder / "review of text")
    good &= verdict(f"the whole review of {asked.csv_rows:,} rows of CSV", seconds, 20, "s")
    return good & verdict("peak memory of either", memory, 2, "GB")


if __name__ == "__main__":
    raise SystemExit(main())
