"""Units and periods taken out of a measure: what is left is how a unit moved against the others in the same period."""

from __future__ import annotations

import numpy as np

from andon.stats.segments import Bools, Floats


class Sweeper:
    """Least squares with an effect for every unit and every period, in the cells (U, T) that `mask` names.

    Any number of measures can be swept once the cells are known. Units are eliminated first, so that what is solved
    has the size of the number of periods.
    """

    def __init__(self, mask: Bools) -> None:
        self.mask = mask
        cells = mask.astype(np.float64)
        self.n = cells.sum(axis=1)
        self.per_period = cells.sum(axis=0)
        self._weights = cells / np.maximum(self.n, 1)[:, None]
        inner = np.diag(self.per_period) - cells.T @ self._weights
        self._inverse = np.linalg.pinv(inner, rcond=1e-9, hermitian=True)
        rank = int(
            np.linalg.matrix_rank(
                inner, tol=1e-9 * max(float(self.per_period.max(initial=1)), 1), hermitian=True
            )
        )
        self.joined = rank >= int((self.per_period > 0).sum()) - 1
        """Whether units of different periods can be compared at all: over others that both share."""

    def effects(self, values: Floats) -> tuple[Floats, Floats]:
        """(levels of units (U,), effects of periods (T,)): the periods' sum to zero over all cells."""
        known = np.where(self.mask, values, 0.0)
        sums = known.sum(axis=1)
        periods = self._inverse @ (known.sum(axis=0) - self._weights.T @ sums)
        total = self.per_period.sum()
        periods = periods - (periods @ self.per_period / total if total else 0.0)
        units = (sums - self.mask @ periods) / np.maximum(self.n, 1)
        return np.where(self.n > 0, units, np.nan), periods

    def rest(self, values: Floats) -> Floats:
        """What neither unit nor period explains (U, T); 0 outside the cells."""
        units, periods = self.effects(values)
        left = values - np.nan_to_num(units)[:, None] - periods[None, :]
        return np.where(self.mask, left, 0.0)
