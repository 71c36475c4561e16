"""A control chart, ready to be drawn: arrays of one length and the words that belong to them."""

from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Times = NDArray[np.datetime64]
Good = Literal["high", "low"] | None


class Note(NamedTuple):
    """Something that happened at a moment: a new phase, an escalation, a countermeasure."""

    at: Any  # anything np.datetime64 accepts
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class ControlChart:
    """One series with its limits and exceptions.

    All arrays have shape (N,). `at` is datetime64[s], UTC, ascending: the start of each period. `value`,
    `centre`, `lower` and `upper` are float64 in units of `unit`; NaN means "nothing there" and breaks a line.
    `marked` says which points are exceptions and `reasons` why, in words ("" if not marked). `phase` counts
    up by one at each recorded change. `every` is "hour", "day", "week", "month", "quarter", "year" or "" (no
    period). `unit` is "share" (0.046 reads 4.6 %), "count", "rate", "seconds", "money", "plain" or any other
    word, which is then written behind the number. `notes` are (moment, text) pairs; one that falls on the
    first point of a phase names that phase.

    Raises ValueError when the arrays differ in length.
    """

    title: str
    sentence: str
    at: Times
    value: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    marked: Bools
    reasons: list[str]
    phase: Ints
    every: str
    unit: str
    good: Good
    target: float | None = None
    spec_lower: float | None = None
    spec_upper: float | None = None
    notes: tuple[Note | tuple[Any, str], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", np.asarray(self.at, "datetime64[s]"))
        for name in ("value", "centre", "lower", "upper"):
            object.__setattr__(self, name, np.asarray(getattr(self, name), np.float64))
        object.__setattr__(self, "marked", np.asarray(self.marked, np.bool_))
        object.__setattr__(self, "phase", np.asarray(self.phase, np.int64))
        self._check_lengths()

    def _check_lengths(self) -> None:
        parts = ("at", "value", "centre", "lower", "upper", "marked", "reasons", "phase")
        lengths = {name: len(getattr(self, name)) for name in parts}
        if len(set(lengths.values())) > 1:
            raise ValueError(f"The parts of the chart “{self.title}” differ in length: {lengths}.")

    def __len__(self) -> int:
        return len(self.value)

    @property
    def better(self) -> Bools:
        """Marked points on the welcome side of the centre line; none where no side is called good."""
        if self.good is None:
            return np.zeros(len(self), np.bool_)
        above = self.value > self.centre
        return self.marked & (above if self.good == "high" else self.value < self.centre)

    @property
    def worse(self) -> Bools:
        """Marked points that ask a question: on the unwelcome side, or either side where none is good."""
        return self.marked & ~self.better

    @property
    def starts(self) -> Ints:
        """Index of the first point of each phase."""
        if not len(self):
            return np.empty(0, np.int64)
        return np.concatenate([[0], np.flatnonzero(np.diff(self.phase)) + 1]).astype(np.int64)

    def latest(self, n: int) -> "ControlChart":
        """The same chart with its last `n` points only."""
        parts = ("at", "value", "centre", "lower", "upper", "marked", "reasons", "phase")
        return replace(self, **{name: getattr(self, name)[-n:] for name in parts})
