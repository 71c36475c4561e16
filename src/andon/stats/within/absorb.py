"""Two crossed groupings taken out of sums exactly, as regression on all their dummies would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
RIDGE = 1e-10  # keeps a block solvable whose level is free; what it adds to one grouping the other takes off


@dataclass(frozen=True, slots=True, eq=False)
class CellCodes:
    """Where each of C cells belongs; every array (C,), codes from 0.

    group: who through what; time: a period of a block; cluster: whose errors may hang together. block (T,): the block
    (a mechanism) that each time code belongs to. A group must lie in one block: then blocks can be solved one by one.
    """

    group: Ints
    time: Ints
    cluster: Ints
    block: Ints

    @property
    def groups(self) -> int:
        return int(self.group.max(initial=-1)) + 1

    @property
    def clusters(self) -> int:
        return int(self.cluster.max(initial=-1)) + 1


@dataclass(frozen=True, slots=True, eq=False)
class Absorbed:
    """Sums by cell with what the groupings explain of them.

    n (C,): cases. sums (C, q): of q columns. level (C, q): the fitted level of every case of the cell.
    absorbed: how many free levels were fitted.
    """

    codes: CellCodes
    n: Floats
    sums: Floats
    level: Floats
    absorbed: int

    def product(self, u: int, v: int, raw: Floats) -> Floats:
        """Sum over the cases of each cluster of column u times column v, both with the groupings taken out.

        raw (C,): the sum of u times v in each cell. Shape (clusters,).
        """
        a, b = self.level[:, u], self.level[:, v]
        inner = raw - a * self.sums[:, v] - b * self.sums[:, u] + self.n * a * b
        return np.bincount(self.codes.cluster, inner, self.codes.clusters)


def absorb(codes: CellCodes, n: Floats, sums: Floats) -> Absorbed:
    """Levels of groups and times by least squares, for many columns at once. sums: (C, q).

    Groups are eliminated, which leaves one small system a block (Searle 1971, chapter 7).
    """
    group_n = np.bincount(codes.group, n, codes.groups)
    group_mean = by(codes.group, sums, codes.groups) / np.maximum(group_n, 1e-300)[:, None]
    rest = by(codes.time, sums - n[:, None] * group_mean[codes.group], len(codes.block))
    times = np.zeros((len(codes.block), sums.shape[1]))
    free = 0
    for cells, own in _blocks(codes):
        times[own], rank = _times(codes, n, group_n, cells, own, rest[own])
        free += rank
    moved = (
        by(codes.group, n[:, None] * times[codes.time], codes.groups) / np.maximum(group_n, 1e-300)[:, None]
    )
    level = (group_mean - moved)[codes.group] + times[codes.time]
    return Absorbed(codes, n, sums, level, int((group_n > 0).sum()) + free)


def by(code: Ints, columns: Floats, size: int) -> Floats:
    """Columns (C, q) summed by code: (size, q)."""
    if not columns.shape[1]:
        return np.zeros((size, 0))
    return np.stack([np.bincount(code, column, size) for column in columns.T], axis=1)


def _blocks(codes: CellCodes) -> Iterator[tuple[Ints, Ints]]:
    """Of each block, its cells and its time codes."""
    of_cell = codes.block[codes.time]
    order = np.argsort(of_cell, kind="stable")
    times = np.argsort(codes.block, kind="stable")
    edges = np.arange(int(codes.block.max(initial=-1)) + 2)
    ends, starts = np.searchsorted(of_cell[order], edges), np.searchsorted(codes.block[times], edges)
    for number in range(len(edges) - 1):
        cells, own = slice(*ends[number : number + 2]), slice(*starts[number : number + 2])
        if cells.stop > cells.start:
            yield order[cells], times[own]


def _times(
    codes: CellCodes, n: Floats, group_n: Floats, cells: Ints, own: Ints, rest: Floats
) -> tuple[Floats, int]:
    """Levels of the times of one block (k, q) and how many of them are free, once groups are known."""
    if len(own) < 2:
        return np.zeros_like(rest), 0
    names, row = np.unique(codes.group[cells], return_inverse=True)
    column = np.searchsorted(own, codes.time[cells])
    count = np.bincount(row * len(own) + column, n[cells], len(names) * len(own)).reshape(len(names), -1)
    left = np.diag(count.sum(axis=0)) - count.T @ (count / np.maximum(group_n[names], 1e-300)[:, None])
    scale = float(np.trace(left)) / len(own)
    if scale <= 1e-12 * float(count.sum()):  # every group was seen at one time only
        return np.zeros_like(rest), 0
    solved = np.linalg.solve(left + RIDGE * scale * np.eye(len(own)), rest)
    return solved, len(own) - 1
