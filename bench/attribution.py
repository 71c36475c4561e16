"""Separating the person from the process: how fast, beside other programs, and at what size.

Part 1, --solvers: InstEval (73,421 evaluations, 2,972 students, 1,128 lecturers, 14 departments) by lme4, gpboost and
Andon in the same run. Each row holds the criterion that the program reports and Andon's criterion at its estimates,
with the gradient there: programs are only compared in time where they found the same minimum. lme4 needs R.
InstEval itself is not part of the project: ANDON_SHARED names the folder that holds reference/mixed/insteval.csv.gz.

Part 2, --rows: interactions in Parquet to cells, model and verdicts, seconds and memory a stage.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path

from peers import compare
from stages import staged

SHARED = Path(os.environ.get("ANDON_SHARED", Path(__file__).parents[2] / "shared"))


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--solvers", action="store_true", help="part 1 alone")
    ask.add_argument("--rows", type=int, nargs="*", help="part 2 alone, of so many rows (10 and 100 million)")
    ask.add_argument("--kind", choices=["value", "proportion"], default="value", help="outcome of part 2")
    ask.add_argument("--families", nargs="+", default=["gaussian", "binomial"], help="of part 1")
    ask.add_argument("--times", type=int, default=3, help="runs of Andon in part 1 of which the best counts")
    asked = ask.parse_args()
    both = not asked.solvers and asked.rows is None
    good = True
    if both or asked.solvers:
        good &= compare(SHARED / "reference" / "mixed" / "insteval.csv.gz", asked.families, asked.times)
    for rows in asked.rows or ([10_000_000, 100_000_000] if both or asked.rows == [] else []):
        with tempfile.TemporaryDirectory(prefix="andon-bench-") as folder:
            room = shutil.disk_usage(folder).free
            if room < rows * 30:
                print(f"{rows:,} rows need {rows * 30 / 1e9:.0f} GB of disk; {room / 1e9:.0f} GB are free")
                continue
            good &= staged(Path(folder), rows, asked.kind)
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
