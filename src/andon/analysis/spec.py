"""What is asked of a review and what it answers: frozen, and nothing of where the rows came from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from andon.lake import Every
from andon.plots import ControlChart

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Times = NDArray[np.datetime64]
Marks = NDArray[np.uint32]
Kind = Literal["proportion", "value", "count", "rate", "between"]
Good = Literal["high", "low"] | None
FDR = 0.05
"""Share of false alarms allowed among the series that are called out of spec, where none is asked for."""


@dataclass(frozen=True, slots=True)
class ReviewSpec:
    """How cells are to be judged.

    baseline: None to find the first stable stretch, a number of points, or (from, to) moments, both included.
    phases: moments at which something was changed and a new chart phase begins.
    upper, lower: specification limits; target: the level wanted; all in the unit of the measure (shares
        0..1).
    rules: a rule set by name, or None for points outside the limits, nine on one side, two of three far out.
    fdr: false alarms allowed among series called out; None means 0.05 with more than one series, else no
        control.
    """

    kind: Kind | Literal["auto"] = "auto"
    measure: str = ""
    unit: str = ""
    good: Good = None
    upper: float | None = None
    lower: float | None = None
    target: float | None = None
    baseline: int | tuple[np.datetime64, np.datetime64] | None = None
    phases: tuple[np.datetime64, ...] = ()
    season: Literal["week", "year"] | None = None
    rules: str | None = None
    fdr: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Every point of every series, series after series as in `offsets` (series + 1,); arrays of shape (N,).

    `n` is the number of cases (or the denominator), `value` what is charted; NaN where nothing happened.
    `judged` is False for points the rules do not look at (an incomplete period, intake not yet begun or
    over).
    `exception` marks points that count; `marks` holds every rule's mark, one bit each, also where the
    series as a
    whole is no more unusual than chance allows. `score` is the distance from the centre in sigma. `season` is
    what the season adds to the level (NaN-free; 0 without one), on the scale the limits were found on.
    """

    offsets: Ints
    at: Times
    n: Floats
    value: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    score: Floats
    marks: Marks
    exception: Bools
    judged: Bools
    phase: Ints
    baseline: Bools


@dataclass(frozen=True, slots=True, eq=False)
class Reviewed:
    """One series: what it shows, in words and numbers.

    strength: sigma of its most unusual point or stretch.  p: how often chance alone shows as much.
    out: it is called out of spec (or, if `better`, unusually good).  since: when the lasting change began.
    level, usual: its present level and the level of the baseline.  customers: touched in the exceptions,
        NaN if not known.  beyond: cases of the exceptions that went worse than the usual lets expect.
    far: how it lies apart from the other series the whole time, in words ("" if it does not).
    """

    name: str
    index: int
    chart_kind: str
    sentence: str
    strength: float
    p: float
    out: bool
    better: bool
    since: np.datetime64 | None
    ongoing: bool
    level: float
    usual: float
    customers: float
    beyond: float
    sigma_z: float
    lag1: float
    warnings: tuple[str, ...]
    far: str
    outside_spec: str
    points: slice
    chart: ControlChart = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Review:
    """A whole review; `series` out of spec first, by the cases beyond the usual, `points` in the order of `names`."""

    measure: str
    kind: Kind
    charts: dict[str, int]
    why: tuple[str, ...]
    every: Every
    unit: str
    fdr: float | None
    rules: str
    names: Sequence[str]
    series: tuple[Reviewed, ...]
    points: Points
    warnings: tuple[str, ...]

    @property
    def out(self) -> tuple[Reviewed, ...]:
        """Series called out, strongest first."""
        return tuple(one for one in self.series if one.out)

    @property
    def exceptions(self) -> int:
        return int(self.points.exception.sum())
