"""Rows in groups, times and clusters, summed to cells."""

from dataclasses import dataclass

import numpy as np

from andon.stats.within import CellCodes
from andon.stats.within.coding import dense


@dataclass(frozen=True)
class Rows:
    """Cases with who, what, when; y and x."""

    worker: np.ndarray
    mechanism: np.ndarray
    period: np.ndarray
    x: np.ndarray
    y: np.ndarray

    @property
    def group(self) -> np.ndarray:
        return self.worker * 100 + self.mechanism

    @property
    def time(self) -> np.ndarray:
        return self.mechanism * 1000 + self.period

    def dummies(self) -> np.ndarray:
        groups, times = dense(self.group)[0], dense(self.time)[0]
        return np.column_stack([np.eye(groups.max() + 1)[groups], np.eye(times.max() + 1)[times]])


def made(rng, count=600, workers=12, mechanisms=3, periods=5, effect=0.4) -> Rows:
    worker, mechanism = rng.integers(0, workers, count), rng.integers(0, mechanisms, count)
    period = rng.integers(0, periods, count)
    x = rng.normal(size=count) + 0.3 * worker + mechanism + np.sin(period)
    y = effect * x - 0.5 * worker + 2 * mechanism + 0.3 * period * mechanism + rng.normal(size=count)
    return Rows(worker, mechanism, period, x, y)


def cells(rows: Rows):
    """Codes, cases, and a function that sums a column by cell."""
    group, time = dense(rows.group)[0], None
    time, times = dense(rows.time)
    cell, found = dense(group * len(times) + time)
    first = np.zeros(len(found), np.int64)
    first[cell] = np.arange(len(cell))
    codes = CellCodes(group[first], time[first], dense(rows.worker)[0][first], dense(times // 1000)[0])

    def summed(values):
        return np.bincount(cell, values, len(found))

    return codes, summed, cell
