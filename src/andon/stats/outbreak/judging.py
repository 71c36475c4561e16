"""The engine of both Farrington methods: fit the past of every (series, week), forecast now, compare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike
from scipy.special import stdtr

from andon.stats.outbreak.alarms import Alarms, as_periods, towards
from andon.stats.outbreak.bounds import POWERS, Forecast, delta, quantile
from andon.stats.outbreak.past import Past, PastRule
from andon.stats.outbreak.quasipoisson import AS_R, SETTLED, Design, Histories
from andon.stats.outbreak.robust import Robust, fit_robustly
from andon.stats.outbreak.rows import take
from andon.stats.segments import Bools, Floats, Ints
from andon.stats.threads import with_threads

_ROWS = 256
"""Rows fitted at a time: about half a MB for each array of five years."""
_TREND_YEARS = 3
"""A trend needs so many years (Farrington et al. 1996)."""
_BOUNDS = ("delta", "nbPlugin", "muan")


@dataclass(frozen=True, slots=True)
class Options:
    """How to judge; see `farrington_flexible`. Refuses what makes no sense with ValueError."""

    past: PastRule
    alpha: float
    bound: str
    power: str
    weights_above: float | None
    trend: bool
    trend_alpha: float
    least: tuple[float, int]
    compat: bool = False
    settled: bool = True
    """Whether weights are those of the settled fit, and not of the step before it, as in R."""

    def __post_init__(self) -> None:
        if not 0 < self.alpha < 1:
            raise ValueError("alpha must lie between 0 and 1")
        if self.bound not in _BOUNDS:
            raise ValueError(f"bound must be one of {', '.join(_BOUNDS)}, not {self.bound!r}")
        if self.power not in POWERS:
            raise ValueError(f"power must be one of {', '.join(POWERS)}, not {self.power!r}")
        if self.least[0] < 0 or self.least[1] < 1:
            raise ValueError("least must be a number of cases, 0 or more, and of weeks, 1 or more")
        if self.weights_above is not None and not self.weights_above > 0:
            raise ValueError("weights_above must be above 0, or None")


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """Some rows that share a past: series and week of each, and the column of its result."""

    past: Past
    series: Ints
    column: Ints
    week: Ints


def judge(y: Floats, at: ArrayLike | None, population: ArrayLike | None, o: Options) -> Alarms:
    """Alarms of counts (S, T) in the weeks `at`."""
    weeks = as_periods(at, y.shape[1])
    exposure = np.zeros((1, 1)) if population is None else _log_exposure(population, y)
    models = np.full((3, len(y), len(weeks)), np.nan)

    def work(block: _Block) -> None:
        # What cannot be fitted ends as NaN, and is judged so: no warnings on the way there.
        with np.errstate(all="ignore"):
            models[:, block.series, block.column] = _models(y, exposure, block, o)

    with_threads(work, list(_blocks(len(y), weeks, o.past)))
    with np.errstate(all="ignore"):
        return _alarms(
            Forecast(models[0], models[1], models[2], y[:, weeks]),
            _recent_cases(y, weeks, o),
            weeks,
            o,
        )


def _log_exposure(population: ArrayLike, y: Floats) -> Floats:
    """Log population, (S, T); a missing or empty one makes its week missing."""
    found = np.broadcast_to(np.asarray(population, np.float64), y.shape)
    return np.log(np.where(np.isfinite(found) & (found > 0), found, np.nan))


def _blocks(series: int, weeks: Ints, rule: PastRule) -> Iterator[_Block]:
    for past, columns in rule.layouts(weeks):
        pairs = series * len(columns)
        for begin in range(0, pairs, _ROWS):
            which, nth = np.divmod(np.arange(begin, min(begin + _ROWS, pairs)), len(columns))
            yield _Block(past, which, columns[nth], weeks[columns[nth]])


def _models(y: Floats, exposure: Floats, block: _Block, o: Options) -> Floats:
    """Log mean now, its variance and the dispersion of each row: (3, R)."""
    here = block.series, block.week
    there = block.series[:, None], block.week[:, None] + block.past.weeks
    if exposure.size == 1:
        return _model(_histories(y[there], None), np.zeros(len(block.series)), block.past, o)
    return _model(_histories(y[there], exposure[there]), exposure[here], block.past, o)


def _histories(y: Floats, offset: Floats | None) -> Histories:
    known = ~np.isnan(y) if offset is None else ~(np.isnan(y) | np.isnan(offset))
    clean = None if offset is None else np.where(known, offset, 0.0)
    return Histories(np.where(known, y, 0.0), known.astype(np.float64), clean)


def _model(h: Histories, now: Floats, past: Past, o: Options) -> Floats:
    if not o.trend or past.years < _TREND_YEARS:
        return _fit(h, now, Design(past, trend=False), o)[0]
    found, robust = _fit(h, now, Design(past, trend=True), o)
    plain = np.flatnonzero(~_keeps_trend(robust, found[0], h, o))
    if plain.size:
        found[:, plain] = _fit(take(h, plain), now[plain], Design(past, trend=False), o)[0]
    return found


def _fit(h: Histories, now: Floats, design: Design, o: Options) -> tuple[Floats, Robust]:
    """Forecasts (3, R); NaN where the fit did not converge or has nothing to say of this part of the season."""
    robust = fit_robustly(h, design, o.weights_above, SETTLED if o.settled else AS_R)
    s, dispersion = robust.fitted.solved, robust.peer if o.compat else robust.phi
    variance = dispersion * (s.inverse[:, -1] + s.lean[:, -1] ** 2 / s.information)
    found = np.stack([s.level[:, -1] + now, variance, robust.phi])
    found[:, ~(robust.fitted.converged & (s.inverse[:, -1] > 0) & (robust.free > 0))] = np.nan
    return found, robust


def _keeps_trend(robust: Robust, eta: Floats, h: Histories, o: Options) -> Bools:
    """Whether the trend is significant and does not forecast more than was ever seen."""
    f, dispersion = robust.fitted, robust.peer if o.compat else robust.raw
    t = f.solved.slope * np.sqrt(f.solved.information / dispersion)
    significant = 2 * stdtr(robust.free, -np.abs(t)) < o.trend_alpha
    modest = np.exp(eta) <= h.y.max(axis=1, initial=0.0)
    kept: Bools = f.converged & significant & modest
    return kept


def _recent_cases(y: Floats, weeks: Ints, o: Options) -> Floats:
    """Cases in the few weeks up to each. A missing week counts as none; in surveillance the sum is then unknown."""
    span = o.least[1]
    known = y if o.compat else np.nan_to_num(y)
    windows = sliding_window_view(np.hstack([np.zeros((len(y), span)), known]), span, axis=1)
    return windows[:, weeks + 1].sum(axis=2)


def _alarms(f: Forecast, recent: Floats, weeks: Ints, o: Options) -> Alarms:
    upper, p = _bound(f, o)
    # surveillance 1.20.3 takes the log mean for the mean in the score of the quantile bounds.
    mean = f.eta if o.compat and o.bound != "delta" else f.mean
    score = towards(f.y, mean, upper)
    enough = recent >= o.least[0]
    usable = enough & np.isfinite(upper) & np.isfinite(f.y)
    alarm = usable & (f.y > upper) & (f.y > mean) & (f.y > 0)
    expected = f.mean
    if o.compat:
        upper, expected, score = (np.where(enough, a, np.nan) for a in (upper, expected, score))
    return Alarms(expected, upper, score, alarm, usable, p, weeks)


def _bound(f: Forecast, o: Options) -> tuple[Floats, Floats]:
    if o.bound == "delta":
        return delta(f, o.alpha, POWERS[o.power])
    return quantile(f, o.alpha, cautious=o.bound == "muan")
