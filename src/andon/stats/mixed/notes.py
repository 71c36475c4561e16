"""What a reader of a fit must know, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np

from andon.stats.mixed.design import Grouping
from andon.stats.mixed.layout import nested
from andon.stats.mixed.tally import tally
from andon.stats.segments import Floats

LOOSE = 5.0
"""A standardised coefficient with this much standard error, and itself as far from 0, is not held by the data."""


def about_groupings(groupings: Mapping[str, Grouping], n: Floats) -> Iterator[str]:
    """What the design says of its groupings before any fit."""
    for name, (codes, levels) in groupings.items():
        if levels == 1:
            yield f"{name} has a single level, so its variance cannot be seen and is left at zero."
        elif float(tally(codes, n, levels).max()) <= 1:
            yield f"{name} has one case a level, so it cannot be told from chance within cells."
    for one, other in combinations(groupings, 2):
        if _alike(groupings[one], groupings[other]):
            yield f"{one} and {other} divide the cases alike: only the sum of their variances can be told."


def _alike(one: Grouping, other: Grouping) -> bool:
    return 1 < one.levels == other.levels and nested(one, other)


def about_variances(
    variances: Mapping[str, float], groupings: Mapping[str, Grouping], endless: set[str]
) -> Iterator[str]:
    for name, variance in variances.items():
        if variance == 0 and groupings[name].levels > 1:
            yield f"{name}: no more variation than chance gives, so its variance is zero."
        if name in endless:
            yield f"{name}: its levels are so unlike that its variance has no upper bound."


def about_coefficients(names: tuple[str, ...], coefficients: Floats, variances: Floats) -> Iterator[str]:
    """Complete separation: the data only say that a standardised coefficient is far out."""
    for name, value, variance in zip(names, coefficients, variances, strict=True):
        if abs(value) > LOOSE and np.sqrt(variance) > LOOSE:
            side = "high" if value > 0 else "low"
            yield f"{name}: the data only say that its coefficient is very {side}, as the outcome there is all one way."


def about_aliased(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield f"{name} says nothing that the covariates before it do not say, and is left out."
