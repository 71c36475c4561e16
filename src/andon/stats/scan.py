"""Scan many series of counts for runs of windows above what their own history lets expect.

A series is a slice of all that was counted (a product, a word, a region and a channel); `exposure` carries what
moves all of them together (growth, holidays, the season), so that a series stands out only by its own rise.

Expected: level of the earlier windows × exposure, times the same place in earlier weeks or years where there are
any (`lags`). Earlier peaks are capped before they count as history. Chance: negative binomial (Poisson counts with
extra variance), whose extra variance is learned from how well each series was foretold so far, shrunken towards
series of like size; uncertainty of the level, of the season and of the extra variance itself is part of it.
After Kulldorff (2001, prospective scan) with the predictive distribution of Noufaily et al. (2013).
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, ndtri_exp, stdtr

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

CAP = 3.0  # standard deviations beyond which an earlier peak is no history
PRIOR = 0.5  # cases added to the history, so that what never happened is not impossible
SHRINK = 20.0  # windows that series of like size weigh against a series' own
SEASON = 10.0  # expected cases at which a season of its own counts half
LEAST = 1.5  # standard deviations below which no tail is computed


@dataclass(frozen=True, slots=True)
class ScanSpec:
    """How to scan. `lengths`: windows in a run. `lags`: how many windows ago the same place in the week or year was.

    `need`: windows of history without which nothing is judged. `baseline`: windows of history looked at.
    """

    lengths: tuple[int, ...] = (1, 2, 4, 8)
    lags: tuple[int, ...] = ()
    need: int = 4
    baseline: int = 26


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """All arrays (S, T). `log_p`: natural logarithm of the chance of as many in the run of `length` windows that ends
    there (0 where nothing stands out); `expected` and `sd` are of the one window; `level` cases per exposure before
    it. `over` (S,): extra variance, in squared expected cases. `after`: judged by what came after.
    """

    log_p: Floats
    length: Ints
    expected: Floats
    sd: Floats
    level: Floats
    season: Floats
    over: Floats
    judged: Bools
    after: Bools


class _Pass(NamedTuple):
    """One way through time; (T, S)."""

    clean: Floats
    level: Floats
    season: Floats
    rough: Floats  # expected without the season
    loose: Floats  # squared relative uncertainty of what is expected
    known: Floats  # windows of history (T,)


def scan(counts: Floats, exposure: Floats, spec: ScanSpec | None = None, over: Floats | None = None) -> Scan:
    """Scans series (S, T) of counts. `exposure` (T,) or (S, T): what is proportional to the expected count; 0 where a
    window is not to be judged. `over` (S,) is learned where it is not given.
    """
    spec = spec or ScanSpec()
    c = np.ascontiguousarray(np.asarray(counts, np.float64).T)
    g = np.asarray(exposure, np.float64)
    g = np.ascontiguousarray(np.broadcast_to(g[:, None] if g.ndim == 1 else g.T, c.shape))
    lead = min(spec.need, len(c))
    reach = lead + spec.baseline
    extra = _learned(c, g, spec) if over is None else np.asarray(over, np.float64)
    back = _scored(c[:reach][::-1], g[:reach][::-1], extra, spec, None)
    capped = _leading(c, back, lead)
    ahead = _scored(c, g, extra, spec, capped)
    return _joined(ahead, back, extra, lead)


class _Scored(NamedTuple):
    log_p: Floats
    length: Ints
    expected: Floats
    sd: Floats
    level: Floats
    season: Floats
    judged: Bools


def _leading(c: Floats, back: _Scored, lead: int) -> Floats:
    """The first windows, which have no history, with peaks capped by what came after."""
    e, sd, judged = (a[::-1][:lead] for a in (back.expected, back.sd, back.judged))
    return np.where(judged, np.minimum(c[:lead], e + CAP * sd), c[:lead])


def _joined(ahead: _Scored, back: _Scored, extra: Floats, lead: int) -> Scan:
    """The first windows are judged by what came after, all others by what was before."""
    parts = []
    for name in _Scored._fields:
        front, whole = getattr(back, name)[::-1][:lead], getattr(ahead, name)
        parts.append(np.ascontiguousarray(np.concatenate([front, whole[lead:]]).T))
    log_p, length, expected, sd, level, season, judged = parts
    after = np.zeros(judged.shape, np.bool_)
    after[:, :lead] = judged[:, :lead]
    return Scan(log_p, length, expected, sd, level, season, extra, judged, after)


# What is expected


def _history(c: Floats, g: Floats, extra: Floats, spec: ScanSpec, capped: Floats | None, cap: float) -> _Pass:
    """Goes through time; each window is foretold from cleaned earlier ones."""
    T, S = c.shape
    clean = c.copy()
    if capped is not None:
        clean[: len(capped)] = capped
    level, season, rough, loose = np.zeros((T, S)), np.ones((T, S)), np.zeros((T, S)), np.zeros((T, S))
    known = np.zeros(T)
    total, exposed = np.zeros(S), np.zeros(S)
    seen = (g.max(axis=1, initial=0.0) > 0).astype(np.float64)
    n = 0.0
    for t in range(T):
        known[t] = n
        if n > 0:
            level[t] = (np.maximum(total, 0) + PRIOR) / np.maximum(exposed, 1e-300)
            rough[t] = level[t] * g[t]
            season[t], wide = _season(clean, rough, extra, known, t, spec)
            loose[t] = 1 / (np.maximum(total, 0) + PRIOR) + extra / n + wide
            if n >= spec.need:
                e = rough[t] * season[t]
                clean[t] = np.minimum(clean[t], e + cap * np.sqrt(e + (extra + loose[t]) * e * e))
        total, exposed, n = total + clean[t] * seen[t], exposed + g[t], n + seen[t]
        old = t - spec.baseline
        if old >= 0:
            total, exposed, n = total - clean[old] * seen[old], exposed - g[old], n - seen[old]
    return _Pass(clean, level, season, rough, loose, known)


def _season(
    clean: Floats, rough: Floats, extra: Floats, known: Floats, t: int, spec: ScanSpec
) -> tuple[Floats, Floats | float]:
    """How a series stood to its level at the same place of earlier weeks or years, and how unsure that is."""
    places = [t - lag for lag in spec.lags if t - lag >= 0 and known[t - lag] >= spec.need]
    if not places:
        return np.ones(clean.shape[1]), 0.0
    was, would = clean[places].sum(axis=0), rough[places].sum(axis=0)
    noise = would + extra * (rough[places] ** 2).sum(axis=0)
    return (was + SEASON) / (would + SEASON), noise / (would + SEASON) ** 2


# How much chance varies


def _learned(c: Floats, g: Floats, spec: ScanSpec) -> Floats:
    """Extra variance (S,), in squared expected counts, from how far each window was from what was foretold."""
    extra = np.zeros(c.shape[1])
    for cap in (np.inf, CAP):
        way = _history(c, g, extra, spec, None, cap)
        extra = _extra(c, way, g, spec)
    return extra


def _extra(c: Floats, way: _Pass, g: Floats, spec: ScanSpec) -> Floats:
    e = way.rough * way.season
    known = (way.known >= spec.need)[:, None] & (g > 0)
    total, exposed = (np.where(known, a, 0).sum(axis=0) for a in (c, e))
    size = np.log2(np.maximum((exposed + total) / 2, 0.5) / np.maximum(known.sum(axis=0), 1))
    group = np.clip(np.round(size), -8, 24).astype(np.int64) + 8
    extra = np.zeros(c.shape[1])
    for _ in range(6):
        sd = np.sqrt(e + (extra + way.loose) * e * e)
        away = np.where(known, np.clip(c - e, -CAP * sd - 0.5, CAP * sd + 0.5), 0)
        above = np.where(known, away**2 - e - np.minimum(way.loose, 1.0) * e * e, 0).sum(axis=0)
        weight = np.where(known, e * e, 0).sum(axis=0)
        extra = _shrunken(above, weight, group, known.sum(axis=0))
    return extra


def _shrunken(above: Floats, weight: Floats, group: Ints, n: Ints) -> Floats:
    """A series' own extra variance, or that of its shrinking towards series of its size, whichever is greater."""
    top, bottom = (np.bincount(group, a, minlength=33) for a in (above, weight))
    pooled = np.maximum(top / np.maximum(bottom, 1e-12), 0)[group]
    own = np.maximum(above / np.maximum(weight, 1e-12), 0)
    mixed = (SHRINK * pooled + n * own) / (SHRINK + n)
    reliable = weight / np.maximum(n, 1) > 1  # below one expected case a window, what is its own is noise
    return np.where(reliable, np.maximum(mixed, own), pooled)


# How unlikely a run is


def _scored(c: Floats, g: Floats, extra: Floats, spec: ScanSpec, capped: Floats | None) -> _Scored:
    way = _history(c, g, extra, spec, capped, CAP)
    e = way.rough * way.season
    judged = (way.known >= spec.need)[:, None] & (g > 0)
    sd = np.sqrt(e + (extra + way.loose) * e * e)
    best, length = np.zeros(c.shape), np.ones(c.shape, np.int64)
    for run in (r for r in spec.lengths if r <= max(len(c) // 4, 1)):
        log_p = _run(c, g, way, extra, judged, run)
        better = log_p < best
        best, length = np.where(better, log_p, best), np.where(better, run, length)
    return _Scored(best, length, e, sd, way.level, way.season, judged)


def _run(c: Floats, g: Floats, way: _Pass, extra: Floats, judged: Bools, run: int) -> Floats:
    """Logarithm of the chance of as many in the `run` windows up to each one, foretold from before the run."""
    T = len(c)
    first = np.arange(T - run + 1)
    per = [way.level[first] * g[first + k] * way.season[first + k] for k in range(run)]
    e = np.sum(per, axis=0)
    o = np.sum([c[first + k] for k in range(run)], axis=0)
    burst = extra * np.sum([one**2 for one in per], axis=0)
    loose = way.loose[first] * e * e
    v = e + burst + loose
    whole = np.all([judged[first + k] for k in range(run)], axis=0)
    widened = _widening(o, e, v, whole, run)
    v = v * widened
    log_p = np.zeros(c.shape)
    at = np.nonzero(whole & (o > e + LEAST * np.sqrt(v)) & (e > 0))
    share = 1 - e[at] / v[at]
    df = (SHRINK + way.known[first])[at[0]] / np.maximum(share, 1e-6) ** 2
    log_p[at[0] + run - 1, at[1]] = t_tail(tail(o[at], e[at], v[at]), df)
    return log_p


def _widening(o: Floats, e: Floats, v: Floats, whole: Bools, run: int) -> Floats:
    """How much more the runs vary than windows independent of each other would; at least 1, (S,)."""
    squares = np.where(whole, np.minimum((o - e) ** 2 / np.maximum(v, 1e-12), CAP**2), 0)
    heavy = np.where(whole & (e >= 1), 1.0, 0.0)  # rarer series say nothing of it
    top, bottom = (squares * heavy).sum(axis=0), heavy.sum(axis=0)
    pooled = max(float(top.sum() / max(bottom.sum(), 1.0)), 1.0) if bottom.sum() else 1.0
    own = (SHRINK * pooled + top / run) / (SHRINK + bottom / run)
    return np.maximum(own, 1.0)


def tail(observed: Floats, expected: Floats, variance: Floats) -> Floats:
    """Logarithm of P(X ≥ observed), negative binomial with this mean and variance (Poisson where variance is the mean).

    An upper bound by a geometric series, within a few per cent where `observed` is far above `expected`.
    """
    o, e = np.asarray(observed, np.float64), np.asarray(expected, np.float64)
    r = e * e / np.maximum(variance - e, 1e-9 * e)
    log_q = -np.log1p(r / e)  # of e / (e + r)
    pmf = gammaln(o + r) - gammaln(r) - gammaln(o + 1) - r * np.log1p(e / r) + o * log_q
    q = np.exp(log_q)
    ratio = np.maximum((o + r) / (o + 1) * q, q)
    return np.minimum(pmf - np.log1p(-np.minimum(ratio, 1 - 1e-9)), 0.0)


def t_tail(log_p: Floats, df: Floats) -> Floats:
    """A chance computed as if its variance were known, where the variance was learned with `df` degrees of freedom."""
    z = -ndtri_exp(np.minimum(log_p, -1e-300))
    with np.errstate(divide="ignore"):
        wide = np.log(stdtr(df, -z))
    return np.where((df > 1e5) | ~np.isfinite(wide), log_p, np.maximum(wide, log_p))
