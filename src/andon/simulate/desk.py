"""The rows of one mechanism, with everything that bears on how well its customers are served."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .causes import Shift
from .effects import STRESS_ON_CSAT, Effects
from .frame import NOBODY, PRODUCTS, Rows
from .mechanisms import Mechanism
from .seasons import Floats, yearly
from .setting import Setting

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Desk:
    """Arrays have one value for each row of the desk."""

    rng: np.random.Generator
    mechanism: Mechanism
    at: NDArray[np.datetime64]
    worker: NDArray[np.int32]
    product: NDArray[np.int8]
    monday: Mask
    base: Floats
    """Log-odds of being well served."""
    mood: Floats
    """What moves satisfaction only: strain in the team a month ago, the customer's temper."""
    pace: Floats
    """Log of the worker's own time for a case."""
    busy: Floats
    """Log of how busy the time of year is."""
    shifts: tuple[Shift, ...]

    @property
    def count(self) -> int:
        return len(self.at)

    @property
    def own(self) -> Floats:
        """What is left of `base` once the mechanism's own ease is taken out."""
        return self.base - self.mechanism.ease

    def shift(self, column: str) -> Floats:
        """The sum of what was planted on a column."""
        total = np.zeros(self.count)
        for shift in self.shifts:
            if shift.column == column:
                total += shift.by * self._reach(shift)
        return total

    def _reach(self, shift: Shift) -> Floats:
        reach = self.during(shift.start, shift.end).astype(float)
        if shift.shape == "mondays":
            reach *= self.monday
        if shift.shape == "ramp":
            reach *= (self.at - shift.start) / (shift.end - shift.start)
        if shift.worker is not None:
            reach *= self.worker == shift.worker
        if shift.product is not None:
            reach *= self.product == PRODUCTS.index(shift.product)
        return reach

    def during(self, start: np.datetime64, end: np.datetime64) -> Mask:
        """Rows from `start` up to, but without, `end`."""
        return (self.at >= start) & (self.at < end)

    def yes(self, log_odds: Floats) -> Mask:
        """A draw for each row."""
        return self.rng.random(self.count) < 1 / (1 + np.exp(-log_odds))


def open_desk(
    rng: np.random.Generator,
    place: int,
    rows: Rows,
    index: NDArray[np.int64],
    effects: Effects,
    setting: Setting,
) -> Desk:
    """The desk of the mechanism at `place`, whose rows are `index`."""
    mechanism, window = setting.mechanisms[place], setting.window
    worker, team, day = rows.worker[index], rows.team[index], rows.day[index]
    known = worker != NOBODY
    base = mechanism.ease + effects.team[team] * mechanism.served + effects.day[day, place]
    base += np.where(known, effects.worker[worker] + effects.pair[worker, place], 0.0)
    month_before = np.maximum(window.month_of_day[day] - 1, 0)
    strain = STRESS_ON_CSAT * effects.stress[month_before, team] * mechanism.served
    desk = Desk(
        *(rng, mechanism, rows.at[index], worker, rows.product[index]),
        monday=window.weekday[day] == 0,
        base=base,
        mood=strain + effects.temper[rows.customer[index]],
        pace=np.where(known, effects.pace[worker], 0.0),
        busy=np.log(yearly(window))[day],
        shifts=tuple(
            s for cause in setting.causes for s in cause.shifts if s.mechanism in ("", mechanism.slug)
        ),
    )
    return replace(desk, base=base + desk.shift("ease"))
