"""Who served what, and when: one row a case."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .effects import Effects, Ints
from .links import Floats
from .recipes import Recipe

FEWEST = 5
POPULARITY = 0.5
"""Spread, on the scale of a Gumbel draw, of how much a mechanism is used."""


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """N cases: worker, mechanism, working day from 0, and whether the case was hard, all (N,)."""

    worker: Ints
    mechanism: Ints
    day: Ints
    hard: Ints


def draw_cases(rng: np.random.Generator, recipe: Recipe, effects: Effects) -> Cases:
    """Cases in order of worker and mechanism."""
    drawn = recipe.cases * np.exp(rng.normal(0, recipe.cases_spread, recipe.workers))
    sizes = np.maximum(FEWEST, np.round(drawn)).astype(np.int64)
    served = _mechanisms(rng, recipe, effects)
    shares = rng.dirichlet(np.ones(served.shape[1]), recipe.workers)
    counts = rng.multinomial(sizes, shares)
    worker = np.repeat(np.arange(recipe.workers), sizes)
    return Cases(
        worker=worker,
        mechanism=np.repeat(served.ravel(), counts.ravel()),
        day=_days(rng, recipe, worker),
        hard=(rng.random(len(worker)) < effects.hard_share[worker]).astype(np.int64),
    )


def _mechanisms(rng: np.random.Generator, recipe: Recipe, effects: Effects) -> Ints:
    """Those each worker serves through, (W, served): likelier where sorting draws the worker."""
    appeal = rng.normal(0, POPULARITY, recipe.mechanisms) + rng.gumbel(size=effects.pair.shape)
    appeal += recipe.sorting * np.outer(_standard(effects.worker), _standard(effects.mechanism))
    foreign = (effects.owner_of >= 0) & (effects.owner_of != effects.team_of[:, None])
    liked = np.argsort(np.where(foreign, -np.inf, appeal), axis=1)
    return liked[:, -recipe.served :]


def _standard(values: Floats) -> Floats:
    spread = float(values.std())
    return (values - values.mean()) / (spread if spread > 0 else 1.0)


def _days(rng: np.random.Generator, recipe: Recipe, worker: Ints) -> Ints:
    """A working day of its worker for each case."""
    all_days = recipe.weeks * 5
    calendar = rng.permuted(np.tile(np.arange(all_days), (recipe.workers, 1)), axis=1)
    day: Ints = calendar[worker, rng.integers(0, min(recipe.days, all_days), len(worker))]
    return day
