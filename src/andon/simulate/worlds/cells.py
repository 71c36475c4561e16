"""A world reduced to cells, as the lake would reduce its file."""

from __future__ import annotations

import numpy as np

from andon.lake.cells import Factor
from andon.lake.factors import FactorCells

from .effects import Ints
from .world import World

COVARIATE = "covariate"


def cells_of(world: World, *, weekly: bool = True) -> FactorCells:
    """Cells by worker, mechanism, team and week, and by hardness where the data say it; empty ones are left out.

    Without `weekly` all weeks are one. Levels are in order of the world's own numbers, those without a case included,
    so that codes are places in its arrays.
    """
    recipe, cases = world.recipe, world.cases
    hard = cases.hard if recipe.tells_hardness else np.zeros_like(cases.hard)
    week = cases.day // 5 if weekly else np.zeros_like(cases.day)
    shape = recipe.workers, recipe.mechanisms, recipe.weeks, 2
    place = np.ravel_multi_index((cases.worker, cases.mechanism, week, hard), shape)
    found, cell = np.unique(place, return_inverse=True)
    worker, mechanism, week, is_hard = np.unravel_index(found, shape)
    return FactorCells(
        factors={
            "worker": _factor(worker, recipe.workers),
            "mechanism": _factor(mechanism, recipe.mechanisms),
            "team": _factor(world.effects.team_of[worker], recipe.teams),
            "period": _factor(week, recipe.weeks),
        },
        n=np.bincount(cell).astype(np.float64),
        total=np.bincount(cell, world.outcome),
        squares=np.bincount(cell, world.outcome**2),
        kind=recipe.kind,
        bins={COVARIATE: _factor(is_hard, 2)} if recipe.tells_hardness else {},
        least=float(world.outcome.min()),
        most=float(world.outcome.max()),
        whole=recipe.kind != "value",
        every="week",
        numbered=True,
    )


def _factor(codes: Ints, levels: int) -> Factor:
    return Factor(codes.astype(np.int32), [str(level + 1) for level in range(levels)])
