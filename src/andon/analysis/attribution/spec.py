"""What is asked of an attribution, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from andon.lake.factors import OutcomeKind

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Verdict = Literal["below standard", "meets standard", "cannot tell", "cannot be separated"]
BELOW, MEETS, CANNOT_TELL, INSEPARABLE = (
    "below standard",
    "meets standard",
    "cannot tell",
    "cannot be separated",
)
VERDICTS: tuple[str, ...] = (BELOW, MEETS, CANNOT_TELL, INSEPARABLE)
LEVEL = 0.95  # of every interval


@dataclass(frozen=True, slots=True)
class AttributionSpec:
    """How to judge. `kind` None: that of the cells. `good` None: high, and said to be assumed.

    standard: on the scale of the outcome, for the reference mix; of a proportion, above 1 it is per cent. Without
    one, it is the level two standard deviations of people worse than the usual. standard_at: the mechanism that the
    standard was agreed for, where it is one mechanism's; it is then put on the mix.
    fdr: share of wrong ones allowed among those found below (and, alike, among those found to meet) the standard.
    compare, calibrate: whether to fit the models to compare with, and to check on held-out periods. Without the
    check no verdict rests on it; leave it on unless the truth is known anyway.
    """

    kind: OutcomeKind | None = None
    good: Literal["high", "low"] | None = None
    standard: float | None = None
    standard_at: str = ""
    fdr: float = 0.05
    compare: bool = True
    calibrate: bool = True


@dataclass(frozen=True, slots=True)
class Standard:
    """What is judged against. `value` on the scale of the outcome; `given` by the user, or found as `how` says."""

    value: float
    given: bool
    how: str
    usual: float
    """What the usual person reaches on the reference mix."""


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """One entry a worker, ordered by id; arrays (W,). Scale of the outcome but for `p_below` and `reliability`.

    raw: mean of whatever came their way. adjusted, low, high: what they would reach on the reference mix, with its
    interval. p_below: probability of truly being on the wrong side of the standard. reliability: 1 - PEV / variance
    between people. why: a sentence or two on each. lasting: `adjusted` without the one period that speaks most against
    them; NaN where that is not known.
    """

    worker: list[str]
    n: Floats
    mechanisms: Ints
    raw: Floats
    adjusted: Floats
    low: Floats
    high: Floats
    p_below: Floats
    reliability: Floats
    verdict: list[str]
    why: list[str]
    lasting: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """Levels of a factor of the process (mechanisms, teams), by name; arrays (K,).

    effect, low, high: against the usual level, on the scale of the model (log-odds, units of the outcome, log of the
    rate), above 0 for a higher outcome. adjusted and its interval: scale of the outcome, for the usual person and mix.
    expected: what the rest of the process lets expect of the cases of each level; deviation: of one case around it.
    """

    name: list[str]
    n: Floats
    workers: Ints
    raw: Floats
    effect: Floats
    low: Floats
    high: Floats
    adjusted: Floats
    adjusted_low: Floats
    adjusted_high: Floats
    expected: Floats
    deviation: Floats


@dataclass(frozen=True, slots=True)
class Share:
    """A part of all differences between cases: its variance and share of the whole, with interval."""

    name: str
    group: Literal["process", "people", "chance"]
    variance: float
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Compared:
    """A model and how well it describes the outcomes. criterion None: not fitted, p is that of a score test."""

    name: str
    parts: tuple[str, ...]
    criterion: float | None
    parameters: int
    aic: float | None
    worse_by: float | None
    p: float | None
    chosen: bool


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """How well held-out outcomes were predicted. `passed` None: it could not be checked.

    spread: mean square of (seen - predicted) / its standard deviation: 1 where all is well. slope: of what was seen
    on what was predicted. tails: share beyond the 99 % limits. shortfall_*: mean of those predicted worst.
    predicted, seen, error: for the picture, groups of workers in order of prediction.
    """

    method: str
    passed: bool | None
    reason: str
    workers: int = 0
    spread: float = float("nan")
    slope: float = float("nan")
    slope_error: float = float("nan")
    tails: float = float("nan")
    shortfall_predicted: float = float("nan")
    shortfall_seen: float = float("nan")
    predicted: tuple[float, ...] = ()
    seen: tuple[float, ...] = ()
    error: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Connectivity:
    """Whether people and mechanisms can be told apart at all."""

    components: int
    largest: int
    one_mechanism: int
    inseparable: int
    median_mechanisms: float
    reasons: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RawRanking:
    """What a ranking of raw numbers would have said, and what the model says of those it names."""

    rule: str
    named: int
    below: int
    meets: int
    cannot_tell: int
    inseparable: int
    cleared: int
    """Named, but more likely than not on the right side of the standard, or no more than chance and process."""


@dataclass(frozen=True, slots=True, eq=False)
class Attribution:
    """Person or process: what the numbers can say, and what they cannot."""

    kind: OutcomeKind
    good: Literal["high", "low"]
    outcome: str
    standard: Standard
    fdr: float
    people: People
    mechanisms: Level
    teams: Level | None
    shares: tuple[Share, ...]
    compared: tuple[Compared, ...]
    model: Mapping[str, object]
    calibration: Calibration
    connectivity: Connectivity
    rankings: tuple[RawRanking, ...]
    counts: Mapping[str, int]
    unit: str
    sentence: str
    warnings: tuple[str, ...]
    notes: tuple[str, ...]
