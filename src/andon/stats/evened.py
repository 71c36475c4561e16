"""The mix of work evened out: how much easier or harder each case was than usual, told from within people.

Cases are compared only with other cases of the same person and time, so that nobody's skill is taken for the ease of
what they were given; then everybody is put on the mix that all of them had together.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
RIDGE = 1.0  # a kind of case that was seen once says little of how hard it is


def advantages(who: Ints, kinds: Sequence[Ints], n: Floats, mean: Floats) -> Floats:
    """By how much the outcome of each cell is higher than on the common mix, through its kinds of work alone.

    who (M,): whose cells belong together, as a person in one window. kinds: codes (M,) of each attribute, from 0.
    n (M,): cases, above 0. mean (M,): their outcome. Main effects by least squares within `who`, each drawn to none by
    one case. Shape (M,); zeros where no person had two kinds of work. Sums to zero over all cases.
    """
    columns = [codes == level for codes in kinds for level in range(int(codes.max(initial=0)) + 1)]
    if not columns or len(n) == 0:
        return np.zeros(len(n))
    design = np.stack(columns, axis=1).astype(np.float64)
    inner = design - _means(who, n, design)[who]
    apart = mean - _means(who, n, mean[:, None])[who, 0]
    weighted = inner * n[:, None]
    effects = np.linalg.solve(weighted.T @ inner + RIDGE * np.eye(design.shape[1]), weighted.T @ apart)
    found: Floats = design @ effects
    found -= np.average(found, weights=n)
    return found


def _means(who: Ints, n: Floats, columns: Floats) -> Floats:
    """Of every column, the mean over the cases of each of `who`."""
    size = int(who.max()) + 1
    cases = np.bincount(who, n, size)
    sums = np.stack([np.bincount(who, n * column, size) for column in columns.T], axis=1)
    found: Floats = np.divide(sums, cases[:, None], out=np.zeros_like(sums), where=cases[:, None] > 0)
    return found
