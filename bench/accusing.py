"""Andon's whole verdict on a world: what `andon attribute` would say of its file."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from andon.analysis.attribution import AttributionSpec, attribute
from andon.simulate.worlds import World, cells_of

BELOW, INSEPARABLE = "below standard", "cannot be separated"


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """named: bool (W,). withheld: the check on held-out weeks failed, so nobody is named.

    inseparable: share of workers. covered: share of workers whose true level lies in their interval.
    """

    named: np.ndarray
    withheld: bool
    inseparable: float
    covered: float


def verdict(world: World, rate: float) -> Verdict:
    """Whom Andon says to be below the standard, false discoveries held at `rate`."""
    recipe = world.recipe
    spec = AttributionSpec(recipe.kind, recipe.good, recipe.standard, fdr=rate, compare=False)
    found = attribute(cells_of(world), spec)
    place = np.array([int(worker) - 1 for worker in found.people.worker])
    words = np.array(found.people.verdict)
    named = np.zeros(recipe.workers, dtype=bool)
    named[place] = words == BELOW
    true = world.truth.adjusted[place]
    covered = float(((found.people.low <= true) & (true <= found.people.high)).mean())
    return Verdict(named, not found.calibration.passed, float((words == INSEPARABLE).mean()), covered)
