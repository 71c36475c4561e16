"""Groupings nested in one another, eliminated as a block diagonal: one small dense block a level of the coarsest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from andon.stats.mixed.design import Grouping
from andon.stats.mixed.pattern import parent_of
from andon.stats.mixed.tally import tally
from andon.stats.segments import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Stem:
    """Rows lie block by block, blocks of one width together; blocks are kept flat, end to end.

    place: the row of each level, by grouping. rows: for each grouping int (M,), the row of each cell.
    pairs: for each two groupings (the same included), int (M,), the place of a cell in the flat blocks.
    begins, local: int (size,), where each row begins in the flat blocks, and its number within its block.
    runs: (first row, blocks, width) by width.
    """

    names: tuple[str, ...]
    size: int
    place: dict[str, Ints]
    rows: tuple[Ints, ...]
    pairs: dict[tuple[int, int], Ints]
    begins: Ints
    local: Ints
    runs: tuple[tuple[int, int, int], ...]

    @property
    def diagonal(self) -> Ints:
        """The place of each row's diagonal in the flat blocks, (size,)."""
        return self.begins + self.local

    def at(self, one: Ints, other: Ints) -> Ints:
        """The place of two rows of one block in the flat blocks."""
        return self.begins[one] + self.local[other]

    @property
    def flat(self) -> int:
        return sum(blocks * width * width for _, blocks, width in self.runs)

    def blocks(self, flat: Floats) -> Iterator[tuple[slice, Floats]]:
        """Rows of each run and its blocks as (blocks, width, width), a view."""
        start = 0
        for first, count, width in self.runs:
            end = start + count * width * width
            yield slice(first, first + count * width), flat[start:end].reshape(count, width, width)
            start = end

    def sums(self, weight: Floats) -> Floats:
        """Sums of cell weights in the blocks, flat."""
        out = np.zeros(self.flat)
        for (one, other), at in self.pairs.items():
            found = tally(at, weight, len(out))
            out += found if one == other else self.symmetric(found)
        return out

    def symmetric(self, flat: Floats) -> Floats:
        """Blocks of which one half is filled, with the other."""
        out = flat.copy()
        for (_, into), (_, half) in zip(self.blocks(out), self.blocks(flat), strict=True):
            into += half.transpose(0, 2, 1)
        out[self.diagonal] -= flat[self.diagonal]
        return out

    def apply(self, flat: Floats, rows: Floats) -> Floats:
        """Blocks times rows, (size, ...)."""
        out = np.empty_like(rows)
        for where, block in self.blocks(flat):
            count, width, _ = block.shape
            if width == 1:
                out[where] = block.reshape(count, *(1,) * (rows.ndim - 1)) * rows[where]
            else:
                out[where] = (block @ rows[where].reshape(count, width, -1)).reshape(rows[where].shape)
        return out

    def inverse(self, flat: Floats) -> tuple[Floats, float]:
        """Inverse of each block, flat, and the sum of their log determinants."""
        out = np.empty_like(flat)
        total = 0.0
        for (_, block), (_, into) in zip(self.blocks(flat), self.blocks(out), strict=True):
            if block.shape[1] == 1:
                into[:] = 1 / block
                total += float(np.log(block).sum())
                continue
            into[:] = np.linalg.inv(block)
            factor = np.linalg.cholesky(block)
            total += 2 * float(np.log(np.einsum("bii->bi", factor)).sum())
        return out, total

    def outer(self, left: Floats, right: Floats) -> Floats:
        """The blocks of left times right', flat; both (size, columns)."""
        out = np.empty(self.flat)
        for where, into in self.blocks(out):
            count, width, _ = into.shape
            if width == 1:
                into[:, 0, 0] = np.einsum("ij,ij->i", left[where], right[where])
                continue
            one, other = left[where].reshape(count, width, -1), right[where].reshape(count, width, -1)
            np.matmul(one, other.transpose(0, 2, 1), out=into)
        return out


def stem_of(groupings: Mapping[str, Grouping], names: list[str]) -> Stem | None:
    """The stem of these groupings; all are nested in the first."""
    if not names:
        return None
    container = groupings[names[0]]
    block = np.concatenate([parent_of(groupings[name], container) for name in names])
    width = np.bincount(block, minlength=container.levels)
    order = np.argsort(width, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    by_row = np.argsort(rank[block], kind="stable")
    row = np.empty(len(by_row), np.int64)
    row[by_row] = np.arange(len(by_row))
    ends = np.cumsum([groupings[name].levels for name in names])
    place = dict(zip(names, np.split(row, ends[:-1]), strict=True))
    return _with_blocks(groupings, names, place, width[order])


def _with_blocks(
    groupings: Mapping[str, Grouping], names: list[str], place: dict[str, Ints], width: Ints
) -> Stem:
    """Number the flat blocks; `width` of the blocks in order."""
    first_row: Ints = np.cumsum(width) - width
    start: Ints = np.cumsum(width * width) - width * width
    of_row = np.repeat(np.arange(len(width)), width)
    local: Ints = np.arange(len(of_row)) - first_row[of_row]
    left: Ints = start[of_row] + local * width[of_row]
    rows = tuple(place[name][groupings[name].codes] for name in names)
    pairs = {(i, j): left[rows[i]] + local[rows[j]] for i in range(len(names)) for j in range(i, len(names))}
    widths, at, counts = np.unique(width, return_index=True, return_counts=True)
    runs = tuple(zip(first_row[at].tolist(), counts.tolist(), widths.tolist(), strict=True))
    return Stem(tuple(names), len(of_row), place, rows, pairs, left, local, runs)
