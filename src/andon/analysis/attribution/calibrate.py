"""The model is asked for outcomes it has not seen: what it predicts of each person, and how sure it is.

Of each worker, two numbers on the scale of the model: the mean surplus over what the process lets expect in the
outcomes kept (a) and in those held out (b). The variances, fitted to the outcomes kept alone, say how b should lie
around its prediction from a. If people change, if days cluster, or if a part is missing, it does not.
"""

from dataclasses import dataclass

import numpy as np

from andon.analysis.attribution.evidence import Evidence, Pairs, Variances
from andon.analysis.attribution.model import PERIOD, SPELL, Parts, fitted, parent
from andon.analysis.attribution.people import variances_of
from andon.analysis.attribution.scale import Scale
from andon.analysis.attribution.separable import Separability
from andon.analysis.attribution.spec import Bools, Calibration, Floats
from andon.lake.factors import FactorCells
from andon.stats.mixed import Fit, Grouping

HELD_OUT = 0.3  # share of the cases, at the end of the time
FEWEST = 8  # people with outcomes on both sides
WORST = 0.1  # share of people, those predicted worst, whose shortfall is looked at
GROUPS = 10
ERRORS = 3.0  # standard errors that chance may explain
WIDE, STEEP, LOST = 1.25, 0.75, 0.7  # how far spread, slope and shortfall may lie off beyond that
TOO_LITTLE = "There are too few data to hold some out."
NOT_DONE = Calibration("none", None, "The check on held-out outcomes was left out.")


@dataclass(frozen=True, slots=True, eq=False)
class Halves:
    """Of each worker that has both: mean surplus kept and held out, its prediction and standard deviation, (K,)."""

    kept: Floats
    held: Floats
    predicted: Floats
    deviation: Floats


def calibration(
    cells: FactorCells,
    parts: Parts,
    fit: Fit,
    scale: Scale,
    seen: Evidence,
    pairs: Pairs,
    apart: Separability,
) -> Calibration:
    """Refits without the outcomes held out and compares."""
    held, method = _held_out(cells, parts, pairs)
    if held is None:
        return Calibration(method, None, TOO_LITTLE)
    rows = np.flatnonzero(~held)
    try:
        refit = fitted(cells, parts, scale.family, list(fit.effects), rows, fit.variances)
    except ValueError:  # what is left says too little for the model
        return Calibration(method, None, TOO_LITTLE)
    halves = _halves(parts, seen, pairs, held, variances_of(refit, parts), ~apart.inseparable)
    if len(halves.kept) < FEWEST:
        return Calibration(
            method,
            None,
            f"Only {len(halves.kept)} people have outcomes both kept and held out; {FEWEST} are needed.",
        )
    return _judged(method, halves, scale.up)


def _held_out(cells: FactorCells, parts: Parts, pairs: Pairs) -> tuple[Bools | None, str]:
    """Which cells are held out, and how they were chosen."""
    if PERIOD in parts.groupings:
        codes = parts.groupings[PERIOD].codes
        share = np.cumsum(np.bincount(codes, cells.n)) / cells.n.sum()
        last = int(np.searchsorted(share, 1 - HELD_OUT, side="right"))
        last = min(max(last, 1), len(share) - 1)
        begin = cells.factors[PERIOD].levels[last]
        return codes >= last, f"the outcomes since {begin} were held out"
    rank = _rank_within(pairs)
    if not (rank % 3 == 1).any():
        return None, "by worker and mechanism"
    method = (
        "every third combination of worker and mechanism was held out (a weaker check: without --at, changes and "
        "good and bad days cannot be seen)"
    )
    return (rank % 3 == 1)[pairs.of_cell], method


def _rank_within(pairs: Pairs) -> np.ndarray:
    """0, 1, 2, … for the mechanisms of each worker."""
    order = np.lexsort((pairs.mechanism, pairs.worker))
    first = np.searchsorted(pairs.worker[order], pairs.worker[order])
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order)) - first
    return rank


# What is expected


def _halves(parts: Parts, seen: Evidence, pairs: Pairs, held: Bools, has: Variances, judged: Bools) -> Halves:
    one, other = (_side(parts, seen, pairs, where) for where in (~held, held))
    both = judged & (one.weight > 0) & (other.weight > 0)
    shared = np.bincount(pairs.worker, one.share * other.share, pairs.workers)
    common = has.worker + has.pair * shared
    before = has.worker + has.pair * one.pair + has.spell * one.spell + 1 / np.maximum(one.weight, 1e-300)
    after = (
        has.worker + has.pair * other.pair + has.spell * other.spell + 1 / np.maximum(other.weight, 1e-300)
    )
    predicted = common / before * one.mean
    deviation = np.sqrt(np.maximum(after - common**2 / before, 1e-300))
    return Halves(one.mean[both], other.mean[both], predicted[both], deviation[both])


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """weight, mean surplus (W,); pair, spell: sums of squared shares (W,); share of each pair (K,)."""

    weight: Floats
    mean: Floats
    pair: Floats
    spell: Floats
    share: Floats


def _side(parts: Parts, seen: Evidence, pairs: Pairs, where: Bools) -> _Side:
    weight = np.bincount(pairs.of_cell, seen.weight * where, len(pairs.worker))
    total = np.bincount(pairs.worker, weight, pairs.workers)
    safe = np.maximum(total, 1e-300)
    surplus = np.bincount(pairs.worker[pairs.of_cell], seen.surplus * where, pairs.workers)
    share = weight / safe[pairs.worker]
    spell = np.zeros(pairs.workers)
    if SPELL in parts.groupings:
        part = parts.groupings[SPELL]
        owner = parent(part, Grouping(pairs.worker[pairs.of_cell], pairs.workers))
        of_spell = np.bincount(part.codes, seen.weight * where, part.levels)
        spell = np.bincount(owner, (of_spell / safe[owner]) ** 2, pairs.workers)
    return _Side(total, surplus / safe, np.bincount(pairs.worker, share**2, pairs.workers), spell, share)


# Whether it was so


def _judged(method: str, halves: Halves, up: int) -> Calibration:
    z = (halves.held - halves.predicted) / halves.deviation
    count = len(z)
    spread, spread_error = float(np.mean(z**2)), float(np.std(z**2) / np.sqrt(count))
    slope, slope_error = _slope(halves)
    wanted, got, error = _worst(halves, up)
    faults = []
    if spread - ERRORS * spread_error > WIDE:
        faults.append(f"outcomes lay {np.sqrt(spread):.2f} times as far from the prediction as it allows")
    if slope + ERRORS * slope_error < STEEP:
        faults.append(f"of a predicted difference between people only {max(slope, 0):.0%} came true")
    if wanted < 0 and got - ERRORS * error > LOST * wanted:
        faults.append("those predicted worst did clearly better than predicted")
    passed = not faults
    reason = "What was predicted of people came true, within its uncertainty." if passed else (
        f"What was predicted of people did not come true: {'; '.join(faults)}."
    )  # fmt: skip
    predicted, observed, errors = _groups(halves)
    return Calibration(
        method, passed, reason, count, spread, slope, slope_error, float(np.mean(np.abs(z) > 2.5758)), wanted * up,
        got * up, predicted, observed, errors,
    )  # fmt: skip


def _slope(halves: Halves) -> tuple[float, float]:
    """Of what was seen on what was predicted, and its standard error."""
    weight = 1 / halves.deviation**2
    told = float(np.sum(weight * halves.predicted**2))
    if told < 1e-12:
        return 1.0, float("inf")
    return float(np.sum(weight * halves.predicted * halves.held) / told), float(1 / np.sqrt(told))


def _worst(halves: Halves, up: int) -> tuple[float, float, float]:
    """Mean predicted and seen of those predicted worst (below 0 is worse), and the standard error."""
    count = max(round(WORST * len(halves.kept)), 1)
    worst = np.argsort(up * halves.predicted, kind="stable")[:count]
    error = float(np.sqrt(np.sum(halves.deviation[worst] ** 2)) / count)
    return float(up * halves.predicted[worst].mean()), float(up * halves.held[worst].mean()), error


def _groups(halves: Halves) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
    """Workers in ten groups by prediction: predicted, seen, standard error of each."""
    groups = np.array_split(np.argsort(halves.predicted, kind="stable"), min(GROUPS, len(halves.kept)))
    predicted = tuple(float(halves.predicted[g].mean()) for g in groups)
    seen = tuple(float(halves.held[g].mean()) for g in groups)
    return predicted, seen, tuple(float(np.sqrt(np.sum(halves.deviation[g] ** 2)) / len(g)) for g in groups)
