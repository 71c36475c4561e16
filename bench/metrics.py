"""The metric audit: how fast, beside the same regression done the usual way, and whether both say the same.

Rows are made on the fly: 2,000 workers, 40 mechanisms, 50 teams, a year, six metrics, an outcome of yes and no. The
peer is what an analyst would write with pandas: means of worker × mechanism and of mechanism × period taken off in turn
until nothing changes, then the slope of each metric. It makes no interval, shape, joint model, trends or cliffs.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

METRICS = ("handling_time", "talk_time", "wait_time", "transfers", "adherence", "first_contact")
MAKE = """
COPY (
    WITH who AS (SELECT i, hash(i) % 2000 AS w, hash(i * 31 + 7) % 20 AS turn FROM range({rows}) AS t(i)),
         what AS (SELECT i, w, hash(w * 101 + turn) % 40 AS m, random() AS a, random() AS b, random() AS c FROM who),
         metrics AS (SELECT *, exp(5.5 + .9 * (a + b + c - 1.5) + .2 * (m % 5)) AS handling,
                            least(-ln(random()) * 90, 900) AS wait FROM what)
    SELECT 'w' || lpad(w::VARCHAR, 4, '0') AS worker, 'm' || m AS mechanism, 't' || (w % 50) AS team,
           TIMESTAMP '2025-01-01' + to_seconds(CAST(i * 31536000.0 / {rows} AS BIGINT)) AS at,
           round(handling) AS handling_time, round(handling * (.6 + .3 * a)) AS talk_time, wait AS wait_time,
           CASE WHEN b < .2 THEN 1 WHEN b < .25 THEN 2 ELSE 0 END AS transfers, hash(i * 7) % 100 / 100.0 AS adherence,
           a < .7 AS first_contact,
           random() < .8 - .1 * (m % 3) - .15 * (wait > 200)::INT - .05 * (b < .2)::INT AS resolved
    FROM metrics
) TO '{path}' (FORMAT parquet)
"""
OURS = """
import sys
from andon.cli import main
main([*sys.argv[1:]], standalone_mode=False)
"""
PEER = """
import json, sys
import numpy as np, pandas as pd
path, every, *metrics = sys.argv[1:]
d = pd.read_parquet(path)
unit = {"week": "W", "month": "M", "quarter": "Q", "year": "Y"}[every]
group = d.groupby(["worker", "mechanism", "team"], sort=False).ngroup().to_numpy()
when = d["at"].dt.to_period(unit)
period = pd.DataFrame({"m": d["mechanism"], "p": when}).groupby(["m", "p"], sort=False).ngroup().to_numpy()
def within(x):
    x = x.astype(float).to_numpy()
    x = x - x.mean()
    for _ in range(100):
        before = x
        for code in (group, period):
            x = x - (np.bincount(code, x) / np.bincount(code))[code]
        if np.abs(x - before).max() < 1e-8 * max(x.std(), 1e-12):
            break
    return x
y = within(d["resolved"])
print(json.dumps({name: float((x := within(d[name])) @ y / (x @ x)) for name in metrics}))
"""


def run(code: str, *arguments: str) -> tuple[tuple[float, float], str]:
    """Seconds on the clock and of the processors, and what was printed, in a process of its own."""
    begun, busy = time.perf_counter(), processors()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return (time.perf_counter() - begun, processors() - busy), done.stdout


def processors() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--rows", type=int, default=10_000_000)
    ask.add_argument("--metrics", type=int, default=len(METRICS), help="how many of the six")
    ask.add_argument("--seconds", type=float, default=30.0, help="aim: more is a failure")
    asked = ask.parse_args()
    chosen = METRICS[: asked.metrics]
    with tempfile.TemporaryDirectory(prefix="andon-bench-") as folder:
        path, out = str(Path(folder) / "rows.parquet"), Path(folder) / "out"
        duckdb.sql(MAKE.format(rows=asked.rows, path=path))
        named = [part for name in chosen for part in ("--metric", name)]
        ours, _ = run(
            OURS, "metrics", path, "--at", "at", "--customer-outcome", "resolved", *named, "--worker", "worker",
            "--mechanism", "mechanism", "--team", "team", "--good", "high", "--out", str(out),
        )  # fmt: skip
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
        found = json.loads((out / "metrics.json").read_text("utf-8"))
        every = json.loads((out / "summary.json").read_text("utf-8"))["every"]
        theirs, told = run(PEER, path, every, *chosen)
    return report(asked, chosen, (ours, memory, theirs), found, json.loads(told))


Times = tuple[float, float]


def report(
    asked: argparse.Namespace,
    chosen: tuple[str, ...],
    times: tuple[Times, float, Times],
    found: dict,
    told: dict,
) -> int:
    ours, memory, theirs = times
    worst = max(abs(one["effect"] / told[one["metric"]] - 1) for one in found["metrics"])
    print(f"{asked.rows:,} rows, {len(chosen)} metrics")
    print(f"{'':32}{'seconds':>9}{'ratio':>8}{'processors':>12}")
    for name, (clock, busy) in (("andon metrics, all of it", ours), ("pandas, slopes alone", theirs)):
        print(f"{name:32}{clock:>9.1f}{clock / ours[0]:>8.1f}{busy:>12.1f}")
    print(f"memory at most {memory:.1f} GB; slopes differ by at most {worst:.1e} of their size")
    good = ours[0] <= asked.seconds and worst < 1e-4
    print("as aimed" if good else f"not as aimed: {asked.seconds:g} seconds and equal slopes")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
