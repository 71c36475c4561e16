"""Counts by step: how often, and of how many customers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from andon.analysis.journeys.spec import Counted
from andon.lake.contacts import Contacts

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


def distinct(place: Ints, who: Ints, size: int) -> Ints:
    """How many different ones each place has, (size,)."""
    most = int(who.max(initial=0)) + 1
    key = np.sort(place * most + who)  # many times as quick as np.unique
    return np.bincount(key[np.append(True, key[1:] != key[:-1])[: len(key)]] // most, minlength=size)


class Counts:
    """Of contacts, by step."""

    def __init__(self, contacts: Contacts) -> None:
        self.code = contacts.step.codes.astype(np.int64)
        self.who, self.steps = contacts.customer, len(contacts.step.levels)

    def of(self, which: Bools) -> list[Counted]:
        """Those marked, for each step."""
        code = self.code[which]
        times = np.bincount(code, minlength=self.steps)
        return [Counted(*pair) for pair in zip(times.tolist(), self._who(code, which), strict=True)]

    def _who(self, code: Ints, which: Bools) -> list[int]:
        found: list[int] = distinct(code, self.who[which], self.steps).tolist()
        return found

    def mean(self, values: Floats) -> tuple[list[float], list[int]]:
        """Mean of what is known, NaN where nothing is, and of how many contacts."""
        known = np.isfinite(values)
        n = np.bincount(self.code[known], minlength=self.steps)
        found = np.full(self.steps, np.nan)
        np.divide(self.sum(values), n, out=found, where=n > 0)
        return found.tolist(), n.tolist()

    def sum(self, values: Floats) -> Floats:
        known = np.isfinite(values)
        return np.bincount(self.code[known], values[known], self.steps)


def repeated(journey: Ints, step: NDArray[np.int32], steps: int) -> Bools:
    """Contacts at a step at which their journey had been before."""
    several = np.flatnonzero(np.bincount(journey)[journey] > 1) if len(journey) else journey
    key = journey[several] * max(steps, 1) + step[several]
    again = np.zeros(len(journey), np.bool_)
    again[several] = True
    again[several[np.unique(key, return_index=True)[1]]] = False
    return again
