"""A world drawn from a recipe."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .cases import Cases, draw_cases
from .effects import Effects, Ints, draw_effects
from .links import LINKS, Floats
from .recipes import Recipe
from .truth import Truth, truth_of


@dataclass(frozen=True, eq=False)
class World:
    """What happened, in N cases, and what is true of it. outcome: float64 (N,)."""

    recipe: Recipe
    effects: Effects
    cases: Cases
    outcome: Floats
    truth: Truth

    @cached_property
    def team(self) -> Ints:
        """Of each case, (N,)."""
        return self.effects.team_of[self.cases.worker]

    @cached_property
    def n(self) -> Floats:
        """Cases of each worker, (W,)."""
        return np.bincount(self.cases.worker, minlength=self.recipe.workers).astype(np.float64)

    @cached_property
    def raw(self) -> Floats:
        """What each worker reached, (W,): the mean over whatever came their way."""
        total = np.bincount(self.cases.worker, self.outcome, minlength=self.recipe.workers)
        return total / np.maximum(self.n, 1)


def draw_world(rng: np.random.Generator, recipe: Recipe) -> World:
    """One world. Whatever the recipe leaves out costs no draw elsewhere: each part has its own stream."""
    who, what, when = rng.spawn(3)
    effects = draw_effects(who, recipe)
    cases = draw_cases(what, recipe, effects)
    truth = truth_of(recipe, effects, cases)
    return World(recipe, effects, cases, _outcomes(when, recipe, effects, cases, truth), truth)


def _outcomes(
    rng: np.random.Generator, recipe: Recipe, effects: Effects, cases: Cases, truth: Truth
) -> Floats:
    link = LINKS[recipe.link]
    mean = link.mean(truth.intercept + link.scale * _shift(recipe, effects, cases))
    if recipe.kind == "value":
        return mean + rng.normal(0, 1, len(mean))
    if recipe.kind == "count":
        return rng.poisson(mean).astype(np.float64)
    return (rng.random(len(mean)) < mean).astype(np.float64)


def _shift(recipe: Recipe, effects: Effects, cases: Cases) -> Floats:
    """The sum of effects on each case, (N,), log-odds."""
    shift = effects.worker[cases.worker] + effects.mechanism[cases.mechanism]
    shift += effects.team[effects.team_of[cases.worker]] + recipe.hard * cases.hard
    shift += effects.pair[cases.worker, cases.mechanism]
    if recipe.bout_sd:
        shift += effects.bout[cases.worker, cases.day // 5 if recipe.bout == "week" else cases.day]
    return shift
