"""Which chart, and the limits of every point."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from andon.analysis import baselines
from andon.analysis.baselines import Cuts
from andon.analysis.season import Season
from andon.analysis.series import Series
from andon.analysis.spec import Bools, Floats, Ints, Kind, ReviewSpec
from andon.stats import charts
from andon.stats.limits import PROVISIONAL, Limits
from andon.stats.segments import Segments

WIDE, NARROW = 1.5, 2 / 3  # outside these sigma_z the points do not scatter as theory says
ENOUGH = 5  # expected cases (and misses) a point, below which scatter narrower than theory says nothing
CLEAR = 4.0  # sigma beyond which a point that sits in a baseline we chose is taken out of it
ROUNDS = 3
WIDER = {"p": "p'", "u": "u'", "c": "xmr", "xbar-s": "xmr"}
NEEDS_N = ("p", "p'", "u", "u'", "xbar-s")


@dataclass(frozen=True, eq=False)
class Drawn:
    """Limits by one chart, for the points `at` which it is the right one."""

    limits: Limits
    at: Bools


@dataclass(frozen=True, eq=False)
class Charted:
    """Limits of all points (N,), and what is known of each segment (series × phase).

    owner: the series of each segment.  kinds: its chart.  cuts: where its level changes, as places of points.
    centre, lower, upper: with the season put back.  score: distance from the centre in sigma.
    """

    segments: Segments
    owner: Ints
    phase: Ints
    baseline: Bools
    cuts: Cuts
    drawn: list[Drawn]
    kinds: list[str]
    centre: Floats
    lower: Floats
    upper: Floats
    score: Floats

    @property
    def sigma_z(self) -> Floats:
        return self.drawn[0].limits.sigma_z

    @property
    def lag1(self) -> Floats:
        return self.drawn[0].limits.lag1

    @property
    def points(self) -> Ints:
        """Baseline points of each segment."""
        return self.drawn[0].limits.points

    @cached_property
    def wide(self) -> Floats:
        """How many times wider than chance the limits of each point are drawn: (N,), 1 but on Laney's
        charts.
        """
        laney = np.array([kind in ("p'", "u'") for kind in self.kinds], np.bool_)
        return np.repeat(np.where(laney, np.nan_to_num(self.sigma_z, nan=1.0), 1.0), self.segments.lengths)

    @cached_property
    def exact(self) -> Bools:
        """Segments whose sigma comes from theory, not from the points: bool (segments,)."""
        return np.array([kind in ("p", "c", "u", "g") for kind in self.kinds], np.bool_)


def values(series: Series, kind: Kind) -> Floats:
    """What is charted; NaN where nothing happened."""
    if kind == "count":
        return series.total.copy()
    with np.errstate(all="ignore"):
        return np.where(series.n > 0, series.total / series.n, np.nan)


def _basic(kind: Kind, series: Series, of: bool) -> str:
    if kind == "value":
        several = np.median(series.n[series.n > 0]) >= 2 if (series.n > 0).any() else False
        return "xbar-s" if several and not of else "xmr"
    if kind == "between":
        return "g" if of else "t"
    return {"proportion": "p", "rate": "u", "count": "c"}[kind]


def _spread_within(series: Series) -> Floats:
    """Standard deviation of the outcomes of each point."""
    with np.errstate(all="ignore"):
        square = (series.squares - series.total**2 / series.n) / (series.n - 1)
        rounding = np.abs(series.squares) * 1e-12
        return np.where(series.n > 1, np.sqrt(np.maximum(square - rounding, 0)), np.nan)


def _limits(kind: str, value: Floats, series: Series, segments: Segments, use: Bools) -> Limits:
    n = series.n if kind in NEEDS_N else None
    within = _spread_within(series) if kind == "xbar-s" else None
    return charts.limits(kind, value, segments.offsets, n=n, baseline=use, within=within)


def _switch(kind: str, limits: Limits, expected: Floats) -> Bools:
    """Segments whose points scatter more (or clearly less) than theory says."""
    z = limits.sigma_z
    enough = (limits.points >= PROVISIONAL) & (expected >= ENOUGH)
    narrow = (z < NARROW) & enough & (z > 0) & (kind in ("p", "u"))
    return (z > WIDE) | narrow


def _draw(basic: str, value: Floats, series: Series, segments: Segments, use: Bools) -> list[Drawn]:
    """By the basic chart, and by its wider relative where points scatter otherwise than theory says."""
    limits = _limits(basic, value, series, segments, use)
    if basic not in WIDER:
        return [Drawn(limits, np.ones(len(value), np.bool_))]
    misses = series.n - series.total if basic == "p" else np.inf
    cases = np.nan_to_num(np.minimum(np.abs(series.total), misses))
    expected = np.zeros(segments.size)
    expected[segments.full] = np.add.reduceat(cases, segments.starts) / segments.lengths[segments.full]
    wide = np.repeat(_switch(basic, limits, expected), segments.lengths)
    if not wide.any():
        return [Drawn(limits, ~wide)]
    return [Drawn(limits, ~wide), Drawn(_limits(WIDER[basic], value, series, segments, use), wide)]


def _pick(drawn: list[Drawn], get: Callable[[Limits], Floats], points: int) -> Floats:
    out = np.full(points, np.nan)
    for one in drawn:
        out[one.at] = get(one.limits)[one.at]
    return out


def _screened(use: Bools, score: Floats, segments: Segments) -> Bools:
    """The baseline without points clearly outside its own limits, as long as three quarters of it remain."""
    kept = use & ~(np.abs(score) > CLEAR)
    before = np.add.reduceat(use.astype(np.int64), segments.starts)
    after = np.add.reduceat(kept.astype(np.int64), segments.starts)
    enough = np.repeat(after >= np.maximum(0.75 * before, 4), segments.lengths[segments.full])
    return np.where(enough, kept, use)


def chart(series: Series, value: Floats, kind: Kind, spec: ReviewSpec, season: Season, of: bool) -> Charted:
    """Limits of every point, by the chart that fits each segment.

    `value` is free of the season; centre and limits come back with it. `of`: cases between events, not days.
    """
    segments, owner, phase = baselines.segments_of(series, spec.phases)
    usable = np.isfinite(value) & series.judged
    use, cuts = baselines.found(value, usable, series, kind, segments)
    if spec.baseline is not None:
        use = baselines.asked(spec, series, usable, segments)
    basic = _basic(kind, series, of)
    drawn = _draw(basic, value, series, segments, use)
    score = _pick(drawn, lambda limits: limits.scores(value), len(value))
    for _ in range(ROUNDS if spec.baseline is None and len(value) else 0):
        screened = _screened(use, score, segments)
        if np.array_equal(screened, use):
            break
        use = screened
        drawn = _draw(basic, value, series, segments, use)
        score = _pick(drawn, lambda limits: limits.scores(value), len(value))
    centre = _pick(drawn, lambda limits: limits.centre, len(value))
    lower = _pick(drawn, lambda limits: limits.lower, len(value))
    upper = _pick(drawn, lambda limits: limits.upper, len(value))
    lower = np.maximum(lower, 0.0) if kind in ("count", "rate", "between") else lower
    wide = drawn[-1].at[segments.offsets[:-1]] if len(drawn) > 1 else np.zeros(segments.size, np.bool_)
    kinds = [WIDER[basic] if one else basic for one in wide]
    return Charted(
        segments,
        owner,
        phase,
        use,
        cuts,
        drawn,
        kinds,
        season.restore(centre),
        season.restore(lower),
        season.restore(upper),
        score,
    )
