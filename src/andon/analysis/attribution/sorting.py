"""Do good people sit on good mechanisms, or on bad ones? Then part of a mechanism's level is its people, and a model
that takes people and mechanisms as unrelated gives it to the mechanism.

What each mechanism adds is first taken from people who work in several, each compared with themselves alone. The mean
of that over a person's cases then enters the model as one more column (Mundlak 1978): if people differ along it, they
are sorted, and what they differ by is theirs.
"""

from dataclasses import dataclass, replace

import numpy as np

from andon.analysis.attribution.model import MECHANISM, WORKER, Parts, fitted
from andon.analysis.attribution.scale import Scale
from andon.analysis.attribution.spec import Floats
from andon.lake.factors import FactorCells
from andon.stats.mixed import Fit

SORTED = 2.5  # standard errors from which people are taken to be sorted
LEAST = 1e-4  # standard deviation of what mechanisms add to people's cases, below which nobody can be sorted by it


@dataclass(frozen=True, slots=True, eq=False)
class Sorting:
    """parts, fit: with the column where people are sorted, as they were where not. z: of the column's coefficient."""

    parts: Parts
    fit: Fit
    z: float = 0.0


def sorting(cells: FactorCells, parts: Parts, scale: Scale, fit: Fit) -> Sorting:
    """Looks whether people are sorted, and if so fits with the column."""
    if MECHANISM not in fit.effects or fit.variances.get(WORKER, 0.0) <= 0:
        return Sorting(parts, fit)
    usual = _usual(cells, parts, within_people(cells, parts, scale, fit))
    if np.std(usual) < LEAST:
        return Sorting(parts, fit)
    wider = with_sorting(parts, usual)
    found = fitted(cells, wider, scale.family, list(fit.effects), start=fit.variances)
    variance = float(found.fixed_covariance[-1, -1])
    z = float(found.fixed[-1]) / np.sqrt(variance) if np.isfinite(variance) and variance > 0 else 0.0
    return Sorting(wider, found, z) if abs(z) > SORTED else Sorting(parts, fit, z)


def with_sorting(parts: Parts, usual: Floats) -> Parts:
    """`usual` (W,): what the mechanisms of each person's cases add on average."""
    column = usual[parts.groupings[WORKER].codes]
    names = (*parts.fixed_names, "mechanisms of the person")
    return replace(parts, fixed=np.column_stack([parts.fixed, column]), fixed_names=names, usual=usual)


def _usual(cells: FactorCells, parts: Parts, added: Floats) -> Floats:
    """Mean of what mechanisms add over the cases of each person, about that of all cases, (W,)."""
    worker, mechanism = parts.groupings[WORKER], parts.groupings[MECHANISM]
    each = added[mechanism.codes]
    mean = np.bincount(worker.codes, cells.n * each, worker.levels) / np.bincount(
        worker.codes, cells.n, worker.levels
    )
    out: Floats = mean - np.average(each, weights=cells.n)
    return out


def within_people(cells: FactorCells, parts: Parts, scale: Scale, fit: Fit) -> Floats:
    """What each mechanism adds, (mechanisms,), from comparing each person's cases with that person's others alone.

    One weighted least-squares step of people as fixed and mechanisms as drawn towards zero; all else as fitted. A
    mechanism whose people work nowhere else gets zero.
    """
    worker, mechanism = parts.groupings[WORKER], parts.groupings[MECHANISM]
    codes = {name: parts.groupings[name].codes for name in fit.effects}
    predictor = fit.predict(codes, parts.fixed)
    weight = scale.weight(predictor, cells.n, fit.residual)
    surplus = scale.surplus(predictor, cells.n, cells.total, fit.residual)
    own = weight * (fit.effects[WORKER][worker.codes] + fit.effects[MECHANISM][mechanism.codes]) + surplus
    joint = np.zeros((worker.levels, mechanism.levels))
    np.add.at(joint, (worker.codes, mechanism.codes), weight)
    share = joint / np.maximum(joint.sum(axis=1, keepdims=True), 1e-300)
    told = np.bincount(mechanism.codes, own, mechanism.levels) - share.T @ np.bincount(
        worker.codes, own, worker.levels
    )
    known = np.diag(joint.sum(axis=0)) - joint.T @ share
    drawn = 1 / max(fit.variances[MECHANISM], 1e-8)
    out: Floats = np.linalg.solve(known + drawn * np.eye(mechanism.levels), told)
    return out
