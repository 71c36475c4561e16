"""The elements of H^-1 that are needed: its diagonal, and z'H^-1 z of each cell."""

from __future__ import annotations

import numpy as np
from scipy.linalg.lapack import dpotri

from andon.stats.mixed.factor import NONE, Factor
from andon.stats.mixed.leaf import Leaf, symmetric_product
from andon.stats.mixed.tally import tally_columns
from andon.stats.segments import Floats


class Inverse:
    """Elements of the inverse of H, or with `fixed=False` of its random part alone.

    core: (width, width). across: minus the elements between stem and core, (stem, width). blocks: those of the stem,
    flat. leaf: the leaf's diagonal. leaf_stem, leaf_core: between each leaf level and its entries.
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
            self._leaf(factor.layout.leaf, fixed)

    def _leaf(self, leaf: Leaf, fixed: bool) -> None:
        f, sums, scale = self.factor, self.factor.sums, self.factor.inverse_leaf
        random = f.layout.random
        core = symmetric_product(leaf.within, self.core[:random, :random].ravel()[leaf.at_core], sums.entries)
        stem = np.zeros(len(leaf.stem.row))
        if f.layout.stem:
            across = self.across[:, :random].ravel()[leaf.at_rows]
            core -= leaf.across.by_second(across, sums.stems, len(core))
            stem += symmetric_product(leaf.inside, self.blocks[leaf.at_blocks], sums.stems)
            stem -= leaf.across.by_first(across, sums.entries)
        spread = np.zeros(leaf.size)
        if fixed:
            found = self._with_covariates(leaf)
            spread += np.einsum("ij,ij->i", sums.covariates, found)
            core += np.einsum("ij,ij->i", sums.covariates[leaf.core.row], self.core[leaf.core.col, random:])
            if f.layout.stem:
                stem -= np.einsum(
                    "ij,ij->i", sums.covariates[leaf.stem.row], self.across[leaf.stem.col, random:]
                )
        spread += leaf.core.rows(sums.entries * core) + leaf.stem.rows(sums.stems * stem)
        self.leaf = scale + scale**2 * spread
        self.leaf_core = -scale[leaf.core.row] * core
        self.leaf_stem = -scale[leaf.stem.row] * stem

    def _with_covariates(self, leaf: Leaf) -> Floats:
        """The rest of the inverse times the row of each leaf level, at the fixed columns, (leaf, fixed)."""
        sums, random = self.factor.sums, self.factor.layout.random
        out: Floats = sums.covariates @ self.core[random:, random:]
        out += tally_columns(leaf.core.row, leaf.size, sums.entries, self.core[leaf.core.col, random:])
        if self.factor.layout.stem:
            out -= tally_columns(leaf.stem.row, leaf.size, sums.stems, self.across[leaf.stem.col, random:])
        return out

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
            for entry in leaf.core.entry:
                out += 2 * self.leaf_core[entry]
            for entry in leaf.stem.entry:
                out += 2 * self.leaf_stem[entry]
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
