"""The elements of H^-1 that are needed: its diagonal, and z'H^-1 z of each cell."""

from __future__ import annotations

import numpy as np
from scipy.linalg.lapack import dpotri

from andon.stats.mixed.factor import NONE, Factor
from andon.stats.mixed.tally import tally
from andon.stats.segments import Floats, Ints


class Inverse:
    """Elements of the inverse of H, or with `fixed=False` of its random part alone.

    core: (width, width). across: minus the elements between stem and core, (stem, width). blocks: those of the stem,
    flat. leaf: the leaf's diagonal. leaf_stem, leaf_core: between each leaf level and its stem row, and its entries.
    """

    def __init__(self, factor: Factor, fixed: bool) -> None:
        self.factor = factor
        self.core = _core_inverse(factor, fixed)
        self.across = self.blocks = NONE
        stem = factor.layout.stem
        if stem:
            self.across = factor.joined @ self.core
            self.blocks = factor.inverse_blocks + stem.outer(self.across, factor.joined)
        self.leaf = self.leaf_stem = self.leaf_core = NONE
        if factor.layout.leaf:
            self._leaf(fixed)

    def _leaf(self, fixed: bool) -> None:
        f, leaf = self.factor, self.factor.layout.leaf
        assert leaf is not None
        random, scale, entries = f.layout.random, f.inverse_leaf, f.sums.entries
        core = leaf.product(self.core[:random, :random].copy(), entries)
        spread = np.zeros(leaf.size)
        if fixed:
            core += self._by_covariates()
            spread += np.einsum("ij,ij->i", f.sums.covariates, self._with_covariates())
        spread += tally(leaf.row, entries * core, leaf.size)
        if f.parents is not None:
            core, spread = self._with_stem(f.parents, core, spread, fixed)
        self.leaf = scale + scale**2 * spread
        self.leaf_core = -scale[leaf.row] * core

    def _by_covariates(self) -> Floats:
        """Inverse of the core, fixed columns, times the covariates of each leaf level, at its entries."""
        f, leaf = self.factor, self.factor.layout.leaf
        assert leaf is not None
        out = np.zeros(len(leaf.row))
        for column in range(f.sums.covariates.shape[1]):
            out += f.sums.covariates[leaf.row, column] * self.core[f.layout.random + column, leaf.col]
        return out

    def _with_covariates(self) -> Floats:
        """Inverse of the core times the row of each leaf level, at the fixed columns, (leaf, fixed)."""
        f, leaf = self.factor, self.factor.layout.leaf
        assert leaf is not None
        random = f.layout.random
        out: Floats = f.sums.covariates @ self.core[random:, random:]
        for column in range(out.shape[1]):
            found = f.sums.entries * self.core[random + column, leaf.col]
            out[:, column] += tally(leaf.row, found, leaf.size)
        return out

    def _with_stem(self, parent: Ints, core: Floats, spread: Floats, fixed: bool) -> tuple[Floats, Floats]:
        f, leaf, stem = self.factor, self.factor.layout.leaf, self.factor.layout.stem
        assert leaf is not None
        assert stem is not None
        weight, random = f.sums.leaf, f.layout.random
        own = self.blocks[stem.diagonal[parent]]
        across = self.across[parent[leaf.row], leaf.col]
        shared = tally(leaf.row, f.sums.entries * across, leaf.size)
        if fixed:
            shared += np.einsum("ij,ij->i", f.sums.covariates, self.across[parent, random:])
        self.leaf_stem = -f.inverse_leaf * (weight * own - shared)
        return core - weight[leaf.row] * across, spread + weight**2 * own - 2 * weight * shared

    def diagonal(self) -> Floats:
        """Of H^-1, laid out as `Layout` says."""
        stem = self.factor.layout.stem
        middle = self.blocks[stem.diagonal] if stem else NONE
        return np.concatenate([self.leaf, middle, np.diagonal(self.core)])

    def leverage(self) -> Floats:
        """z'H^-1 z of each cell over its random effects, (M,)."""
        layout = self.factor.layout
        random, columns = layout.random, layout.columns
        core = self.core[:random, :random].copy().ravel()
        out = np.zeros(len(layout.x))
        for one, column in enumerate(columns):
            out += core[column * (random + 1)]
            for other in columns[one + 1 :]:
                out += 2 * core[column * random + other]
        return out + self._below_leverage()

    def _below_leverage(self) -> Floats:
        layout = self.factor.layout
        leaf, stem = layout.leaf, layout.stem
        out = np.zeros(len(layout.x))
        if leaf:
            out += self.leaf[leaf.codes]
            for entry in leaf.entry:
                out += 2 * self.leaf_core[entry]
            if stem:
                out += 2 * self.leaf_stem[leaf.codes]
        if stem:
            for (one, other), at in stem.pairs.items():
                out += (1 if one == other else 2) * self.blocks[at]
            for row in stem.rows:
                for column in layout.columns:
                    out -= 2 * self.across[row, column]
        return out


def _core_inverse(factor: Factor, fixed: bool) -> Floats:
    lower, _ = dpotri(factor.lower, lower=1)
    whole: Floats = np.tril(lower) + np.tril(lower, -1).T
    if fixed:
        return whole
    columns, precision = factor.edge
    whole -= columns @ precision @ columns.T
    random = factor.layout.random
    whole[random:] = 0
    whole[:, random:] = 0
    return whole
