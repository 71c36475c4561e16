"""What each worker would reach on the common mix of mechanisms, teams and customers.

The common mix is that of all cases together. For each worker the expectation of every case is taken as if this
worker had served it, and averaged (direct standardisation); so it is on the scale of the outcome, whatever the
link. Good and bad days are averaged over, as nobody knows those to come.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from numpy.typing import NDArray
from scipy.optimize import brentq

from .cases import Cases
from .effects import Effects
from .links import LINKS, Floats
from .recipes import Recipe

Bools = NDArray[np.bool_]
NODES = 9


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """W workers.

    effect: (W,), log-odds, more is better.   adjusted: (W,), expected on the common mix, scale of the outcome.
    below: (W,), truly on the wrong side of the standard.   intercept: in the units of the link.
    """

    effect: Floats
    adjusted: Floats
    below: Bools
    intercept: float


def truth_of(recipe: Recipe, effects: Effects, cases: Cases) -> Truth:
    """The truth, with the intercept at which the usual worker reaches the base on this mix."""
    mix = _mix(recipe, effects, cases)
    usual, nothing = np.zeros(1), np.zeros((1, recipe.mechanisms))

    def off(intercept: float) -> float:
        return float(_expected(recipe, effects, mix, intercept, usual, nothing)[0]) - recipe.base

    link = LINKS[recipe.link]
    intercept = float(brentq(off, link.lowest, link.highest, xtol=1e-10))
    adjusted = _expected(recipe, effects, mix, intercept, effects.worker, effects.pair)
    below = adjusted < recipe.standard if recipe.good == "high" else adjusted > recipe.standard
    return Truth(effects.worker, adjusted, below, intercept)


def _mix(recipe: Recipe, effects: Effects, cases: Cases) -> Floats:
    """Shares of all cases by mechanism, team and hardness, (M, T, 2)."""
    shape = recipe.mechanisms, recipe.teams, 2
    place = np.ravel_multi_index((cases.mechanism, effects.team_of[cases.worker], cases.hard), shape)
    counts = np.bincount(place, minlength=int(np.prod(shape))).reshape(shape)
    return counts / counts.sum()


def _expected(
    recipe: Recipe, effects: Effects, mix: Floats, intercept: float, worker: Floats, pair: Floats
) -> Floats:
    """Expectation of workers (K,) with pair effects (K, M) on the mix, (K,)."""
    link = LINKS[recipe.link]
    own = worker[:, None] + pair + effects.mechanism
    nodes, weights = hermegauss(NODES if recipe.bout_sd else 1)
    bouts = list(zip(recipe.bout_sd * nodes, weights / weights.sum(), strict=True))
    total = np.zeros(len(worker))
    for team, hard in np.argwhere(mix.sum(axis=0) > 0):
        shift = own + effects.team[team] + recipe.hard * hard
        for bout, weight in bouts:
            total += weight * (link.mean(intercept + link.scale * (shift + bout)) @ mix[:, team, hard])
    return total
