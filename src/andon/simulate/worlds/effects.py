"""What is true of workers, mechanisms and teams, drawn once for a world."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .links import Floats
from .recipes import Recipe

Ints = NDArray[np.int64]
FAR_OFF, FEW = -0.55, 0.04
"""In a heavy world: how far off (log-odds) the few are, and which share of workers they are."""
FLOOR = -0.165
"""Where nobody is below the standard: the lowest effect; the standard lies at about -.175."""
HARD_SHARE = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """In log-odds, more is better. W workers, M mechanisms, T teams.

    worker: (W,).   mechanism: (M,).   team: (T,).   pair: (W, M), zeros without.
    bout: (W, days or weeks), (W, 1) of zeros without.   hard_share: (W,), share of hard cases.
    team_of: (W,), the team of each worker.   owner_of: (M,), the team of each mechanism, -1 where all use it.
    """

    worker: Floats
    mechanism: Floats
    team: Floats
    pair: Floats
    bout: Floats
    hard_share: Floats
    team_of: Ints
    owner_of: Ints


def draw_effects(rng: np.random.Generator, recipe: Recipe) -> Effects:
    """Everything that is true, before anything happens."""
    size = recipe.workers, recipe.mechanisms
    bouts = (recipe.weeks if recipe.bout == "week" else recipe.weeks * 5) if recipe.bout_sd else 1
    owners = np.arange(recipe.mechanisms) % recipe.teams
    return Effects(
        worker=_workers(rng, recipe),
        mechanism=rng.normal(0, recipe.mechanism_sd, recipe.mechanisms),
        team=rng.normal(0, recipe.team_sd, recipe.teams),
        pair=rng.normal(0, recipe.pair_sd, size) if recipe.pair_sd else np.zeros(size),
        bout=rng.normal(0, recipe.bout_sd, (recipe.workers, bouts)),
        hard_share=_hard_shares(rng, recipe),
        team_of=rng.permutation(np.arange(recipe.workers) % recipe.teams),
        owner_of=owners if recipe.nested else np.full(recipe.mechanisms, -1),
    )


def _workers(rng: np.random.Generator, recipe: Recipe) -> Floats:
    drawn = rng.normal(0, recipe.worker_sd, recipe.workers)
    if recipe.temper == "floor":
        return np.maximum(drawn, FLOOR)
    if recipe.temper == "heavy":
        few = rng.random(recipe.workers) < FEW
        return np.where(few, FAR_OFF + drawn / 2, drawn / 4)
    return drawn


def _hard_shares(rng: np.random.Generator, recipe: Recipe) -> Floats:
    """Of each worker; a beta law with the mean HARD_SHARE and the spread that is asked for."""
    if not recipe.hard_spread:
        return np.full(recipe.workers, HARD_SHARE)
    weight = HARD_SHARE * (1 - HARD_SHARE) / recipe.hard_spread**2 - 1
    return rng.beta(HARD_SHARE * weight, (1 - HARD_SHARE) * weight, recipe.workers)
