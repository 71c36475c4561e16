"""Factor cells: counts and sums by every combination of worker, mechanism, team, period and covariates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from andon.lake.cells import Every, Factor, Floats, Tally

OutcomeKind = Literal["proportion", "value", "count"]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class FactorSpec:
    """Which cells to make. `by` gives each factor its columns: {"worker": ("agent",), "mechanism": ("queue",)}.

    Several columns of one factor combine. `kind` None: told by the outcome. `at` adds the factor "period",
    `every` long (or longer, where there would be too many cells). `where` as in `CellSpec`.
    """

    outcome: str
    by: Mapping[str, tuple[str, ...]]
    kind: OutcomeKind | None = None
    at: str | None = None
    every: Every = "week"
    covariates: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class FactorCells:
    """Cases summed over everything they share. Every array has shape (M,), one entry a cell.

    factors: "worker", "mechanism" and, where given, "team" and "period" (levels in order of time).
    bins: the level of each covariate, by its name: of a text the text, of a number the stretch it lies in.
    slopes: covariates that are numbers: the mean within the cell, NaN where it is missing.
    n, total, squares: cases, Σy and Σy², y in units of `scale` from `shift`: (outcome - shift) / scale.
    least, most: range of the outcome as given. whole: no outcome has decimals. skewness: of the outcome.
    numbered: the ids of workers are whole numbers in the file.
    """

    factors: dict[str, Factor]
    n: Floats
    total: Floats
    squares: Floats
    kind: OutcomeKind
    bins: dict[str, Factor] = field(default_factory=dict)
    slopes: dict[str, Floats] = field(default_factory=dict)
    shift: float = 0.0
    scale: float = 1.0
    least: float = float("nan")
    most: float = float("nan")
    whole: bool = False
    skewness: float = 0.0
    every: Every | None = None
    outcome: str = "outcome"
    numbered: bool = False
    tally: Tally = field(default_factory=Tally)
    nobody: int = 0
    kind_why: str = "as asked"
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.n)

    @property
    def cases(self) -> float:
        return float(self.n.sum())
