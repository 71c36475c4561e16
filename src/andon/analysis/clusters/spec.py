"""What is asked of a search for clusters, what it works on, and what it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from andon.analysis.clusters.windows import Grid, Window
from andon.lake import Factor
from andon.lake.times import Grain

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Times = NDArray[np.datetime64]
EVERYTHING = "everything"


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """Rows to look through, in memory; every array (N,). `at` datetime64[s], UTC.

    `attributes`: codes and levels of each column. `customers`: codes, −1 where none is known, with the names they
    stand for. `outcome`: NaN where there is none; 0 and 1 alone are read as no and yes.
    """

    at: Times
    attributes: Mapping[str, Factor] = field(default_factory=dict)
    texts: list[str] | None = None
    customers: Factor | None = None
    outcome: Floats | None = None
    grain: Grain = "second"

    def __len__(self) -> int:
        return len(self.at)


@dataclass(frozen=True, slots=True)
class ClusterSpec:
    """How to look. `window` None: seven days, or less where the records span less. `asof`: the last second that was
    known; None looks through the whole past. `now`: rows after it are mistakes. `outcome`: its name, for sentences.
    """

    window: Window | None = None
    asof: np.datetime64 | None = None
    fdr: float = 0.05
    now: np.datetime64 | None = None
    outcome: str = ""
    noun: str = "row"


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Counts of one cluster's slice, a window each (T,): what was seen, what was expected, how high chance reaches."""

    start: Times
    observed: Floats
    expected: Floats
    upper: Floats
    inside: Bools


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Records alike in attributes, words and time, more than chance allows.

    `slice`: attribute → value; empty for everything. `begin` and `end`: half-open. `observed` counts each customer
    once a window; `customers` is how many different ones, None where no customer is known. `rows`: all its records;
    `examples`: a few of them. `kind`: "count" or "rate".
    """

    slice: dict[str, str]
    terms: tuple[str, ...]
    begin: np.datetime64
    end: np.datetime64
    observed: float
    expected: float
    p_adjusted: float
    customers: int | None
    rows: Ints
    examples: tuple[int, ...]
    sentence: str
    possible_artefacts: tuple[str, ...]
    curve: Curve
    kind: str = "count"
    counted: str = ""
    contacts: int = 0
    also: dict[str, bool | None] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    strength: float = 0.0
    outcome: str = ""

    @property
    def ratio(self) -> float:
        """Observed for one expected."""
        return self.observed / self.expected if self.expected > 0 else np.inf


@dataclass(frozen=True, slots=True)
class Repeated:
    """One customer with many contacts: not a cluster of customers, but somebody to call."""

    customer: str
    contacts: int
    begin: np.datetime64
    end: np.datetime64
    usual: float
    alike: int
    examples: tuple[int, ...]
    sentence: str


@dataclass(frozen=True, slots=True, eq=False)
class Clusters:
    """What was found, strongest first, and how it was looked for."""

    clusters: tuple[Cluster, ...]
    repeated: tuple[Repeated, ...]
    grid: Grid
    used: int
    left_out: int
    collapsed: int
    looked_at: dict[str, int]
    method: tuple[str, ...]
    warnings: tuple[str, ...]
    everything: Curve
    judged: int = 0
    asof: np.datetime64 | None = None
