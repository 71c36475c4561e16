"""Farrington flexible and EARS of many series: Andon beside R's surveillance.

Both work on the same numbers in the same run: the two data sets that come with surveillance, and made-up series of
which surveillance, one series and week at a time, gets the first few. Weeks judged a second are compared, and every
bound and alarm. Andon runs with compat, so that it does what surveillance does; then as it is used.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import subprocess
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from andon.stats.outbreak import Alarms, ears, farrington_flexible

HOW_TO_GET_R = """
R with the package surveillance is not here, so Andon ran alone. To have both:
  Debian, Ubuntu    apt-get install r-base-core r-cran-surveillance
  anything else     install R, then in R: install.packages("surveillance")"""
JUDGED = 31
AGONA = {"at": range(281, 312), "years": 4, "alpha": 0.1, "bound": "delta"}
WINDOWS = {"seasons": 1, "recent": 3, "weights_above": 1, "trend_alpha": 0.05}
CAMPY = {"at": range(470, 522), "years": 4, "alpha": 0.05, "start": date(2001, 12, 31)}


@dataclass(frozen=True)
class Timing:
    """One contender: points judged, best seconds, most megabytes."""

    name: str
    points: int
    seconds: float
    megabytes: float

    @property
    def speed(self) -> float:
        return self.points / self.seconds


def weekly(series: int, weeks: int, rng: np.random.Generator) -> np.ndarray:
    """Seasonal, over-dispersed, half of them drifting, some with an outbreak now and then."""
    t = np.arange(weeks)
    size = rng.gamma(1.5, 8.0, (series, 1)) + 1
    drift = rng.choice([0.0, 0.0, -0.001, 0.002], (series, 1))
    mean = size * np.exp(drift * t + 0.4 * np.sin(2 * np.pi * (t / 52 + rng.random((series, 1)))))
    counts = rng.negative_binomial(mean / 0.6, 1 / 1.6)
    struck = rng.random((series, weeks)) < 0.01
    return (counts + struck * rng.poisson(3 * mean)).astype(float)


def daily(series: int, days: int, rng: np.random.Generator) -> np.ndarray:
    return rng.poisson(rng.gamma(2, 3, (series, 1)), (series, days)).astype(float)


def timed(name: str, work: Callable[[], Alarms], repeat: int) -> Timing:
    best = np.inf
    for _ in range(repeat):
        begun = time.perf_counter()
        found = work()
        best = min(best, time.perf_counter() - begun)
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return Timing(name, found.alarm.size, best, peak)


def flexible(counts: np.ndarray, compat: bool) -> Alarms:
    return farrington_flexible(counts, range(-JUDGED, 0), alpha=0.01, compat=compat)


def ask_surveillance(week: np.ndarray, day: np.ndarray, folder: Path, repeat: int) -> dict[str, Timing]:
    np.savetxt(folder / "weekly.csv", week.T, fmt="%d", delimiter=",")
    np.savetxt(folder / "daily.csv", day.T, fmt="%d", delimiter=",")
    script = Path(__file__).with_suffix(".R")
    subprocess.run(["Rscript", str(script), str(folder), str(repeat)], check=True, stdout=subprocess.DEVNULL)
    said = list(csv.DictReader((folder / "said.csv").open()))
    return {one["name"]: their_timing(one, folder) for one in said}


def their_timing(one: dict[str, str], folder: Path) -> Timing:
    points = table(folder, f"{one['name']}-upper").size
    return Timing("surveillance (R)", points, float(one["seconds"]), float(one["megabytes"]))


def has_surveillance() -> bool:
    asking = ["Rscript", "-e", "quit(status = !requireNamespace('surveillance', quietly = TRUE))"]
    return bool(shutil.which("Rscript")) and subprocess.run(asking, capture_output=True).returncode == 0


def table(folder: Path, name: str) -> np.ndarray:
    return np.loadtxt(folder / f"{name}.csv", delimiter=",", ndmin=2).T


def say_agreement(what: str, mine: Alarms, folder: Path, name: str) -> None:
    upper, alarm = table(folder, f"{name}-upper"), table(folder, f"{name}-alarm") > 0
    alike = np.isclose(mine.upper[: len(upper)], upper, rtol=1e-6, equal_nan=True)
    same = mine.alarm[: len(upper)] == alarm
    print(f"  {what:52}{same.sum():>7,} of {same.size:,} alarms alike, {alike.sum():,} bounds to 6 digits")


def say_timings(what: str, unit: str, timings: list[Timing]) -> None:
    print(f"\n{what:44}{unit:>12}{'seconds':>11}{'a second':>15}{'peak MB':>10}{'times R':>10}")
    theirs = next((t.speed for t in timings if t.name.startswith("surveillance")), None)
    for t in timings:
        ratio = f"{t.speed / theirs:,.0f}" if theirs else "-"
        print(f"{t.name:44}{t.points:>12,}{t.seconds:>11.4f}{t.speed:>15,.0f}{t.megabytes:>10.1f}{ratio:>10}")


def both_on_their_data(theirs: dict[str, Timing], folder: Path, repeat: int) -> None:
    """The data that come with surveillance: small, so that mere calling counts."""
    agona, campy = table(folder, "agona"), table(folder, "campy")
    cases = {
        "agona-1": ("salmonella.agona, windows only", agona, AGONA | WINDOWS),
        "agona-2": ("salmonella.agona, ten parts of the season", agona, AGONA),
        "campy": ("campyDE 2011, by the calendar, nbPlugin", campy, CAMPY),
    }
    print("\nDo they agree on the data that come with surveillance?")
    for name, (what, counts, options) in cases.items():
        say_agreement(what, farrington_flexible(counts, compat=True, **options), folder, name)
    for name, (what, counts, options) in cases.items():
        mine = timed(
            "Andon, compat", lambda c=counts, o=options: farrington_flexible(c, compat=True, **o), repeat
        )
        say_timings(what, "weeks", [mine, theirs[name]])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--series", type=int, default=1_000, help="weekly series for Andon (1000)")
    parser.add_argument(
        "--weeks", type=int, default=312, help="weeks in each, 294 or more (312); the last 31 are judged"
    )
    parser.add_argument(
        "--daily", type=int, default=20_000, help="daily series of a year for Andon's EARS (20000)"
    )
    parser.add_argument("--peers", type=int, default=8, help="series for surveillance, weekly and daily (8)")
    parser.add_argument("--repeat", type=int, default=3, help="best of so many runs, for both (3)")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.weeks < 294 or asked.peers < 1 or asked.repeat < 1:
        parser.error("--weeks must be 294 or more, --peers and --repeat 1 or more")
    return asked


def main() -> None:
    asked = arguments()
    rng = np.random.default_rng(asked.seed)
    week, day = weekly(asked.series, asked.weeks, rng), daily(asked.daily, 365, rng)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        theirs = (
            ask_surveillance(week[: asked.peers], day[: asked.peers], folder, asked.repeat)
            if has_surveillance()
            else {}
        )
        if theirs:
            both_on_their_data(theirs, folder, asked.repeat)
            print("\nDo they agree on made-up series?")
            say_agreement(
                "Farrington flexible, nbPlugin", flexible(week[: asked.peers], True), folder, "weekly"
            )
            for kind in ("C1", "C2", "C3"):
                say_agreement(f"EARS {kind}", ears(day[: asked.peers], kind, at=range(11, 365)), folder, kind)
        say_timings(
            "Farrington flexible, made up",
            "series-weeks",
            [
                timed("Andon, compat", lambda: flexible(week, True), asked.repeat),
                timed("Andon", lambda: flexible(week, False), asked.repeat),
                *([theirs["weekly"]] if theirs else []),
            ],
        )
        for kind in ("C1", "C2", "C3"):
            mine = timed("Andon", lambda k=kind: ears(day, k, at=range(11, 365)), asked.repeat)
            say_timings(f"EARS {kind}, made up", "points", [mine, *([theirs[kind]] if theirs else [])])
    if not theirs:
        print(HOW_TO_GET_R)


if __name__ == "__main__":
    main()
