"""The grouping that is eliminated first: a diagonal block, and a sparse row over the core for each of its levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from andon.stats.mixed.design import Grouping
from andon.stats.mixed.tally import tally
from andon.stats.segments import Floats, Ints

TABLE = 30_000_000
"""Combinations that are looked up in a table; more are sorted."""


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """Pattern of the sparse rows, by entry (row, column), rows in order.

    parent: int (size,), the stem row that each level is nested in. entry: for each core grouping, int (M,), the entry
    that a cell adds to. first, second: the pairs of entries of a row, first <= second; at: their place in the core
    matrix, laid flat; begins: where the pairs of each first entry begin.
    """

    name: str
    size: int
    codes: Ints
    parent: Ints | None
    width: int
    row: Ints
    col: Ints
    entry: tuple[Ints, ...]
    first: Ints
    second: Ints
    at: Ints
    begins: Ints

    @property
    def pairs(self) -> int:
        counts = np.bincount(self.row, minlength=self.size)
        return int(counts @ (counts + 1)) // 2

    def with_pairs(self) -> Leaf:
        """The same with its pairs listed, which may be many."""
        counts = np.bincount(self.row, minlength=self.size)
        ends = np.repeat(np.cumsum(counts), counts)
        follow = ends - np.arange(len(self.row))
        begins = np.cumsum(follow) - follow
        first = np.repeat(np.arange(len(self.row)), follow)
        second = first + np.arange(len(first)) - np.repeat(begins, follow)
        at = self.col[first] * self.width + self.col[second]
        return replace(self, first=first, second=second, at=at, begins=begins)

    def entries(self, weight: Floats) -> Floats:
        """Sum of cell weights in each entry, (entries,)."""
        out = np.zeros(len(self.row))
        for entry in self.entry:
            out += tally(entry, weight, len(out))
        return out

    def gram(self, scale: Floats, values: Floats) -> Floats:
        """Sum over the levels of scale a a', (width, width), a the row of each."""
        scaled = scale[self.row] * values
        flat = tally(self.at, scaled[self.first] * values[self.second], self.width**2)
        upper: Floats = flat.reshape(self.width, self.width)
        whole: Floats = upper + upper.T
        np.einsum("ii->i", whole)[:] -= np.einsum("ii->i", upper)
        return whole

    def product(self, matrix: Floats, values: Floats) -> Floats:
        """Matrix times each row, at the entries of that row alone, (entries,); the matrix is symmetric."""
        if not len(self.first):
            return np.zeros(len(self.row))
        found = matrix.ravel()[self.at]
        ahead = np.add.reduceat(found * values[self.second], self.begins)
        behind = tally(self.second, found * values[self.first], len(self.row))
        here: Floats = ahead + behind - found[self.begins] * values
        return here


def leaf_of(
    name: str, groupings: Mapping[str, Grouping], core: tuple[str, ...], container: str | None
) -> Leaf:
    codes, size = groupings[name]
    rows: list[Ints] = []
    cols: list[Ints] = []
    entries: list[Ints] = []
    width = 0
    for other in core:
        row, col, entry = _combinations(groupings[name], groupings[other])
        entries.append(entry + sum(map(len, rows)))
        rows.append(row)
        cols.append(col + width)
        width += groupings[other].levels
    none = np.empty(0, np.int64)
    row, col = np.concatenate([none, *rows]), np.concatenate([none, *cols])
    order = np.argsort(row, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    parent = None if container is None else parent_of(groupings[name], groupings[container])
    moved = tuple(rank[entry] for entry in entries)
    return Leaf(name, size, codes, parent, width, row[order], col[order], moved, none, none, none, none)


def parent_of(fine: Grouping, coarse: Grouping) -> Ints:
    parent = np.zeros(fine.levels, np.int64)
    parent[fine.codes] = coarse.codes
    return parent


def _combinations(one: Grouping, other: Grouping) -> tuple[Ints, Ints, Ints]:
    """The pairs of levels that occur, and which of them each cell is."""
    parent = parent_of(one, other)
    if (parent[one.codes] == other.codes).all():
        return np.arange(one.levels), parent, one.codes
    key = one.codes * other.levels + other.codes
    if one.levels * other.levels <= TABLE:
        seen = np.zeros(one.levels * other.levels, bool)
        seen[key] = True
        keys = np.flatnonzero(seen)
        number = np.cumsum(seen) - 1
        entry = number[key]
    else:
        keys, entry = np.unique(key, return_inverse=True)
    return keys // other.levels, keys % other.levels, entry
