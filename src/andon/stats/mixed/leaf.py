"""The grouping that is eliminated first: a diagonal block, and a sparse row over stem and core for each level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from andon.stats.mixed.design import Grouping
from andon.stats.mixed.pattern import Pairs, Pattern, pairs_between, pairs_within, pattern_of
from andon.stats.mixed.stem import Stem
from andon.stats.mixed.tally import tally
from andon.stats.segments import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """core, stem: its rows. within, inside, across: pairs of core entries, of stem entries, and of stem and core.

    at_core, at_blocks, at_rows: where those pairs lie in the core matrix, the stem's blocks and its rows, all flat.
    """

    name: str
    size: int
    codes: Ints
    width: int
    core: Pattern
    stem: Pattern
    within: Pairs
    inside: Pairs
    across: Pairs
    at_core: Ints
    at_blocks: Ints
    at_rows: Ints

    def core_gram(self, scale: Floats, values: Floats) -> Floats:
        """Sum over the levels of scale a a', (width, width), a the core part of each row."""
        found = self.within.products(scale[self.core.row] * values, values)
        upper: Floats = tally(self.at_core, found, self.width**2).reshape(self.width, self.width)
        whole: Floats = upper + upper.T
        np.einsum("ii->i", whole)[:] -= np.einsum("ii->i", upper)
        return whole

    def stem_gram(self, scale: Floats, values: Floats, stem: Stem) -> Floats:
        """The same of the stem part, as flat blocks."""
        found = self.inside.products(scale[self.stem.row] * values, values)
        return stem.symmetric(tally(self.at_blocks, found, stem.flat))

    def cross_gram(self, scale: Floats, stem_values: Floats, core_values: Floats, rows: int) -> Floats:
        """The same between them, (stem rows, width)."""
        found = self.across.products(scale[self.stem.row] * stem_values, core_values)
        return tally(self.at_rows, found, rows * self.width).reshape(rows, self.width)


def symmetric_product(pairs: Pairs, found: Floats, values: Floats) -> Floats:
    """A symmetric matrix times each row, at the entries of that row; `found`, the matrix at the pairs."""
    if not len(values):
        return np.zeros(0)
    own = found[pairs.begins] * values  # each entry's first pair is with itself
    return pairs.by_first(found, values) + pairs.by_second(found, values, len(values)) - own


def pairs_of_leaf(
    name: str, groupings: Mapping[str, Grouping], core: tuple[str, ...], stem: list[str]
) -> int:
    """How many pairs a leaf would have: what it costs."""
    counts = []
    for others in (core, stem):
        wanted = ((groupings[other], np.zeros(groupings[other].levels, np.int64)) for other in others)
        counts.append(pattern_of(groupings[name], wanted).counts)
    one, other = counts
    return int((one @ (one + 1) + other @ (other + 1)) // 2 + one @ other)


def leaf_of(name: str, groupings: Mapping[str, Grouping], core: tuple[str, ...], stem: Stem | None) -> Leaf:
    starts = np.cumsum([0, *(groupings[other].levels for other in core)])
    columns = (start + np.arange(groupings[other].levels) for other, start in zip(core, starts, strict=False))
    wide = pattern_of(groupings[name], zip((groupings[other] for other in core), columns, strict=True))
    names = stem.names if stem else ()
    near = pattern_of(groupings[name], ((groupings[other], stem.place[other]) for other in names if stem))
    within, inside, across = pairs_within(wide), pairs_within(near), pairs_between(near, wide)
    width = int(starts[-1])
    return Leaf(
        name,
        groupings[name].levels,
        groupings[name].codes,
        width,
        wide,
        near,
        within,
        inside,
        across,
        wide.col[within.first] * width + wide.col[within.second],
        stem.at(near.col[inside.first], near.col[inside.second]) if stem else inside.first,
        near.col[across.first] * width + wide.col[across.second],
    )
