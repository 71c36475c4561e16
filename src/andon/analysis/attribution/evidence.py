"""What the cases say of each worker at each mechanism, once the process is taken out."""

from dataclasses import dataclass

import numpy as np

from andon.analysis.attribution.model import (
    MECHANISM,
    PAIR,
    PERIOD,
    SPELL,
    TEAM,
    WORKER,
    Parts,
    crossed,
    parent,
)
from andon.analysis.attribution.scale import Scale
from andon.analysis.attribution.spec import Floats, Ints
from andon.lake.factors import FactorCells
from andon.stats.mixed import Fit, Grouping


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Per cell (M,): the predictor of the process alone, and what the cases say beyond it.

    surplus / weight is an estimate of the person's part of the predictor, with variance 1 / weight.
    """

    predictor: Floats
    weight: Floats
    surplus: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Variances:
    """Of people, of people at mechanisms, of people in periods; 0 where the model has no such part."""

    worker: float
    pair: float
    spell: float


def process_predictor(fit: Fit, parts: Parts) -> Floats:
    """What each cell would be expected to be with the usual person in it, (M,)."""
    codes = {name: parts.groupings[name].codes for name in parts.process if name in fit.effects}
    return fit.predict(codes, parts.process_fixed)


def evidence(cells: FactorCells, parts: Parts, fit: Fit, scale: Scale) -> Evidence:
    """Working observations where the fit lies: a step from there, not from the usual person, who may be far away."""
    process = process_predictor(fit, parts)
    whole = fit.predict({name: parts.groupings[name].codes for name in fit.effects}, parts.fixed)
    weight = scale.weight(whole, cells.n, fit.residual)
    beyond = scale.surplus(whole, cells.n, cells.total, fit.residual)
    return Evidence(process, weight, beyond + weight * (whole - process))


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """One entry a pair of worker and mechanism that occurs, (K,). `of_cell` (M,): the pair of each cell.

    weight, surplus: as of the cells, summed. spread: sum of squared shares of its weight by period: 1 in one period.
    """

    worker: Ints
    mechanism: Ints
    n: Floats
    weight: Floats
    surplus: Floats
    spread: Floats
    of_cell: Ints
    workers: int
    mechanisms: int

    def noise(self, spell: float) -> Floats:
        """Variance of the pair's mean surplus around the truth, by chance and by good and bad periods, (K,)."""
        return 1 / np.maximum(self.weight, 1e-300) + spell * self.spread


def _grouping(cells: FactorCells, name: str) -> Grouping:
    factor = cells.factors[name]
    return Grouping(factor.codes.astype(np.int64), len(factor.levels))


def pairs_of(cells: FactorCells, parts: Parts, seen: Evidence) -> Pairs:
    worker, mechanism = _grouping(cells, WORKER), _grouping(cells, MECHANISM)
    pair = parts.groupings[PAIR] if PAIR in parts.groupings else crossed(worker, mechanism)
    return _pairs(worker, mechanism, pair, _spells(cells, parts), cells.n, seen)


def team_pairs(cells: FactorCells, parts: Parts, seen: Evidence) -> Pairs | None:
    """The same of worker and team; None without teams."""
    if TEAM not in cells.factors or len(cells.factors[TEAM].levels) < 2:
        return None
    worker, team = _grouping(cells, WORKER), _grouping(cells, TEAM)
    return _pairs(worker, team, crossed(worker, team), None, cells.n, seen)


def _spells(cells: FactorCells, parts: Parts) -> Grouping | None:
    if SPELL in parts.groupings:
        return parts.groupings[SPELL]
    return crossed(_grouping(cells, WORKER), _grouping(cells, PERIOD)) if PERIOD in cells.factors else None


def _pairs(
    worker: Grouping, mechanism: Grouping, pair: Grouping, spell: Grouping | None, n: Floats, seen: Evidence
) -> Pairs:
    weight = np.bincount(pair.codes, seen.weight, pair.levels)
    spread = np.ones(pair.levels)
    if spell is not None:
        both = crossed(pair, spell)
        owner = parent(both, pair)
        share = np.bincount(both.codes, seen.weight, both.levels) / np.maximum(weight, 1e-300)[owner]
        spread = np.bincount(owner, share**2, pair.levels)
    return Pairs(
        parent(pair, worker), parent(pair, mechanism), np.bincount(pair.codes, n, pair.levels), weight,
        np.bincount(pair.codes, seen.surplus, pair.levels), spread, pair.codes, worker.levels, mechanism.levels,
    )  # fmt: skip
