"""What is asked and what is answered. Units are teams, sites or organisations, never persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from andon.lake import Refused
from andon.stats.linked import Association

Floats = NDArray[np.float64]
LinkEvery = Literal["week", "month", "quarter", "year"]
Side = Literal["employee", "customer"]
Good = Literal["high", "low"]
Verdict = Literal["association", "no sign", "cannot tell"]
Direction = Literal["employee first", "customer first", "unknown", ""]
FEWEST_BETWEEN = 8
FEWEST_WITHIN = 5
FEWEST_PERIODS = 2


@dataclass(frozen=True, slots=True)
class LinkQuestion:
    """Files, columns and how to judge. A column of the customers' file may be named otherwise.

    every: None is the coarser of both files. begins: month in which years begin; None: January, or April where years
    are written 2016/17. lags: None is three periods, or one of years and quarters.
    """

    employee_data: str
    customer_data: str
    unit: str
    at: str
    employee: tuple[str, ...]
    customer: tuple[str, ...]
    of: str | None = None
    good: tuple[str, ...] = ()
    unit_customer: str | None = None
    at_customer: str | None = None
    where: tuple[str, ...] = ()
    every: LinkEvery | None = None
    begins: int | None = None
    fdr: float = 0.05
    lags: int | None = None
    permutations: int = 4999
    seed: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """One measure by unit and period: `values` (U, T), NaN where there is none. unit: as in `ControlChart`."""

    side: Side
    column: str
    name: str
    values: Floats
    unit: str
    good: Good | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """Both files on the same units and consecutive periods. `alone`: units that only one file has, by side."""

    units: list[str]
    periods: list[str]
    every: LinkEvery
    employee: tuple[Measure, ...]
    customer: tuple[Measure, ...]
    alone: dict[Side, list[str]]
    rows: dict[Side, int]
    refused: Sequence[Refused]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What goes with `step` more of the employee measure, in units of the customer measure, with its interval."""

    step: float
    change: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Told:
    """An association, adjusted for how many were looked at, and what may be said of it."""

    found: Association
    p_adjusted: float
    verdict: Verdict
    why: str
    step: Step | None


@dataclass(frozen=True, slots=True)
class ToldLag:
    """One measure so many periods before the other. clear: distinguishable from none."""

    leads: Side
    lag: int
    found: Association
    p_adjusted: float
    held: bool
    plain: float
    clear: bool


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """One pair of measures."""

    employee: Measure
    customer: Measure
    between: Told
    within: Told
    lags: tuple[ToldLag, ...]
    direction: Direction
    simpson: bool
    pooled: float
    first: str
    last: str
    periods: int
    sentence: str


@dataclass(frozen=True, slots=True, eq=False)
class Linked:
    """All pairs; `looks` is how many chances were adjusted together: between and within, and lags on their own."""

    question: LinkQuestion
    joined: Joined
    links: tuple[Link, ...]
    looks: int
    lag_looks: int
    lags: int
    warnings: tuple[str, ...]
