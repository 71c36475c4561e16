"""What organisations do today to find who is below: three rules on raw numbers. Each gives bool (W,)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import ndtr
from scipy.stats import binom, poisson

from .effects import Ints
from .links import Floats
from .truth import Bools
from .world import World

LEVEL = 0.05


def lowest_tenth(world: World) -> Bools:
    """The tenth with the worst raw numbers."""
    return _lowest(_goodness(world), np.zeros(world.recipe.workers, np.int64))


def lowest_tenth_within_team(world: World) -> Bools:
    """The tenth with the worst raw numbers of each team."""
    return _lowest(_goodness(world), world.effects.team_of)


def significantly_below(world: World) -> Bools:
    """Raw numbers on the wrong side of the standard with p < .05, each worker tested alone."""
    return _chance(world) < LEVEL


RULES: dict[str, Callable[[World], Bools]] = {
    "lowest tenth by raw rate": lowest_tenth,
    "lowest tenth within own team": lowest_tenth_within_team,
    "raw rate below standard, p < .05": significantly_below,
}


def _goodness(world: World) -> Floats:
    return world.raw if world.recipe.good == "high" else -world.raw


def _lowest(goodness: Floats, group: Ints) -> Bools:
    """The lowest tenth of each group, at least one."""
    named = np.zeros(len(goodness), dtype=bool)
    for one in np.unique(group):
        members = np.flatnonzero(group == one)
        count = max(1, round(len(members) / 10))
        named[members[np.argsort(goodness[members], kind="stable")[:count]]] = True
    return named


def _chance(world: World) -> Floats:
    """Chance of raw numbers as bad as these for somebody exactly at the standard."""
    recipe, total = world.recipe, np.round(world.n * world.raw)
    if recipe.kind == "proportion":
        chance: Floats = binom.cdf(total, world.n, recipe.standard)
    elif recipe.kind == "count":
        chance = poisson.sf(total - 1, world.n * recipe.standard)
    else:
        spread = float(world.outcome.std())
        chance = ndtr((world.raw - recipe.standard) * np.sqrt(world.n) / spread)
    return chance
