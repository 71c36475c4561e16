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
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from andon.stats.spread import FAR, extra_variance, widening
from andon.stats.unlikely import t_tail, tail

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

CAP = 3.0  # standard deviations beyond which an earlier peak is no history
PRIOR = 0.5  # cases added to the history, so that what never happened is not impossible
TRUST = 6.0  # windows that the extra variance of like series is worth, when it is asked how sure it is
SEASON = 10.0  # expected cases at which a season of its own counts half
TINY = 1e-9  # exposure that is none
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

    def step(self, windows: int) -> int:
        """How far apart like windows lie: a week where windows are days, else one."""
        cyclic = len(self.lags) > 3 and all(lag == self.lags[0] * (k + 1) for k, lag in enumerate(self.lags))
        return self.lags[0] if cyclic and 3 * self.lags[0] <= windows else 1

    def runs(self, windows: int) -> tuple[int, ...]:
        """The lengths of runs that leave as much history as they are long."""
        fitting = [run for run in self.lengths if run <= max(windows // 2, 1)]
        return tuple(sorted({*fitting, min(max(self.lengths), max(windows // 2, 1))}))


class Spread(NamedTuple):
    """How much series vary beyond Poisson: `over` (S,) extra variance in squared expected cases; `wide` (S, L) how much
    more runs of each length vary than independent windows would.
    """

    over: Floats
    wide: Floats

    def of(self, which: Ints | list[int]) -> "Spread":
        return Spread(self.over[which], self.wide[which])


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """All arrays (S, T). `log_p`: natural logarithm of the chance of as many in the run of `length` windows that ends
    there (0 where nothing stands out); `expected` and `sd` are of the one window; `level` cases per exposure before
    it. `after`: judged by what came after.
    """

    log_p: Floats
    length: Ints
    expected: Floats
    sd: Floats
    level: Floats
    spread: Spread
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


def scan(
    counts: Floats, exposure: Floats, spec: ScanSpec | None = None, spread: Spread | None = None
) -> Scan:
    """Scans series (S, T) of counts. `exposure` (T,) or (S, T): what is proportional to the expected count; 0 where a
    window is not to be judged. `spread` is learned where it is not given.
    """
    spec = spec or ScanSpec()
    c = np.ascontiguousarray(np.asarray(counts, np.float64).T)
    g = np.asarray(exposure, np.float64)
    g = np.ascontiguousarray(np.broadcast_to(g[:, None] if g.ndim == 1 else g.T, c.shape))
    lead = min(spec.need, len(c))
    reach = lead + spec.baseline
    over = _learned(c, g, spec) if spread is None else spread.over
    wide = None if spread is None else spread.wide
    back = _scored(c[:reach][::-1], g[:reach][::-1], over, wide, spec, None)
    ahead = _scored(c, g, over, wide, spec, _leading(c, back, lead))
    return _joined(ahead, back, over, lead)


def _learned(c: Floats, g: Floats, spec: ScanSpec) -> Floats:
    """Extra variance (S,): first from all windows, then without those that stand far out by it."""
    step, lead = spec.step(len(c)), min(spec.need, len(c))
    over = extra_variance(c, g, step)
    ahead = _far_out(c, g, over, spec)
    back = _far_out(c[: lead + spec.baseline][::-1], g[: lead + spec.baseline][::-1], over, spec)[::-1]
    ahead[:lead] = back[:lead]
    return extra_variance(c, g, step, ahead) if ahead.any() else over


def _far_out(c: Floats, g: Floats, over: Floats, spec: ScanSpec) -> Bools:
    way = _history(c, g, over, spec, None)
    e = way.rough * way.season
    sd = np.sqrt(e + (over + way.loose) * e * e)
    return np.asarray((c > e + FAR * sd) & (way.known >= spec.need)[:, None], np.bool_)


class _Scored(NamedTuple):
    log_p: Floats
    length: Ints
    expected: Floats
    sd: Floats
    level: Floats
    season: Floats
    judged: Bools
    wide: Floats


def _leading(c: Floats, back: _Scored, lead: int) -> Floats:
    """The first windows, which have no history, with peaks capped by what came after."""
    e, sd, judged = (a[::-1][:lead] for a in (back.expected, back.sd, back.judged))
    return np.where(judged, np.minimum(c[:lead], e + CAP * sd), c[:lead])


def _joined(ahead: _Scored, back: _Scored, over: Floats, lead: int) -> Scan:
    """The first windows are judged by what came after, all others by what was before."""

    def both(name: str) -> Any:
        front, whole = getattr(back, name)[::-1][:lead], getattr(ahead, name)
        return np.ascontiguousarray(np.concatenate([front, whole[lead:]]).T)

    judged: Bools = both("judged")
    after = np.zeros(judged.shape, np.bool_)
    after[:, :lead] = judged[:, :lead]
    return Scan(
        log_p=both("log_p"),
        length=both("length"),
        expected=both("expected"),
        sd=both("sd"),
        level=both("level"),
        spread=Spread(over, ahead.wide),
        judged=judged,
        after=after,
    )


# What is expected


def _history(c: Floats, g: Floats, over: Floats, spec: ScanSpec, capped: Floats | None) -> _Pass:
    """Goes through time; each window is foretold from cleaned earlier ones."""
    T, S = c.shape
    clean = c.copy()
    if capped is not None:
        clean[: len(capped)] = capped
    level, season, rough, loose = np.zeros((T, S)), np.ones((T, S)), np.zeros((T, S)), np.zeros((T, S))
    known = np.zeros(T)
    total, exposed = np.zeros(S), np.zeros(S)
    seen = (g.max(axis=1, initial=0.0) > 0).astype(np.float64)
    n, above = 0.0, np.zeros(S)
    for t in range(T):
        known[t] = n
        if n > 0:
            level[t] = np.where(exposed > TINY, (np.maximum(total, 0) + PRIOR) / np.maximum(exposed, TINY), 0)
            rough[t] = level[t] * g[t]
            season[t], wide = _season(clean, rough, over, known, t, spec)
            loose[t] = 1 / (np.maximum(total, 0) + PRIOR) + over / n + wide
            if n >= spec.need:
                e = rough[t] * season[t]
                most = e + CAP * np.sqrt(e + (over + loose[t]) * e * e)
                above = np.where(clean[t] > most, above + 1, 0)
                clean[t] = np.minimum(clean[t], most)
                if (settled := np.flatnonzero(above > spec.baseline / 2)).size:
                    total[settled] += _new_level(clean, c, g, seen, t, spec.baseline, settled)
                    above[settled] = 0
        total, exposed, n = total + clean[t] * seen[t], exposed + g[t], n + seen[t]
        old = t - spec.baseline
        if old >= 0:
            total, exposed, n = total - clean[old] * seen[old], exposed - g[old], n - seen[old]
    return _Pass(clean, level, season, rough, loose, known)


def _new_level(
    clean: Floats, c: Floats, g: Floats, seen: Floats, t: int, baseline: int, which: Ints
) -> Floats:
    """What stayed above for half the baseline is the new level: the history of these series becomes that of it. Gives
    what their sum over earlier windows grows by.
    """
    new, old = slice(t - baseline // 2, t + 1), slice(max(t - baseline, 0), t)
    shown = seen[:, None]
    rate = (c[new, which] * shown[new]).sum(axis=0) / np.maximum(
        (g[new, which] * shown[new]).sum(axis=0), TINY
    )
    before = (clean[old, which] * shown[old]).sum(axis=0)
    clean[old.start : t + 1, which] = rate * g[old.start : t + 1, which]
    grown: Floats = (clean[old, which] * shown[old]).sum(axis=0) - before
    return grown


def _season(
    clean: Floats, rough: Floats, over: Floats, known: Floats, t: int, spec: ScanSpec
) -> tuple[Floats, Floats | float]:
    """How a series stood to its level at the same place of earlier weeks or years, and how unsure that is."""
    places = [t - lag for lag in spec.lags if t - lag >= 0 and known[t - lag] >= spec.need]
    if not places:
        return np.ones(clean.shape[1]), 0.0
    was, would = clean[places].sum(axis=0), rough[places].sum(axis=0)
    noise = would + over * (rough[places] ** 2).sum(axis=0)
    return (was + SEASON) / (would + SEASON), noise / (would + SEASON) ** 2


# How unlikely a run is


def _scored(
    c: Floats, g: Floats, over: Floats, wide: Floats | None, spec: ScanSpec, capped: Floats | None
) -> _Scored:
    way = _history(c, g, over, spec, capped)
    e = way.rough * way.season
    judged = (way.known >= spec.need)[:, None] & (way.level > 0) & (g > 0)
    sd = np.sqrt(e + (over + way.loose) * e * e)
    best, length = np.zeros(c.shape), np.ones(c.shape, np.int64)
    widths = np.ones((c.shape[1], len(spec.lengths)))
    for k, run in enumerate(spec.runs(len(c))):
        given = None if wide is None else wide[:, k]
        log_p, widths[:, k] = _run(c, g, way, over, judged, run, given)
        length = np.where(log_p < best, run, length)
        best = np.minimum(best, log_p)
    return _Scored(best, length, e, sd, way.level, way.season, judged, widths)


def _run(
    c: Floats, g: Floats, way: _Pass, over: Floats, judged: Bools, run: int, wide: Floats | None
) -> tuple[Floats, Floats]:
    """Logarithm of the chance (T, S) of as many in the `run` windows up to each one, foretold from before the run; and
    how much such runs vary beyond independent windows (S,).
    """
    first = np.arange(len(c) - run + 1)
    per = [way.level[first] * g[first + k] * way.season[first + k] for k in range(run)]
    e = np.sum(per, axis=0)
    o = np.sum([c[first + k] for k in range(run)], axis=0)
    v = e + over * np.sum([one**2 for one in per], axis=0) + way.loose[first] * e * e
    whole = np.all([judged[first + k] for k in range(run)], axis=0)
    wide = widening(o, e, v, whole, run) if wide is None else wide
    v = v * wide
    log_p = np.zeros(c.shape)
    at = np.nonzero(whole & (o > e + LEAST * np.sqrt(v)) & (e > 0))
    share = 1 - e[at] / v[at]
    df = (TRUST + way.known[first])[at[0]] / np.maximum(share, 1e-6) ** 2
    log_p[at[0] + run - 1, at[1]] = t_tail(tail(o[at], e[at], v[at]), df)
    return log_p, wide
