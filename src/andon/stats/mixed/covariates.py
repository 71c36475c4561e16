"""Fixed columns: standardised, with what adds nothing left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from andon.stats.segments import Bools, Floats

ALIASED = 1e-7
"""A column of which less than this share (of its length) is new says nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """x: (M, kept), a column of ones and the kept covariates with mean 0 and variance 1 over the cases.

    back: (1 + p, kept), from coefficients of x to those of the covariates as given; rows of aliased ones are 0.
    log_scale: log determinant of the standardising, for the restricted likelihood.
    """

    x: Floats
    back: Floats
    log_scale: float
    kept: Bools


def standardised(fixed: Floats, weight: Floats) -> Columns:
    """Covariates (M, p) weighted by (M,); columns are kept in order while they say something new."""
    share = weight / weight.sum()
    mean = share @ fixed
    centred = fixed - mean
    scale = np.sqrt(share @ centred**2)
    spread = np.abs(fixed).max(axis=0, initial=0.0)
    kept = _independent(centred * np.sqrt(share)[:, None], spread)
    chosen = np.flatnonzero(kept)
    x = np.column_stack([np.ones(len(fixed)), centred[:, chosen] / scale[chosen]])
    back = np.zeros((1 + fixed.shape[1], x.shape[1]))
    back[0, 0] = 1
    back[1 + chosen, 1 + np.arange(len(chosen))] = 1 / scale[chosen]
    back[0, 1:] = -mean[chosen] / scale[chosen]
    return Columns(x, back, float(np.log(scale[chosen]).sum()), kept)


def _independent(columns: Floats, spread: Floats) -> Bools:
    """Which columns are not a combination of those kept before them."""
    kept = np.zeros(columns.shape[1], bool)
    basis = np.empty((columns.shape[0], 0))
    for number in range(columns.shape[1]):
        column = columns[:, number]
        new = column - basis @ (basis.T @ column)
        new -= basis @ (basis.T @ new)
        length = float(np.linalg.norm(new))
        if length > ALIASED * max(float(np.linalg.norm(column)), 1e-5 * spread[number]) and length > 0:
            kept[number] = True
            basis = np.column_stack([basis, new / length])
    return kept
