"""Sparse rows: which columns each level of one grouping has, and the pairs of columns that it joins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from andon.stats.mixed.design import Grouping
from andon.stats.mixed.tally import tally
from andon.stats.segments import Floats, Ints

TABLE = 30_000_000
"""Combinations that are looked up in a table; more are sorted."""


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """Entries (row, column) in order of their row. entry: for each other grouping int (M,), what a cell adds to."""

    size: int
    row: Ints
    col: Ints
    entry: tuple[Ints, ...]

    @property
    def counts(self) -> Ints:
        """Entries of each row."""
        found: Ints = np.bincount(self.row, minlength=self.size)
        return found

    def values(self, weight: Floats) -> Floats:
        """Sum of cell weights in each entry, (entries,)."""
        out = np.zeros(len(self.row))
        for entry in self.entry:
            out += tally(entry, weight, len(out))
        return out

    def rows(self, values: Floats) -> Floats:
        """Sum over each row, (size,)."""
        return tally(self.row, values, self.size)


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of entries of one row, `first` rising; begins: where those of each first entry begin."""

    first: Ints
    second: Ints
    begins: Ints

    def products(self, one: Floats, other: Floats) -> Floats:
        return one[self.first] * other[self.second]

    def by_first(self, found: Floats, other: Floats) -> Floats:
        """Sum over the pairs of each first entry of found times the second's value; every entry begins some pair."""
        if not len(self.first):
            return np.zeros(len(self.begins))
        total: Floats = np.add.reduceat(found * other[self.second], self.begins)
        return total

    def by_second(self, found: Floats, one: Floats, size: int) -> Floats:
        return tally(self.second, found * one[self.first], size)


def pattern_of(one: Grouping, others: Iterable[tuple[Grouping, Ints]]) -> Pattern:
    """Rows of `one` over other groupings, each with the column of each of its levels."""
    rows: list[Ints] = [np.empty(0, np.int64)]
    cols: list[Ints] = [np.empty(0, np.int64)]
    entries: list[Ints] = []
    for other, column in others:
        row, level, entry = _combinations(one, other)
        entries.append(entry + sum(map(len, rows)))
        rows.append(row)
        cols.append(column[level])
    row, col = np.concatenate(rows), np.concatenate(cols)
    order = np.argsort(row, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return Pattern(one.levels, row[order], col[order], tuple(rank[entry] for entry in entries))


def pairs_within(pattern: Pattern) -> Pairs:
    """Each entry with itself and those after it in its row."""
    counts = pattern.counts
    ends = np.repeat(np.cumsum(counts), counts)
    number = np.arange(len(pattern.row))
    return _pairs(number, ends - number)


def pairs_between(one: Pattern, other: Pattern) -> Pairs:
    """Each entry of one with all those of the other in the same row."""
    counts = other.counts
    begins = np.cumsum(counts) - counts
    return _pairs(begins[one.row], counts[one.row])


def _pairs(start: Ints, follow: Ints) -> Pairs:
    begins: Ints = np.cumsum(follow) - follow
    first = np.repeat(np.arange(len(start)), follow)
    second = start[first] + np.arange(len(first)) - begins[first]
    return Pairs(first, second, begins)


def parent_of(fine: Grouping, coarse: Grouping) -> Ints:
    """A level of `coarse` that each level of `fine` lies in; the only one where `fine` is nested."""
    parent = np.zeros(fine.levels, np.int64)
    parent[fine.codes] = coarse.codes
    return parent


def _combinations(one: Grouping, other: Grouping) -> tuple[Ints, Ints, Ints]:
    """The pairs of levels that occur, and which of them each cell is."""
    parent = parent_of(one, other)
    if (parent[one.codes] == other.codes).all():
        return np.arange(one.levels), parent, one.codes
    key = one.codes * other.levels + other.codes
    if one.levels * other.levels > TABLE:
        keys, entry = np.unique(key, return_inverse=True)
    else:
        keys = np.flatnonzero(np.bincount(key, minlength=one.levels * other.levels))
        number = np.empty(one.levels * other.levels, np.int64)
        number[keys] = np.arange(len(keys))
        entry = number[key]
    return keys // other.levels, keys % other.levels, entry
