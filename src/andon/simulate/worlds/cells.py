"""A world reduced to what a model reads: n, sum and sum of squares by worker, mechanism, week and hardness."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .effects import Ints
from .links import Floats
from .world import World


@dataclass(frozen=True, slots=True, eq=False)
class WorldCells:
    """M cells, all arrays (M,). hard is None where the data do not say it."""

    worker: Ints
    mechanism: Ints
    team: Ints
    week: Ints
    hard: Ints | None
    n: Floats
    total: Floats
    squares: Floats


def cells_of(world: World) -> WorldCells:
    """Cells in order of worker, mechanism, week and hardness; empty ones are left out."""
    recipe, cases = world.recipe, world.cases
    hard = cases.hard if recipe.tells_hardness else np.zeros_like(cases.hard)
    shape = recipe.workers, recipe.mechanisms, recipe.weeks, 2
    place = np.ravel_multi_index((cases.worker, cases.mechanism, cases.day // 5, hard), shape)
    found, cell = np.unique(place, return_inverse=True)
    worker, mechanism, week, is_hard = np.unravel_index(found, shape)
    return WorldCells(
        worker=worker,
        mechanism=mechanism,
        team=world.effects.team_of[worker],
        week=week,
        hard=is_hard if recipe.tells_hardness else None,
        n=np.bincount(cell).astype(np.float64),
        total=np.bincount(cell, world.outcome),
        squares=np.bincount(cell, world.outcome**2),
    )
