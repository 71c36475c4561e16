"""Rules that fit a model, without any safeguard: what is gained by having the process in it, and what is not yet.

They show where the promise of a model breaks; `andon.analysis.attribution` is the rule that guards it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from andon.lake.factors import FactorCells
from andon.stats.mixed import Design, Fit, Grouping, fit
from andon.stats.mixed.design import Family

from .cells import COVARIATE, cells_of
from .links import LINKS, Floats, Link
from .truth import Bools
from .world import World

FAMILIES: dict[str, Family] = {"proportion": "binomial", "value": "gaussian", "count": "poisson"}
LINK_OF = {"proportion": "logit", "value": "score", "count": "errors"}


def chance_below(world: World, process: Sequence[str] = ("mechanism", "team")) -> Floats:
    """P(truly below) of each worker, (W,), from a model of workers and the named parts of the process."""
    cells = cells_of(world, weekly=False)
    found = fit(_design(world, cells, process), FAMILIES[world.recipe.kind])
    mixes = {name: _mix(cells, name, found) for name in process}
    weights = np.concatenate([[1.0], _fixed(cells).T @ cells.n / cells.n.sum()])
    reached, variance = found.contrast("worker", weights, mixes)
    limit = _limit(world, cells, found, process)
    side = 1 if _rises(world) else -1
    chance: Floats = ndtr(side * (limit - reached) / np.sqrt(np.maximum(variance, 1e-300)))
    return chance


def surely_below(chance: Floats, level: float = 0.95) -> Bools:
    """Whose chance of being below exceeds the level."""
    return chance > level


def _design(world: World, cells: FactorCells, process: Sequence[str]) -> Design:
    groupings = {name: _grouping(cells, name) for name in ("worker", *process)}
    fixed = _fixed(cells)
    squares = cells.squares if world.recipe.kind == "value" else None
    return Design(cells.n, cells.total, squares, groupings, fixed, (COVARIATE,)[: fixed.shape[1]])


def _grouping(cells: FactorCells, name: str) -> Grouping:
    factor = cells.factors[name]
    return Grouping(factor.codes.astype(np.int64), len(factor.levels))


def _fixed(cells: FactorCells) -> Floats:
    """Hardness, where it is known, (M, 0 or 1)."""
    if COVARIATE not in cells.bins:
        return np.zeros((len(cells.n), 0))
    return cells.bins[COVARIATE].codes[:, None].astype(np.float64)


def _mix(cells: FactorCells, name: str, found: Fit) -> Floats:
    """Share of all cases at each level of a factor."""
    share: Floats = np.bincount(cells.factors[name].codes, cells.n, minlength=len(found.effects[name]))
    return share / share.sum()


def _rises(world: World) -> bool:
    return world.recipe.good == "high"


def _limit(world: World, cells: FactorCells, found: Fit, process: Sequence[str]) -> float:
    """The predictor, at the middle of the mix, of whoever reaches just the standard on the mix."""
    others = {name: found.effects[name][cells.factors[name].codes] for name in process}
    around = _fixed(cells) @ found.fixed[1:] + sum(others.values(), np.zeros(len(cells.n)))
    around = around - np.average(around, weights=cells.n)
    link, sign = LINKS[LINK_OF[world.recipe.kind]], 1 if _rises(world) else -1

    def off(middle: float) -> float:
        return float(np.average(_mean(link, sign, middle + around), weights=cells.n)) - world.recipe.standard

    if world.recipe.kind == "value":
        return world.recipe.standard
    return float(brentq(off, -10, 10))


def _mean(link: Link, sign: int, predictor: Floats) -> Floats:
    """The link of "errors" falls with its predictor; the model's rises."""
    return link.mean(sign * predictor)
