"""Whether what would be said of somebody rests on a single stretch of time.

Thirty cases that went wrong in one week may be one event, counted thirty times, and no model of effects that add up
knows that. So each period of somebody about to be named is left out in turn; what does not outlast that is not said.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from andon.analysis.attribution.evidence import Evidence, Pairs, Variances
from andon.analysis.attribution.people import Estimates
from andon.analysis.attribution.spec import Bools, Floats, Ints
from andon.lake.factors import FactorCells

FEWEST = 4
"""Periods from which one can be left out and enough remains."""
LEVEL = 0.5
"""Without its most telling period, being below must still be more likely than not."""
UNSEEN = 1e12  # variance of a pair of which nothing is left


@dataclass(frozen=True, slots=True, eq=False)
class Lasting:
    """What is left of each person without the one period that speaks most against them, (W,).

    On the scale of the model; NaN, and period -1, for who was not looked at or has one period only.
    """

    effect: Floats
    error: Floats
    period: Ints
    cases: Floats

    def rests(self, worker: int, threshold: float, up: int) -> bool:
        """Whether somebody is not likely below any more."""
        if self.period[worker] < 0:
            return False
        off = up * (threshold - self.effect[worker]) / self.error[worker]
        return bool(ndtr(off) < LEVEL)


def lasting(
    workers: Ints, cells: FactorCells, seen: Evidence, pairs: Pairs, has: Variances, found: Estimates,
    mix: Floats, up: int,
) -> Lasting:  # fmt: skip
    """Each period of these workers (codes) left out in turn.

    mix: (mechanisms,), how much each weighs in the reference mix.
    """
    empty = np.full(pairs.workers, np.nan)
    left = Lasting(empty, empty.copy(), np.full(pairs.workers, -1), empty.copy())
    period = cells.factors.get("period")
    if period is None or len(period.levels) < FEWEST:
        return left
    codes = period.codes.astype(np.int64)
    order = np.argsort(pairs.worker[pairs.of_cell], kind="stable")
    starts = np.searchsorted(pairs.worker[pairs.of_cell][order], np.arange(pairs.workers + 1))
    for worker in workers.tolist():
        mine = order[starts[worker] : starts[worker + 1]]
        each = _without_each(mine, codes, seen, pairs, has, mix)
        most = int(np.argmax(up * each.effect))
        left.effect[worker] = found.effect[worker] + each.effect[most]
        left.error[worker] = np.sqrt(max(found.error[worker] ** 2 + each.variance[most], 1e-12))
        left.period[worker] = each.periods[most]
        left.cases[worker] = cells.n[mine][codes[mine] == each.periods[most]].sum()
    return left


@dataclass(frozen=True, slots=True, eq=False)
class Without:
    """By how much somebody's effect and its variance change where each of their periods is left out, (P,)."""

    periods: Ints
    effect: Floats
    variance: Floats


def _without_each(
    mine: Ints, period: Ints, seen: Evidence, pairs: Pairs, has: Variances, mix: Floats
) -> Without:
    periods, of_period = np.unique(period[mine], return_inverse=True)
    known, of_pair = np.unique(pairs.of_cell[mine], return_inverse=True)
    shape = (len(periods), len(known))
    weight, surplus = (
        _table(of_period, of_pair, values[mine], shape) for values in (seen.weight, seen.surplus)
    )
    share = mix[pairs.mechanism[known]]
    whole = _judged(weight.sum(0)[None], (weight**2).sum(0)[None], surplus.sum(0)[None], has, share)
    less = _judged(
        weight.sum(0) - weight, (weight**2).sum(0) - weight**2, surplus.sum(0) - surplus, has, share
    )
    return Without(periods, less[0] - whole[0], less[1] - whole[1])


def _table(rows: Ints, columns: Ints, values: Floats, shape: tuple[int, int]) -> Floats:
    flat = np.bincount(rows * shape[1] + columns, values, shape[0] * shape[1])
    out: Floats = flat.reshape(shape)
    return out


def _judged(
    weight: Floats, squares: Floats, surplus: Floats, has: Variances, share: Floats
) -> tuple[Floats, Floats]:
    """Mean and variance of somebody on the mix, (P,), from what each pair says, (P, K); up to a constant variance."""
    left: Bools = weight > 1e-9 * np.maximum(weight.max(axis=0), 1e-300)
    safe = np.where(left, weight, 1.0)
    noise = np.where(left, 1 / safe + has.spell * squares / safe**2, UNSEEN)
    told = np.where(left, surplus / safe, 0.0)
    spread = has.worker + np.eye(len(share)) * (has.pair + noise)[:, :, None]
    common = has.worker + share * has.pair
    both = np.linalg.solve(spread, np.stack([told, np.broadcast_to(common, told.shape)], axis=-1))
    return both[..., 0] @ common, -both[..., 1] @ common
