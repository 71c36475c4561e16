"""A fit's solved equations, kept so that contrasts and intervals can be asked of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from andon.stats.mixed.design import Grouping
from andon.stats.mixed.factor import Factor
from andon.stats.segments import Floats, Ints

Intervals = Callable[[float, bool], dict[str, tuple[float, float]]]


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """factor of H; used: levels with cases, by grouping; back: see `Columns`; scale: residual variance or 1.

    variances: of the levels without cases. diagonal: of H^-1.
    """

    factor: Factor
    used: dict[str, Ints]
    back: Floats
    scale: float
    variances: dict[str, float]
    diagonal: Floats
    intervals: Intervals

    def spread(self, name: str, levels: int) -> Floats:
        """Prediction error variance of each level, (levels,)."""
        out = np.full(levels, self.variances[name])
        if self.variances[name] > 0:
            out[self.used[name]] = self.scale * self.factor.layout.levels(self.diagonal, name)
        return out

    def fixed_covariance(self) -> Floats:
        columns, _ = self.factor.edge
        covariance: Floats = self.scale * self.back @ columns[self.factor.layout.random :] @ self.back.T
        return covariance

    def contrast_variance(
        self, factor: str, pev: Floats, weights: Floats, others: Mapping[str, Floats]
    ) -> Floats:
        """Variance of u_j + w'b + sum of v'u for every level j of `factor`, (levels,): one solve."""
        layout = self.factor.layout
        right = np.zeros(layout.length)
        right[len(right) - layout.x.shape[1] :] = self.back.T @ weights
        unseen, known = 0.0, [name for name in others if self.variances[name] > 0]
        for name in known:
            used, v = self.used[name], others[name]
            right[layout.places[name]] += v[used]
            unseen += self.variances[name] * float(v @ v - v[used] @ v[used])
        found = self.factor.solve(right)
        out: Floats = pev + self.scale * float(right @ found) + unseen
        if self.variances[factor] > 0:
            used = self.used[factor]
            out[used] += 2 * self.scale * layout.levels(found, factor)
            if factor in known:
                rest = np.ones(len(out), bool)
                rest[used] = False
                out[rest] += 2 * self.variances[factor] * others[factor][rest]
        return out


def used_levels(groupings: Mapping[str, Grouping]) -> tuple[dict[str, Grouping], dict[str, Ints]]:
    """The groupings with only levels that have cells, numbered anew, and which levels those are."""
    compact: dict[str, Grouping] = {}
    used: dict[str, Ints] = {}
    for name, (codes, levels) in groupings.items():
        seen = np.bincount(codes, minlength=levels) > 0
        used[name] = np.flatnonzero(seen)
        new = codes if seen.all() else (np.cumsum(seen) - 1)[codes]
        compact[name] = Grouping(new, len(used[name]))
    return compact, used
