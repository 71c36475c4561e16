"""What form a curve has: level, a slope, a bend on one side, a jump, or a turning point."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy.stats import chi2
from scipy.stats import t as student

from andon.stats.within.absorb import Floats

Form = Literal["slope", "beyond", "until", "jump", "peak", "valley"]
CLEAR = 8.0  # by which a bend or a jump must describe the curve better than the best smooth slope
SIDES = 0.01  # chance below which each side of a turning point must slope by itself (Simonsohn 2018)
LESSER = 0.15  # share of the larger side that the smaller side of a turning point must reach


@dataclass(frozen=True, slots=True)
class Shape:
    """The form that describes a curve best.

    slope: goes one way all along. beyond: level, then a slope. until: a slope, then level. jump: level, then another
    level. peak, valley: turns. at, low, high: where it bends, jumps or turns, and the range in which that may lie; NaN
    for a slope. change: from one end of the sloping part to the other, the jump, or the larger side of a turn, between
    the means of the outermost stretches; error: its standard error. clear: by how much minus twice the log likelihood
    is better than that of a smooth slope.
    """

    form: Form
    at: float
    low: float
    high: float
    change: float
    error: float
    clear: float


@dataclass(frozen=True, slots=True, eq=False)
class _Fit:
    loss: float
    effect: Floats
    covariance: Floats
    columns: Floats


def shape(x: Floats, value: Floats, precision: Floats, n: Floats, df: float = np.inf) -> Shape:
    """The form of a curve over stretches whose means are x (K,), ascending. precision (K, K): of value."""
    rank = (np.cumsum(n) - n / 2) / n.sum()
    smooth = min(
        (_fit(column[:, None], value, precision) for column in _slopes(x, rank)), key=lambda f: f.loss
    )
    bent = list(_bends(x, value, precision))
    best = min(bent, key=lambda one: one[2].loss, default=None)
    arms = list(_all_arms(x, rank, value, precision))
    simplest = min(smooth.loss, best[2].loss) if best else smooth.loss
    least = min([simplest, *(fit.loss for _, fit in arms)])
    rough = max(1.0, least / max(len(x) - 3, 1))  # what no form describes makes all of them less sure
    turned = _turned(arms, rough, df)
    if turned is not None and simplest - turned[0] > CLEAR * rough:
        return replace(turned[1], clear=(smooth.loss - turned[0]) / rough)
    if best is not None and smooth.loss - best[2].loss > CLEAR * rough:
        return _bent(best, bent, rough, smooth.loss - best[2].loss)
    change, error = _change(smooth, rough)
    return Shape("slope", np.nan, np.nan, np.nan, change, error, 0.0)


def _fit(columns: Floats, value: Floats, precision: Floats) -> _Fit:
    """Weighted least squares of the curve on columns (K, r); the mean is free, as `precision` knows none."""
    inner = columns.T @ precision @ columns
    covariance = np.linalg.pinv(inner, rcond=1e-10, hermitian=True)
    effect = covariance @ columns.T @ precision @ value
    left = value - columns @ effect
    return _Fit(float(left @ precision @ left), effect, covariance, columns)


def _slopes(x: Floats, rank: Floats) -> Iterator[Floats]:
    """Columns that go one way without a bend."""
    yield x
    yield rank
    yield np.log(rank / (1 - rank)) if len(rank) > 2 else rank
    if x[0] > 0:
        yield np.log(x)


Bend = tuple[Form, float, _Fit]


def _bends(x: Floats, value: Floats, precision: Floats) -> Iterator[Bend]:
    for knot in _knots(x):
        yield "beyond", float(knot), _fit(np.maximum(x - knot, 0)[:, None], value, precision)
        yield "until", float(knot), _fit(np.minimum(x - knot, 0)[:, None], value, precision)
    for place in range(1, len(x)):
        edge = float(x[place - 1] + x[place]) / 2
        yield "jump", edge, _fit((x > edge).astype(np.float64)[:, None], value, precision)


def _knots(x: Floats) -> Floats:
    """Where a curve may bend: at the stretches and half-way between, with two stretches on either side."""
    found: Floats = np.sort(np.concatenate([x[1:-1], (x[1:-2] + x[2:-1]) / 2]))
    return found


def _bent(best: Bend, bent: list[Bend], rough: float, clear: float) -> Shape:
    form, at, fit = best
    reach = float(chi2.ppf(0.95, 1)) * rough
    near = [place for kind, place, one in bent if kind == form and one.loss <= fit.loss + reach]
    change, error = _change(fit, rough)
    return Shape(form, at, min(near), max(near), change, error, clear / rough)


def _change(fit: _Fit, rough: float) -> tuple[float, float]:
    """By how much the first column moves the outcome from its least to its greatest, and the error of that."""
    width = float(np.ptp(fit.columns[:, 0]))
    return float(fit.effect[0]) * width, float(np.sqrt(fit.covariance[0, 0] * rough)) * width


def _turned(arms: list[tuple[float, _Fit]], rough: float, df: float) -> tuple[float, Shape] | None:
    """A turning point and its loss, where each side slopes clearly by itself and to opposite sides; else None."""
    found = [(knot, fit) for knot, fit in arms if _opposite(fit, rough, df)]
    if not found:
        return None
    at, best = min(found, key=lambda one: one[1].loss)
    reach = float(chi2.ppf(0.95, 1)) * rough
    near = [knot for knot, fit in found if fit.loss <= best.loss + reach]
    changes, errors = _sides(best, rough)
    arm = int(np.argmax(np.abs(changes)))
    form: Form = "peak" if best.effect[0] > 0 else "valley"
    return best.loss, Shape(form, at, min(near), max(near), float(changes[arm]), float(errors[arm]), 0.0)


def _all_arms(x: Floats, rank: Floats, value: Floats, precision: Floats) -> Iterator[tuple[float, _Fit]]:
    """Two slopes that meet at each knot, straight in the metric or in its rank."""
    for scale in (x, rank):
        for knot in _knots(x):
            yield float(knot), _arms(scale, float(np.interp(knot, x, scale)), value, precision)


def _arms(scale: Floats, knot: float, value: Floats, precision: Floats) -> _Fit:
    columns = np.stack([np.minimum(scale - knot, 0), np.maximum(scale - knot, 0)], axis=1)
    return _fit(columns, value, precision)


def _opposite(fit: _Fit, rough: float, df: float) -> bool:
    sure = fit.effect / np.sqrt(np.maximum(np.diag(fit.covariance) * rough, 1e-300))
    if sure[0] * sure[1] >= 0 or np.abs(sure).min() <= float(student.isf(SIDES / 2, df)):
        return False
    sizes = np.abs(_sides(fit, rough)[0])
    return bool(sizes.min() >= LESSER * sizes.max())


def _sides(fit: _Fit, rough: float) -> tuple[Floats, Floats]:
    """From the turning point to either end, the change (2,) and its error."""
    width = np.abs(fit.columns).max(axis=0)
    return np.array([-1.0, 1.0]) * fit.effect * width, np.sqrt(np.diag(fit.covariance) * rough) * width
