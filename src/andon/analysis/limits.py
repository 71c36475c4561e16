"""Which chart, which baseline, and the limits of every point."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from andon.analysis import shifts
from andon.analysis.season import Season
from andon.analysis.series import Series
from andon.analysis.spec import Bools, Floats, Ints, Kind, ReviewSpec
from andon.stats import charts
from andon.stats.limits import PROVISIONAL, Limits
from andon.stats.segments import Segments

WIDE, NARROW = 1.5, 2 / 3  # outside these sigma_z the points do not scatter as theory says
ENOUGH = 5  # expected cases a point, below which scatter narrower than theory says nothing


@dataclass(frozen=True, eq=False)
class Charted:
    """Limits of all points, and what is known of each segment (series × phase)."""

    segments: Segments
    owner: Ints  # the series of each segment
    phase: Ints  # the phase of each point
    baseline: Bools
    kinds: list[str]  # the chart of each segment
    centre: Floats
    lower: Floats
    upper: Floats
    sigma: Floats
    score: Floats
    sigma_z: Floats
    lag1: Floats
    points: Ints  # baseline points of each segment
    limits: list[tuple[Limits, Bools]]  # for the rules: limits and the points they hold for
    cuts: dict[int, list[int]]  # where the level of a segment changes, as positions of points

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


def segments_of(series: Series, phases: tuple[np.datetime64, ...]) -> tuple[Segments, Ints, Ints]:
    """Segments (series × phase), the series of each, and the phase of each point."""
    bounds = np.array(sorted(phases), "datetime64[s]")
    phase = np.searchsorted(bounds, series.at, side="right")
    owner = series.owner
    new = np.flatnonzero(np.r_[False, (np.diff(owner) != 0) | (np.diff(phase) != 0)])
    offsets = np.concatenate([[0], new, [len(owner)]]) if len(owner) else np.zeros(1, np.int64)
    return Segments(offsets.astype(np.int64)), owner[offsets[:-1]], phase.astype(np.int64)


# Baseline


def _standard(value: Floats, series: Series, kind: Kind) -> Floats:
    """Values on a scale where the noise is even: shares and rates by the root of their cases."""
    if kind in ("proportion", "rate"):
        return np.sqrt(series.n) * value
    return np.sqrt(np.maximum(value, 0)) if kind == "count" else value


def _even(value: Floats, series: Series, kind: Kind, part: slice) -> Floats:
    """Deviations from the segment's middle, in units of even noise."""
    x = value[part]
    if kind not in ("proportion", "rate"):
        return np.sqrt(np.maximum(x, 0)) if kind == "count" else x
    seen = np.isfinite(x)
    n = series.n[part]
    middle = np.average(x[seen], weights=n[seen]) if seen.any() else 0.0
    return (x - middle) * np.sqrt(n / np.median(n[seen])) if seen.any() else x


def _found(value: Floats, series: Series, kind: Kind, segments: Segments) -> tuple[Bools, dict[int, list[int]]]:
    """The baseline each segment shows by itself, and where its level changes."""
    use = np.zeros(len(value), np.bool_)
    cuts: dict[int, list[int]] = {}
    offsets = segments.offsets.tolist()
    for number, (low, high) in enumerate(zip(offsets[:-1], offsets[1:], strict=True)):
        here = np.flatnonzero(np.isfinite(value[low:high]) & series.judged[low:high])
        if not len(here):
            continue
        even = _even(value, series, kind, slice(low, high))
        chosen, where = shifts.baseline(even[here])
        use[low + here[chosen]] = True
        if where:
            cuts[number] = (low + here[where]).tolist()
    return use, cuts


def _asked(baseline: int | tuple[np.datetime64, np.datetime64], series: Series, usable: Bools, segments: Segments) -> Bools:
    """The baseline a user named: so many points of each segment, or a stretch of time."""
    if isinstance(baseline, tuple):
        inside = (series.at >= baseline[0]) & (series.at <= baseline[1])
        has = np.add.reduceat(inside & usable, segments.starts) > 0 if len(usable) else np.zeros(0, np.bool_)
        # A segment without a point in that stretch (a later phase, a newer mechanism) is judged by its own points.
        return np.where(np.repeat(has, segments.lengths[segments.full]), inside & usable, usable)
    before = np.cumsum(usable) - usable
    first = np.repeat(before[segments.starts], segments.lengths[segments.full])
    return usable & (before - first < baseline)


# Chart


def _basic(kind: Kind, series: Series, of: bool) -> str:
    if kind == "value":
        several = np.median(series.n[series.n > 0]) >= 2 if (series.n > 0).any() else False
        return "xbar-s" if several and not of else "xmr"
    return {"proportion": "p", "rate": "u", "count": "c"}[kind]


def _spread_within(series: Series) -> Floats:
    """Standard deviation of the outcomes of each point."""
    with np.errstate(all="ignore"):
        square = (series.squares - series.total**2 / series.n) / (series.n - 1)
        sizes = np.abs(series.squares) * 1e-12
    return np.where(series.n > 1, np.sqrt(np.maximum(square - sizes, 0)), np.nan)


WIDER = {"p": "p'", "u": "u'", "c": "xmr", "xbar-s": "xmr"}


def _switch(kind: str, drawn: Limits, expected: Floats) -> Bools:
    """Segments whose points scatter more (or clearly less) than theory says."""
    z = drawn.sigma_z
    enough = (drawn.points >= PROVISIONAL) & (expected >= ENOUGH)
    narrow = (z < NARROW) & enough & (z > 0) & (kind in ("p", "u"))
    return (z > WIDE) | narrow


def _draw(kind: str, value: Floats, series: Series, segments: Segments, use: Bools) -> Limits:
    options = {"within": _spread_within(series)} if kind == "xbar-s" else {}
    needs_n = kind in ("p", "p'", "u", "u'", "xbar-s")
    return charts.limits(kind, value, segments.offsets, n=series.n if needs_n else None, baseline=use, **options)  # type: ignore[arg-type]


def chart(series: Series, value: Floats, kind: Kind, spec: ReviewSpec, season: Season, of: bool) -> Charted:
    """Limits of every point, by the chart that fits each segment.

    `value` is free of the season; the limits come back with it. Limits of counts and times end at 0.
    """
    segments, owner, phase = segments_of(series, spec.phases)
    usable = np.isfinite(value) & series.judged
    found, cuts = _found(value, series, kind, segments)
    use = found if spec.baseline is None else _asked(spec.baseline, series, usable, segments)
    value = np.where(np.isfinite(value), value, np.nan)
    basic = "t" if kind == "between" else _basic(kind, series, of)
    drawn = _draw(basic, value, series, segments, use)
    both = [(drawn, np.ones(len(value), np.bool_))]
    kinds = [basic] * segments.size
    if basic in WIDER:
        both, kinds = _by_scatter(basic, drawn, value, series, segments, use)
    return _joined(both, kinds, value, kind, series, segments, (owner, phase, use, cuts), season)


def _by_scatter(
    basic: str, drawn: Limits, value: Floats, series: Series, segments: Segments, use: Bools
) -> tuple[list[tuple[Limits, Bools]], list[str]]:
    cases = np.where(np.isfinite(series.total), np.abs(series.total), 0.0)
    expected = np.add.reduceat(cases, segments.starts) / segments.lengths[segments.full]
    wide = _switch(basic, drawn, expected)
    at = np.repeat(wide, segments.lengths)
    kinds = [WIDER[basic] if one else basic for one in wide]
    if not wide.any():
        return [(drawn, ~at)], kinds
    return [(drawn, ~at), (_draw(WIDER[basic], value, series, segments, use), at)], kinds


def _joined(
    both: list[tuple[Limits, Bools]], kinds: list[str], value: Floats, kind: Kind, series: Series,
    segments: Segments, known: tuple[Ints, Ints, Bools, dict[int, list[int]]], season: Season,
) -> Charted:  # fmt: skip
    owner, phase, use, cuts = known

    def pick(name: str) -> Floats:
        out = np.full(len(value), np.nan)
        for limits, at in both:
            out[at] = getattr(limits, name)[at]
        return out

    score = np.full(len(value), np.nan)
    for limits, at in both:
        score[at] = limits.scores(value)[at]
    lower, upper = pick("lower"), pick("upper")
    if kind in ("count", "rate", "between"):
        lower = np.maximum(lower, 0.0)
    limits = both[-1][0] if len(both) == 1 else both[0][0]
    return Charted(
        segments, owner, phase, use, kinds, season.restore(pick("centre")), season.restore(lower), season.restore(upper),
        pick("sigma"), score, limits.sigma_z, _lags(both, segments), both[0][0].points, both, cuts,
    )  # fmt: skip


def _lags(both: list[tuple[Limits, Bools]], segments: Segments) -> Floats:
    return both[0][0].lag1
