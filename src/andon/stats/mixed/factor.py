"""H = [Z X]'W[Z X] + diag(1/tau, 0), eliminated leaf, stem and core in turn."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from scipy.linalg import cho_solve, cholesky

from andon.stats.mixed.layout import Layout
from andon.stats.mixed.leaf import Leaf
from andon.stats.mixed.stem import Stem
from andon.stats.mixed.sums import Sums
from andon.stats.mixed.tally import tally, tally_columns
from andon.stats.segments import Floats

NONE = np.empty(0)


class Factor:
    """A factor of H at one set of weights and variances.

    Solutions are vectors as `Layout` lays them. `fixed=False` means the random part of H alone. Raises
    numpy.linalg.LinAlgError when H is not positive definite to working precision.
    """

    def __init__(self, layout: Layout, sums: Sums, tau: Mapping[str, float]) -> None:
        self.layout, self.sums = layout, sums
        core, rows, blocks = sums.core.copy(), sums.rows, sums.blocks
        self._ridge(core, tau)
        self.inverse_leaf, self._log_below = NONE, 0.0
        if layout.leaf:
            self.inverse_leaf = 1 / (sums.leaf + 1 / tau[layout.leaf.name])
            self._log_below -= float(np.log(self.inverse_leaf).sum())
            self._without_leaf(core)
            if layout.stem:
                rows, blocks = self._stem_without_leaf(layout.stem)
        self.rows = self.joined = self.inverse_blocks = NONE
        if layout.stem:
            self.rows = rows
            self.inverse_blocks, log = layout.stem.inverse(self._stem_ridge(blocks, tau))
            self._log_below += log
            self.joined = layout.stem.apply(self.inverse_blocks, rows)
            core -= rows.T @ self.joined
        self.lower = cholesky(core, lower=True, overwrite_a=True, check_finite=False)

    def _ridge(self, core: Floats, tau: Mapping[str, float]) -> None:
        diagonal = np.einsum("ii->i", core)
        for name, start, end in zip(
            self.layout.core, self.layout.starts, self.layout.starts[1:], strict=False
        ):
            diagonal[start:end] += 1 / tau[name]

    def _stem_ridge(self, blocks: Floats, tau: Mapping[str, float]) -> Floats:
        stem = self.layout.stem
        assert stem is not None
        out = blocks.copy()
        for name, place in stem.place.items():
            out[stem.diagonal[place]] += 1 / tau[name]
        return out

    def _without_leaf(self, core: Floats) -> None:
        """Take from the core what the leaf explains."""
        leaf, sums, scale = self.layout.leaf, self.sums, self.inverse_leaf
        assert leaf is not None
        random = self.layout.random
        core[:random, :random] -= leaf.core_gram(scale, sums.entries)
        shared = tally_columns(
            leaf.core.col, random, scale[leaf.core.row] * sums.entries, sums.covariates[leaf.core.row]
        )
        core[:random, random:] -= shared
        core[random:, :random] -= shared.T
        core[random:, random:] -= sums.covariates.T @ (scale[:, None] * sums.covariates)

    def _stem_without_leaf(self, stem: Stem) -> tuple[Floats, Floats]:
        """Rows and blocks of the stem, less what the leaf explains."""
        leaf, sums, scale = self.layout.leaf, self.sums, self.inverse_leaf
        assert leaf is not None
        random, weight = self.layout.random, scale[leaf.stem.row] * sums.stems
        rows = sums.rows.copy()
        rows[:, :random] -= leaf.cross_gram(scale, sums.stems, sums.entries, stem.size)
        rows[:, random:] -= tally_columns(leaf.stem.col, stem.size, weight, sums.covariates[leaf.stem.row])
        return rows, sums.blocks - leaf.stem_gram(scale, sums.stems, stem)

    def log_determinant(self, fixed: bool) -> float:
        diagonal = np.diagonal(self.lower)
        return self._log_below + 2 * float(
            np.log(diagonal if fixed else diagonal[: self.layout.random]).sum()
        )

    @cached_property
    def edge(self) -> tuple[Floats, Floats]:
        """Last columns of the inverse, (width, fixed), and their lowest square inverted: precision of the fixed."""
        unit = np.zeros((self.layout.width, self.layout.width - self.layout.random))
        unit[self.layout.random :] = np.eye(unit.shape[1])
        columns = cho_solve((self.lower, True), unit, check_finite=False)
        return columns, np.linalg.inv(columns[self.layout.random :])

    def _core_solve(self, right: Floats, fixed: bool) -> Floats:
        if fixed:
            found: Floats = cho_solve((self.lower, True), right, check_finite=False)
            return found
        random = self.layout.random
        padded = np.concatenate([right[:random], np.zeros(len(right) - random)])
        found = cho_solve((self.lower, True), padded, check_finite=False)
        columns, precision = self.edge
        out = found - columns @ (precision @ found[random:])
        out[random:] = 0
        return out

    def solve(self, right: Floats, fixed: bool = True) -> Floats:
        """H^-1 times a vector."""
        leaf, stem, sums = self.layout.leaf, self.layout.stem, self.sums
        random, first = self.layout.random, leaf.size if leaf else 0
        top, middle, low = right[:first], right[first : self.layout.below], right[self.layout.below :].copy()
        if leaf:
            top = top * self.inverse_leaf
            low[:random] -= tally(leaf.core.col, sums.entries * top[leaf.core.row], random)
            low[random:] -= sums.covariates.T @ top
            middle = middle - tally(leaf.stem.col, sums.stems * top[leaf.stem.row], len(middle))
        if stem:
            middle = stem.apply(self.inverse_blocks, middle)
            low -= self.rows.T @ middle
        low = self._core_solve(low, fixed)
        if stem:
            middle = middle - self.joined @ low
        if leaf:
            top = top - self.inverse_leaf * self._leaf_rows(leaf, middle, low)
        return np.concatenate([top, middle, low])

    def _leaf_rows(self, leaf: Leaf, middle: Floats, low: Floats) -> Floats:
        """Rows of H right of the leaf's block, times the rest of a vector, (leaf,)."""
        out = leaf.core.rows(self.sums.entries * low[leaf.core.col])
        out += leaf.stem.rows(self.sums.stems * middle[leaf.stem.col])
        found: Floats = out + self.sums.covariates @ low[self.layout.random :]
        return found
