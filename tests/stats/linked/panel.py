"""A small panel: six units, five periods; made in R with set.seed(4)."""

import numpy as np

X = np.array([
    [0.7, 0, 1.4, 1.1, 2.1], [1.7, -0.3, 0.8, 2.9, 2.8], [2.1, 1.5, 1.9, 1.5, 1.5], [2.2, 3.2, 2, 1.9, 1.7],
    [4, 2.7, 3.8, 3.8, 3.1], [2.7, 4.3, 3.9, 2.1, 4.2],
])  # fmt: skip
Y = np.array([
    [0.1, 1.1, 0.6, 0.2, 3.6], [-0.9, -1.4, 0.9, 1.3, 1.5], [0.1, -0.9, 0.9, -1.8, -0.4], [-3, -1, -1.7, -0.1, -2.3],
    [-2.8, -3, -1.3, -0.3, 1.3], [-4.5, -3, -1.5, -2.9, 0.4],
])  # fmt: skip
GAPS = np.array([3, 8, 9, 17, 24, 30]) - 1
"""Cells that the unbalanced version lacks, counted through the units."""


def with_gaps(values):
    found = values.copy()
    found.flat[GAPS] = np.nan
    return found
