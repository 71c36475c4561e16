"""Association within units with its chance by permutation: Andon beside the same written plainly in pandas.

Both sweep units and periods out of the same panels and deal out whole histories as often; r must agree to nine digits,
and chances as far as two sets of deals do. The plain way takes units and periods out by group means, and deals
histories out one by one. Part 2, --rows: files of so many rows to sentences. --survey FILE writes the simulated survey
of the documentation, made from the emergency data that ANDON_SHARED holds.
"""

from __future__ import annotations

import argparse
import csv
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from andon.stats import linked

SHARED = Path(os.environ.get("ANDON_SHARED", Path(__file__).parents[2] / "shared"))
PANELS = ((20, 12), (60, 24), (274, 36), (1000, 36))
AIM = 10.0
"""How many times faster than the plain way at least, on the panel of 274 units."""


def panel(units: int, periods: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng([units, periods])
    x = rng.normal(size=(units, periods))
    return x, 0.05 * x + rng.normal(size=(units, periods)) + rng.normal(size=(units, 1))


def plainly(x: np.ndarray, y: np.ndarray, permutations: int) -> tuple[float, float]:
    """r and its chance in pandas, the plain way."""
    import pandas as pd

    units, periods = x.shape
    frame = pd.DataFrame(
        {"unit": np.repeat(np.arange(units), periods), "period": np.tile(np.arange(periods), units)}
    )
    for name, values in (("x", x), ("y", y)):
        frame[name] = values.ravel()
        own = frame.groupby("unit")[name].transform("mean")
        shared = frame.groupby("period")[name].transform("mean")
        frame[name] = frame[name] - own - shared + frame[name].mean()
    seen = frame["x"].corr(frame["y"])
    histories = frame.pivot(index="unit", columns="period", values="y")
    rng, as_far = np.random.default_rng(1), 0
    for _ in range(permutations):
        dealt = histories.iloc[rng.permutation(units)].to_numpy().ravel()
        as_far += abs(np.corrcoef(frame["x"], dealt)[0, 1]) >= abs(seen)
    return float(seen), (1 + as_far) / (1 + permutations)


def ours(x: np.ndarray, y: np.ndarray, permutations: int) -> tuple[float, float]:
    found = linked.within(x, y, np.random.default_rng(1), permutations)
    return found.r, found.p_pearson


def timed(of: Callable[[], tuple[float, float]], times: int = 1) -> tuple[tuple[float, float], float]:
    best = np.inf
    for _ in range(times):
        start = time.perf_counter()
        found = of()
        best = min(best, time.perf_counter() - start)
    return found, best


def compare(permutations: int) -> bool:
    good = True
    print(
        f"Within units, {permutations:,} permutations (Andon: of r and of ranks; again without one unit that matters)"
    )
    print(f"{'units':>6} {'periods':>8} {'pandas':>10} {'Andon':>10} {'ratio':>7}  r and chance agree")
    for units, periods in PANELS:
        x, y = panel(units, periods)
        (r, p), slow = timed(lambda: plainly(x, y, permutations))  # noqa: B023
        (r2, p2), quick = timed(lambda: ours(x, y, permutations), 3)  # noqa: B023
        agree = abs(r - r2) < 1e-9 and abs(p - p2) < 5 * np.sqrt(
            max(p * (1 - p), 1 / permutations) / permutations
        )
        fast = (units, periods) != (274, 36) or slow / quick >= AIM
        good &= agree and fast
        print(
            f"{units:6} {periods:8} {slow:9.2f}s {quick:9.3f}s {slow / quick:6.0f}×  {'yes' if agree else 'NO'}"
        )
    return good


def from_files(rows: int) -> None:
    """A survey of 300 units and so many rows of what happened to customers, to sentences."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from andon.analysis.linking.ask import answer
    from andon.analysis.linking.spec import LinkQuestion

    rng = np.random.default_rng(1)
    with tempfile.TemporaryDirectory(prefix="andon-bench-") as folder:
        unit, day = rng.integers(0, 300, rows), rng.integers(0, 730, rows)
        at = np.datetime64("2024-01-01") + day
        table = {"unit": [f"u{i:03}" for i in range(300)], "mood": 1.0}
        names = pa.DictionaryArray.from_arrays(pa.array(unit, pa.int32()), pa.array(table["unit"]))
        customers = pa.table(
            {"unit": names.cast(pa.string()), "at": pa.array(at), "score": rng.normal(4, 1, rows)}
        )
        pq.write_table(customers, f"{folder}/customers.parquet")
        months = [f"{y}-{m:02}" for y in (2024, 2025) for m in range(1, 13)]
        staff = [(u, m, rng.normal()) for u in table["unit"] for m in months]
        columns = dict(zip(("unit", "at", "mood"), map(list, zip(*staff, strict=True)), strict=True))
        pq.write_table(pa.table(columns), f"{folder}/staff.parquet")
        question = LinkQuestion(
            f"{folder}/staff.parquet", f"{folder}/customers.parquet", "unit", "at", ("mood",), ("score",)
        )
        start = time.perf_counter()
        found = answer(question)
        took = time.perf_counter() - start
    print(f"{rows:,} rows, 300 units, {len(found.joined.periods)} months, one pair: {took:.1f} s")


def survey(path: Path) -> None:
    """A SIMULATED survey of real organisations: engagement goes with fewer breaches, load with nothing."""
    import pyarrow.parquet as pq

    table = pq.read_table(SHARED / "data" / "timeseries" / "nhs_ae_attendances.parquet").to_pydict()
    late, every = {}, {}
    for org, at, breaches, attendances in zip(
        table["org_code"], table["period"], table["breaches"], table["attendances"], strict=True
    ):
        key = (str(org), at.year - (at.month < 4))
        late[key], every[key] = late.get(key, 0) + breaches, every.get(key, 0) + attendances
    rng = np.random.default_rng(1)
    shares = {key: late[key] / every[key] for key in sorted(every) if every[key]}
    usual = {org: np.mean([s for (o, _), s in shares.items() if o == org]) for org, _ in shares}
    load = {org: rng.normal(50, 5) for org in usual}
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("org_code", "period", "engagement", "load"))
        for (org, year), share in shares.items():
            mood = 7 - 1.5 * usual[org] - 3 * (share - usual[org]) + rng.normal(0, 0.2)
            writer.writerow(
                (
                    org.lower(),
                    f"{year}/{(year + 1) % 100:02}",
                    f"{mood:.2f}",
                    f"{load[org] + rng.normal(0, 2):.1f}",
                )
            )


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--permutations", type=int, default=1999)
    ask.add_argument("--rows", type=int, default=10_000_000, help="part 2, of so many rows; 0 for none")
    ask.add_argument("--survey", type=Path, help="only write the simulated survey to this file")
    asked = ask.parse_args()
    if asked.survey:
        survey(asked.survey)
        return 0
    good = compare(asked.permutations)
    if asked.rows:
        from_files(asked.rows)
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
