"""[Z X]'W[Z X] for one set of cell weights, in the pieces that a layout needs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from andon.stats.mixed.layout import Layout
from andon.stats.mixed.tally import cross_tally, tally, tally_columns
from andon.stats.segments import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """core: (width, width). blocks: flat blocks of the stem. rows: (stem, width), stem by core.

    leaf, entries, stems, covariates: weight of each leaf level, of its entries over core and stem, and with x.
    """

    core: Floats
    leaf: Floats
    entries: Floats
    stems: Floats
    covariates: Floats
    blocks: Floats
    rows: Floats


def sums_of(layout: Layout, weight: Floats) -> Sums:
    nothing = np.empty(0)
    leaf = entries = stems = covariates = blocks = rows = nothing
    if layout.leaf:
        leaf = tally(layout.leaf.codes, weight, layout.leaf.size)
        entries, stems = layout.leaf.core.values(weight), layout.leaf.stem.values(weight)
        covariates = tally_columns(layout.leaf.codes, layout.leaf.size, weight, layout.x)
    if layout.stem:
        blocks = layout.stem.sums(weight)
        rows = _rows(layout, weight)
    return Sums(_core(layout, weight), leaf, entries, stems, covariates, blocks, rows)


def _core(layout: Layout, weight: Floats) -> Floats:
    out = np.zeros((layout.width, layout.width))
    spans = list(zip(layout.starts, layout.starts[1:], strict=False))
    for one, (start, end) in enumerate(spans):
        codes = layout.columns[one] - start
        np.einsum("ii->i", out)[start:end] = tally(codes, weight, end - start)
        for other in range(one + 1, len(spans)):
            begin, stop = spans[other]
            found = cross_tally(codes, end - start, layout.columns[other] - begin, stop - begin, weight)
            out[start:end, begin:stop] = found
            out[begin:stop, start:end] = found.T
        fixed = tally_columns(codes, end - start, weight, layout.x)
        out[start:end, layout.random :] = fixed
        out[layout.random :, start:end] = fixed.T
    out[layout.random :, layout.random :] = layout.x.T @ (weight[:, None] * layout.x)
    return out


def _rows(layout: Layout, weight: Floats) -> Floats:
    assert layout.stem is not None
    out = np.zeros((layout.stem.size, layout.width))
    for name, row in zip(layout.stem.names, layout.stem.rows, strict=True):
        place = layout.stem.place[name]
        codes = np.empty(layout.stem.size, np.int64)
        codes[place] = np.arange(len(place))
        level = codes[row]
        for column, start, end in zip(layout.columns, layout.starts, layout.starts[1:], strict=False):
            out[place, start:end] = cross_tally(level, len(place), column - start, end - start, weight)
        out[place, layout.random :] = tally_columns(level, len(place), weight, layout.x)
    return out
