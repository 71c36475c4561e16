"""What a mixed model is fitted to: one row a cell, each cell in one level of every grouping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from andon.stats.segments import Floats, Ints

Family = Literal["gaussian", "binomial", "poisson"]
Method = Literal["reml", "ml"]


class Grouping(NamedTuple):
    """A random factor: `codes` int (M,) say which level each cell is in, 0 to `levels` - 1."""

    codes: Ints
    levels: int


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """M cells; rows that agree in every grouping and covariate may be one cell, and nothing is lost.

    n: float (M,), cases (gaussian, binomial) or exposure (poisson). A cell with n = 0 says nothing.
    total: float (M,), sum of the outcome over the cases.
    squares: float (M,), sum of its squares; gaussian only.
    groupings: random factors by name, crossed or nested alike.
    fixed: float (M, p), covariates without an intercept, which is added first.
    fixed_names: a name for each column of `fixed`.
    """

    n: Floats
    total: Floats
    squares: Floats | None
    groupings: Mapping[str, Grouping]
    fixed: Floats
    fixed_names: tuple[str, ...]


def checked(design: Design, family: Family) -> Design:
    """The same design as float64 and int64 arrays without empty cells; ValueError says what is wrong."""
    n = _column("n", design.n, None)
    total = _column("total", design.total, len(n))
    squares = _squares(design, family, len(n))
    fixed = _fixed(design, len(n))
    groupings = {name: _grouping(name, found, len(n)) for name, found in design.groupings.items()}
    if not groupings:
        raise ValueError("a mixed model needs at least one grouping, such as worker or mechanism")
    _check_outcome(n, total, family)
    some = n > 0
    if not some.any():
        raise ValueError("there are no cases: every cell has n = 0, or there are no cells")
    if some.all():
        return Design(n, total, squares, groupings, fixed, tuple(design.fixed_names))
    return Design(
        n[some],
        total[some],
        None if squares is None else squares[some],
        {name: Grouping(codes[some], levels) for name, (codes, levels) in groupings.items()},
        fixed[some],
        tuple(design.fixed_names),
    )


def _column(name: str, values: Floats, length: int | None) -> Floats:
    column = np.asarray(values, np.float64)
    if column.ndim != 1:
        raise ValueError(f"{name} must have one number a cell, not the shape {column.shape}")
    if length is not None and len(column) != length:
        raise ValueError(f"{name} has {len(column)} cells where n has {length}")
    if len(column) and not np.isfinite(column).all():
        at = int(np.flatnonzero(~np.isfinite(column))[0])
        raise ValueError(f"{name} is {column[at]} in cell {at}: leave out cells whose {name} is not known")
    return column


def _squares(design: Design, family: Family, cells: int) -> Floats | None:
    if family != "gaussian":
        return None
    if design.squares is None:
        raise ValueError("a gaussian model needs the sum of squares of each cell: give squares")
    return _column("squares", design.squares, cells)


def _fixed(design: Design, cells: int) -> Floats:
    fixed = np.asarray(design.fixed, np.float64)
    names = tuple(design.fixed_names)
    if fixed.size == 0 and not names:
        return np.empty((cells, 0))
    if fixed.shape != (cells, len(names)):
        raise ValueError(f"fixed has the shape {fixed.shape}, but {cells} cells and {len(names)} names")
    if len(set(names)) < len(names) or "(intercept)" in names:
        raise ValueError("each covariate needs a name of its own, and (intercept) is taken")
    for column, name in enumerate(names):
        _column(f"covariate {name}", fixed[:, column], cells)
    return fixed


def _grouping(name: str, grouping: Grouping, cells: int) -> Grouping:
    codes = np.asarray(grouping.codes)
    levels = int(grouping.levels)
    if codes.shape != (cells,):
        raise ValueError(f"{name} has codes of the shape {codes.shape} where there are {cells} cells")
    if cells and not np.issubdtype(codes.dtype, np.integer):
        raise ValueError(f"{name} has codes that are not whole numbers; number its levels from 0")
    if cells and (codes.min() < 0 or codes.max() >= levels):
        raise ValueError(
            f"{name} has codes from {codes.min()} to {codes.max()}, but {levels} levels "
            f"(0 to {levels - 1}); leave out cells whose {name} is not known"
        )
    return Grouping(codes.astype(np.int64, copy=False), levels)


def _check_outcome(n: Floats, total: Floats, family: Family) -> None:
    _refuse(n < 0, "n is below 0", "cases and exposures are counted")
    _refuse(
        (n == 0) & (total != 0), "total is not 0 although n is", "an outcome needs a case or some exposure"
    )
    if family != "gaussian":
        _refuse(total < 0, "total is below 0", "it counts events")
    if family == "binomial":
        _refuse(
            total > n * (1 + 1e-12), "total is above n", "for yes or no it counts the cases that were yes"
        )


def _refuse(wrong: np.ndarray, what: str, why: str) -> None:
    if wrong.any():
        raise ValueError(f"{what} in cell {int(np.flatnonzero(wrong)[0])}: {why}")
