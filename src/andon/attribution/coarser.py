"""Fewer cells from many: longer periods and fewer attributes of the mix. Nothing is lost but detail."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from andon.lake.cells import Factor
from andon.lake.factors import FactorCells

QUARTER = 3


def coarser(cells: FactorCells, most: int) -> FactorCells:
    """The finest of a few coarser forms that has at most `most` cells, or the coarsest; what was left out is noted."""
    for step in _steps(cells):
        if len(cells) <= most:
            break
        cells = merged(step(cells))
    return cells


def _steps(cells: FactorCells) -> Iterator[Callable[[FactorCells], FactorCells]]:
    """The first attribute of the mix is kept longest: a mix that is left out is taken for people's doing."""
    mix = list(cells.bins)
    if cells.every == "week":
        yield lambda found: _longer(found, "month", _month)
    for name in reversed(mix[1:]):
        yield lambda found, name=name: _without(found, name)
    if cells.every in ("week", "month"):
        yield lambda found: _longer(found, "quarter", _quarter)
    for name in mix[:1]:
        yield lambda found, name=name: _without(found, name)


def _month(day: str) -> str:
    return day[:7] + "-01"


def _quarter(day: str) -> str:
    return f"{day[:4]}-{(int(day[5:7]) - 1) // QUARTER * QUARTER + 1:02d}-01"


def _longer(cells: FactorCells, every: str, start: Callable[[str], str]) -> FactorCells:
    factor = cells.factors["period"]
    begins = [start(day) for day in factor.levels]
    levels = sorted(set(begins))
    place = np.array([levels.index(begin) for begin in begins], np.int32)
    period = Factor(place[factor.codes], levels)
    return replace(cells, factors=cells.factors | {"period": period}, every=every)  # type: ignore[arg-type]


def _without(cells: FactorCells, name: str) -> FactorCells:
    bins = {other: factor for other, factor in cells.bins.items() if other != name}
    note = f"“{name}” is not in the model: with it there would be more combinations than can be computed."
    return replace(cells, bins=bins, notes=(*cells.notes, note))


def merged(cells: FactorCells) -> FactorCells:
    """Cells that share every level become one."""
    every = [*cells.factors.values(), *cells.bins.values()]
    key = np.zeros(len(cells), np.int64)
    for factor in every:
        key = np.unique(key * len(factor.levels) + factor.codes, return_inverse=True)[1].astype(np.int64)
    first = np.unique(key, return_index=True)[1]

    def picked(factor: Factor) -> Factor:
        return Factor(factor.codes[first], factor.levels)

    sums = {name: np.bincount(key, getattr(cells, name)) for name in ("n", "total", "squares")}
    return replace(
        cells,
        factors={name: picked(factor) for name, factor in cells.factors.items()},
        bins={name: picked(factor) for name, factor in cells.bins.items()},
        **sums,
    )
