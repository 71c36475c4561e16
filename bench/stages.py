"""Interactions by the million to verdicts: seconds and memory a stage, each stage in the same process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import duckdb

WORKERS, MECHANISMS, TEAMS = 20_000, 500, 200
SECONDS, GIGABYTES = 30.0, 4.0
"""Aims for 100 million rows and a model of values."""

MAKE = """
COPY (
    WITH who AS (SELECT i, hash(i) % {workers} AS w, hash(i * 31 + 7) % 100 AS turn FROM range({rows}) AS t(i)),
         what AS (SELECT i, w, (hash(w * 101 + turn) % {mechanisms}) AS m, hash(w + 13) % {teams} AS t FROM who)
    SELECT 'w' || lpad(w::VARCHAR, 5, '0') AS worker, 'm' || lpad(m::VARCHAR, 3, '0') AS mechanism,
           't' || lpad(t::VARCHAR, 3, '0') AS team,
           (random() + random() + random() - 1.5) * 2 + (hash(w * 3) % 1000 / 1000.0 - .5) * .7
             + (hash(m * 5) % 1000 / 1000.0 - .5) * 1.7 + (hash(t * 7) % 1000 / 1000.0 - .5) * .9
             + (hash(w * 512 + m) % 1000 / 1000.0 - .5) * .3 AS value
    FROM what
) TO '{path}' (FORMAT parquet)
"""

STAGES = """
import json, resource, sys, time
from andon.analysis.attribution import AttributionSpec, attribute
from andon.analysis.attribution.model import parts_of
from andon.lake import open_source
from andon.lake.factoring import factor_cells
from andon.lake.factors import FactorSpec
from andon.stats import mixed
path, kind = sys.argv[1:]

def stage(name, work):
    begun, busy = time.perf_counter(), time.process_time()
    found = work()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(json.dumps([name, time.perf_counter() - begun, time.process_time() - busy, memory]), flush=True)
    return found

by = {name: (name,) for name in ("worker", "mechanism", "team")}
outcome = "good" if kind == "proportion" else "value"
cells = stage("cells", lambda: factor_cells(open_source(path), FactorSpec(outcome, by, kind=kind)))
parts = parts_of(cells)
family = "binomial" if kind == "proportion" else "gaussian"
for names in (("worker", "mechanism", "team"), tuple(parts.groupings)):
    groupings = {name: parts.groupings[name] for name in names}
    squares = cells.squares if family == "gaussian" else None
    design = mixed.Design(cells.n, cells.total, squares, groupings, parts.fixed, parts.fixed_names)
    fit = stage(f"model of {', '.join(names)}", lambda: mixed.fit(design, family))
    assert fit.converged
stage("attribution whole: models, calibration, verdicts", lambda: attribute(cells, AttributionSpec(good="high")))
print(json.dumps([len(cells)]))
"""


def make(path: Path, rows: int, kind: str) -> None:
    """Rows in Parquet; a proportion is whether the value is above -0.5."""
    sizes = {"workers": WORKERS, "mechanisms": MECHANISMS, "teams": TEAMS}
    query = MAKE.format(rows=rows, path=path, **sizes)
    if kind == "proportion":
        query = query.replace("SELECT 'w'", "SELECT * EXCLUDE value, value > -0.5 AS good FROM (SELECT 'w'")
        query = query.replace("FROM what\n)", "FROM what)\n)")
    duckdb.connect().execute(query)


def staged(folder: Path, rows: int, kind: str) -> bool:
    """Print the table; whether cells and the larger model meet the aims."""
    path = folder / "rows.parquet"
    make(path, rows, kind)
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", STAGES, str(path), kind], check=True, stdout=subprocess.PIPE, text=True
    )
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
    cells = told.pop()[0]
    print(
        f"\n{rows:,} rows, {WORKERS:,} workers, {MECHANISMS} mechanisms, {TEAMS} teams, {kind}: {cells:,} cells"
    )
    for name, seconds, busy, memory in told:
        print(f"  {name:60s}{seconds:8.1f} s  {busy:8.1f} s of processor  {memory:5.2f} GB at most so far")
    print(f"  {'all, with the start of Python':60s}{time.perf_counter() - begun:8.1f} s")
    needed, memory = sum(row[1] for row in told[:3]), max(row[3] for row in told)
    if kind != "value":
        return memory <= GIGABYTES
    said = f"{needed:.1f} s (aim {SECONDS:g} for 100 million); {memory:.2f} GB (aim {GIGABYTES:g})"
    print(f"  cells and both models: {said}")
    return needed <= SECONDS and memory <= GIGABYTES
