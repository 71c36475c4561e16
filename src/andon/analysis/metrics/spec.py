"""What is asked of a metric audit, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Side = Literal["high", "low"]
Verdict = Literal["matters", "does not matter", "cannot tell"]
MATTERS: Verdict = "matters"
NOT: Verdict = "does not matter"
CANNOT_TELL: Verdict = "cannot tell"
VERDICTS: tuple[Verdict, ...] = (MATTERS, NOT, CANNOT_TELL)
LEVEL = 0.95  # of every interval
SMALLEST = 0.05  # of the spread of the outcome: the smallest effect that matters, where none is given


@dataclass(frozen=True, slots=True)
class AuditSpec:
    """How to judge. `good` None: high, and said to be assumed.

    fdr: share of false ones allowed among the metrics found to matter. matters: the smallest effect on the outcome that
    matters, in its units; None: a twentieth of its standard deviation. limits: values that people are held to.
    look_further: look at round values as well where limits were given and nothing is at them. better: which way of a
    metric counts as an improvement, where that is known.
    """

    good: Side | None = None
    fdr: float = 0.05
    matters: float | None = None
    limits: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    better: Mapping[str, Side] = field(default_factory=dict)
    look_further: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its 95 % interval, in units of the outcome; NaN where it is not known."""

    effect: float
    low: float
    high: float

    def times(self, factor: float) -> "Interval":
        ends = sorted((self.low * factor, self.high * factor))
        return Interval(self.effect * factor, *ends)


UNKNOWN = Interval(float("nan"), float("nan"), float("nan"))


@dataclass(frozen=True, slots=True)
class Step:
    """A sensible change of the metric: from one value to another, and what goes with it."""

    start: float
    end: float
    kind: Literal["from no to yes", "one more", "quartiles", "none"]
    change: Interval


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """One bin of the picture: the metric's mean and the outcome there, all else taken out."""

    name: str
    metric: float
    n: float
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """The shape. kind: flat, monotone, too little, too much, only beyond a threshold, only below a threshold, U,
    inverted U, or cannot tell. at, low, high: where it bends or turns. size: of what it amounts to.
    """

    kind: str
    at: float
    low: float
    high: float
    size: Interval
    bins: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The same association between units (workers, teams, mechanisms), or among all cases whoever and whatever."""

    unit: str
    units: int
    change: Interval
    p: float
    opposite: bool


@dataclass(frozen=True, slots=True)
class Joint:
    """With the other metrics held alike. alike: metrics that go along with it (correlation beyond 0.7)."""

    change: Interval
    p: float
    alike: tuple[str, ...]
    carried_by: str


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """What the data say of one metric. effect: of one unit of the metric, in units of the outcome."""

    metric: str
    cases: float
    verdict: Verdict
    sentence: str
    why: str
    effect: Interval
    step: Step
    p: float
    p_adjusted: float
    form: Form
    at_most: float
    between: tuple[Between, ...]
    joint: Joint | None
    clusters: int
    largest: float
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Harm:
    """Cases that bunch on one side of a limit. others: metrics that stand out there, with by how much.

    harmful: customers fare worse there, or another metric gives way.
    """

    metric: str
    mechanism: str
    limit: float
    given: bool
    side: Literal["below", "above"]
    ratio: float
    cases: float
    p: float
    outcome: Interval
    others: tuple[tuple[str, float], ...]
    harmful: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Moving:
    """A metric that improves over time while customers fare worse. known: which way improves it is known."""

    metric: str
    metric_change: float
    outcome_change: float
    low: float
    high: float
    known: bool
    sentence: str


@dataclass(frozen=True, slots=True, eq=False)
class Audit:
    """Which metrics matter to customers, and how."""

    outcome: str
    unit: str
    good: Side
    kind: Literal["yes or no", "number"]
    matters: float
    matters_given: bool
    unit_of_errors: str
    findings: tuple[Finding, ...]
    harms: tuple[Harm, ...]
    trends: tuple[Moving, ...]
    counts: Mapping[str, int]
    usual: float
    spread: float
    sentence: str
    warnings: tuple[str, ...]
