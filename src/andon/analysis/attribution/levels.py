"""Mechanisms and teams: what each adds against the usual one, and what people would reach there."""

import numpy as np
from scipy.stats import norm

from andon.analysis.attribution.evidence import Evidence
from andon.analysis.attribution.scale import Mix, Scale
from andon.analysis.attribution.spec import LEVEL, Floats, Ints, Level
from andon.lake.cells import Factor
from andon.lake.factors import FactorCells
from andon.stats.mixed import Fit


def level_of(name: str, cells: FactorCells, fit: Fit, scale: Scale, seen: Evidence, spread: float) -> Level:
    """The levels of a factor of the process. `spread`: as of the reference mix."""
    factor = cells.factors[name]
    n = _sum(factor, cells.n)
    effect, error = np.zeros(len(n)), np.full(len(n), np.nan)
    own = np.zeros(len(n))
    if name in fit.effects:
        own, share = fit.effects[name], n / n.sum()
        effect, error = own - share @ own, _error(name, fit, share)
    rest = seen.predictor - own[factor.codes]
    mix = Mix(rest, cells.n, scale, spread)
    reach = float(norm.ppf((1 + LEVEL) / 2)) * error
    unit = cells.scale if scale.family == "gaussian" else 1.0
    expected, deviation = _expected(factor, rest, n, cells, fit, scale)
    return Level(
        name=factor.levels,
        n=n,
        workers=_workers(factor, cells),
        raw=cells.shift + cells.scale * _sum(factor, cells.total) / np.maximum(n, 1e-300),
        effect=effect * unit,
        low=(effect - reach) * unit,
        high=(effect + reach) * unit,
        adjusted=mix.reached(own),
        adjusted_low=_end(mix, own - reach),
        adjusted_high=_end(mix, own + reach),
        expected=expected,
        deviation=deviation,
    )


def _sum(factor: Factor, values: Floats) -> Floats:
    return np.bincount(factor.codes, values, len(factor.levels))


def _error(name: str, fit: Fit, share: Floats) -> Floats:
    """Standard error of each level against the usual one, which is known better than either is by itself."""
    variance = fit.contrast(name, np.zeros(len(fit.fixed)), {name: -share})[1]
    return np.sqrt(np.maximum(variance, 0.0))


def _end(mix: Mix, end: Floats) -> Floats:
    return np.where(np.isnan(end), np.nan, mix.reached(np.nan_to_num(end)))


def _expected(
    factor: Factor, rest: Floats, n: Floats, cells: FactorCells, fit: Fit, scale: Scale
) -> tuple[Floats, Floats]:
    """Mean of each level's cases if the level were the usual one, and the deviation of a case, user's units."""
    each = np.full(len(rest), fit.residual) if scale.family == "gaussian" else scale.slope(rest)
    size = np.maximum(n, 1e-300)
    mean, around = _sum(factor, cells.n * scale.mean(rest)) / size, _sum(factor, cells.n * each) / size
    return scale.shown(mean), np.sqrt(around) * cells.scale


def _workers(factor: Factor, cells: FactorCells) -> Ints:
    """How many people served in each level."""
    worker = cells.factors["worker"]
    both = np.unique(factor.codes.astype(np.int64) * len(worker.levels) + worker.codes)
    return np.bincount(both // len(worker.levels), minlength=len(factor.levels))
