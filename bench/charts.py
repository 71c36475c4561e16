"""Limits and Nelson rules 1-8 of many series: Andon beside shewhart, pycontrolcharts and clinical-qikit.

All work on the same numbers in the same run. The others take one series at a time, so they get the first few
hundred, and series a second are compared. What they find on those is checked against what Andon finds.
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pycontrolcharts
import qikit
import shewhart

from andon.stats import charts, rules
from andon.stats.limits import Limits


@dataclass(frozen=True)
class Timing:
    """One contender: series a second, peak megabytes, and what it was."""

    name: str
    note: str
    series: int
    seconds: float
    megabytes: float

    @property
    def speed(self) -> float:
        return self.series / self.seconds


def andon(x: np.ndarray, offsets: np.ndarray) -> tuple[Limits, np.ndarray]:
    limits = charts.limits("xmr", x, offsets)
    return limits, rules.marks("nelson", x, limits, offsets)


def andon_spread(x: np.ndarray, offsets: np.ndarray) -> None:
    """The same, with every limit written out a point at a time, as a table would have it."""
    limits, _ = andon(x, offsets)
    for line in (limits.centre, limits.lower, limits.upper, limits.sigma):
        line.sum()


PEERS: dict[str, tuple[str, Callable[[np.ndarray], object]]] = {
    "shewhart": ("limits, Nelson 1-8", lambda row: shewhart.imr(row, rules="nelson")),
    "pycontrolcharts": ("limits, Nelson 1 2 3 5 6", lambda row: pycontrolcharts.calc_xmr(row.tolist())),
    "clinical-qikit": ("limits, Nelson", lambda row: qikit.qic(y=row, chart="i", method="nelson")),
}


@contextmanager
def peak_memory() -> Iterator[list[float]]:
    """Megabytes allocated at most; measured in a run of its own, for tracing costs time."""
    found: list[float] = []
    tracemalloc.start()
    yield found
    found.append(tracemalloc.get_traced_memory()[1] / 1e6)
    tracemalloc.stop()


def best_of(times: int, work: Callable[[], object]) -> float:
    best = np.inf
    for _ in range(times):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best


def time_andon(name: str, work: Callable[[], object], series: int, repeat: int) -> Timing:
    seconds = best_of(repeat, work)
    with peak_memory() as peak:
        work()
    return Timing(name, "limits, Nelson 1-8", series, seconds, peak[0])


def time_peer(name: str, rows: np.ndarray, repeat: int) -> Timing:
    note, chart = PEERS[name]

    def work() -> None:
        for row in rows:
            chart(row)

    chart(rows[0])
    seconds = best_of(repeat, work)
    with peak_memory() as peak:
        chart(rows[0])
    return Timing(name, note, len(rows), seconds, peak[0])


def shewhart_agrees(row: np.ndarray) -> bool:
    """Its limits, and every point of every pattern, rule by rule (it computes d2 exactly)."""
    ends = np.array([0, len(row)])
    limits = charts.limits("xmr", row, ends, d2="exact")
    mine = rules.marks("nelson", row, limits, ends, marked="pattern")
    theirs = np.zeros(len(row), np.uint32)
    found = shewhart.imr(row, rules="nelson")
    for signal in found.signals:
        if signal.chart == "i":
            theirs[list(signal.points)] |= np.uint32(1 << int(signal.rule.split("_")[1]) - 1)
    close = np.allclose([limits.lower[0], limits.upper[0]], [found.stats["i_lcl"], found.stats["i_ucl"]])
    return bool(close and (mine == theirs).all())


_BITS = {1: 0, 2: 0, 3: 1, 4: 1}


def pycontrolcharts_agrees(row: np.ndarray) -> bool:
    """Its limits (d2 = 1.128), and the points of Nelson 1 and 2.

    Its other rules are of another kind: 3 asks for six steps (seven points), and in 5 and 6 the odd point must
    lie on the same side of the centre too.
    """
    ends = np.array([0, len(row)])
    limits = charts.limits("xmr", row, ends)
    found = pycontrolcharts.calc_xmr(row.tolist())
    theirs = np.zeros(len(row), np.uint32)
    for at, violations in enumerate(found["violations"]):
        for violation in violations:
            if violation["type"] in _BITS:
                theirs[at] |= np.uint32(1 << _BITS[violation["type"]])
    mine = rules.marks("nelson", row, limits, ends, marked="pattern") & np.uint32(0b11)
    close = np.allclose([limits.lower[0], limits.upper[0]], [found["lcl"][0], found["ucl"][0]])
    return bool(close and (mine == theirs).all())


def qikit_agrees(row: np.ndarray) -> bool:
    """Its limits (moving ranges screened), and the points outside them."""
    ends = np.array([0, len(row)])
    found = qikit.qic(y=row, chart="i", method="nelson").data
    limits = charts.limits("xmr", row, ends, screen=True)
    outside = rules.marks("limits", row, limits, ends) > 0
    close = np.allclose([limits.lower[0], limits.upper[0]], [found["lcl"][0], found["ucl"][0]])
    return bool(close and (outside == found["sigma_signal"].to_numpy(bool)).all())


AGREES = {
    "shewhart": ("limits and all points of Nelson 1-8", shewhart_agrees),
    "pycontrolcharts": (
        "limits and points of Nelson 1 and 2 (it defines 3, 5 and 6 otherwise)",
        pycontrolcharts_agrees,
    ),
    "clinical-qikit": ("limits and points outside them", qikit_agrees),
}


def table(timings: list[Timing], points: int) -> None:
    print(f"\n{'':26}{'':26}{'series':>9}{'seconds':>10}{'series/s':>13}{'points/s':>15}{'peak MB':>10}")
    for t in timings:
        print(
            f"{t.name:26}{t.note:26}{t.series:>9,}{t.seconds:>10.3f}{t.speed:>13,.0f}"
            f"{t.speed * points:>15,.0f}{t.megabytes:>10.1f}"
        )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--series", type=int, default=100_000, help="series for Andon (100000)")
    parser.add_argument("--points", type=int, default=104, help="points in each series (104)")
    parser.add_argument("--peers", type=int, default=200, help="series for each of the others (200)")
    parser.add_argument("--repeat", type=int, default=3, help="best of so many runs (3)")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main() -> None:
    warnings.simplefilter("ignore")
    asked = arguments()
    rng = np.random.default_rng(asked.seed)
    x = rng.normal(50, 4, asked.series * asked.points)
    offsets = np.arange(asked.series + 1) * asked.points
    rows = x.reshape(asked.series, asked.points)[: asked.peers]
    print(f"{asked.series:,} series of {asked.points} points; the others take the first {len(rows)} of them.")

    ours = time_andon("Andon", lambda: andon(x, offsets), asked.series, asked.repeat)
    spread = time_andon(
        "Andon, limits written out", lambda: andon_spread(x, offsets), asked.series, asked.repeat
    )
    others = [time_peer(name, rows, asked.repeat) for name in PEERS]
    table([ours, spread, *others], asked.points)

    best = max(others, key=lambda t: t.speed)
    print(f"\nAndon is {ours.speed / best.speed:,.0f} times as fast as the best of them, {best.name}.")
    print("\nDo they agree?")
    for name, (what, agrees) in AGREES.items():
        same = sum(agrees(row) for row in rows)
        print(f"  {name:18}{same} of {len(rows)} series alike: {what}")


if __name__ == "__main__":
    main()
