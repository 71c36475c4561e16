"""Which points the limits are estimated from."""

import itertools

import numpy as np

from andon.analysis import shifts
from andon.analysis.series import Series
from andon.analysis.shifts import SHORTEST
from andon.analysis.spec import Bools, Floats, Ints, Kind, ReviewSpec
from andon.stats.segments import Segments

Cuts = dict[int, list[int]]


def segments_of(series: Series, phases: tuple[np.datetime64, ...]) -> tuple[Segments, Ints, Ints]:
    """Segments (series × phase), the series of each, and the phase of each point."""
    bounds = np.array(sorted(phases), "datetime64[s]")
    phase = np.searchsorted(bounds, series.at, side="right")
    owner = series.owner
    new = np.flatnonzero(np.r_[False, (np.diff(owner) != 0) | (np.diff(phase) != 0)])
    offsets = np.concatenate([[0], new, [len(owner)]]) if len(owner) else np.zeros(1, np.int64)
    return Segments(offsets.astype(np.int64)), owner[offsets[:-1]], phase.astype(np.int64)


FEW = 5.0  # events a point, below which arcsine and roots no longer make the noise even


def _even(x: Floats, n: Floats, kind: Kind) -> tuple[Floats, float]:
    """Values on a scale where the noise is even, and the least noise chance alone gives.

    Shares, rates and counts are made even by arcsine and roots, so that chance alone has sigma 1; shares and
    rates of few events by dividing through the sigma of chance, as roots would hide a shift among the zeros.
    """
    if kind == "count":
        return 2 * np.sqrt(np.maximum(x, 0) + 0.375), 1.0
    if kind not in ("proportion", "rate"):
        return x, 0.0
    middle = max(float(np.average(x, weights=n)), 0.0)
    spread = middle * (1 - min(middle, 1.0)) if kind == "proportion" else middle
    if 0 < float(np.mean(n)) * spread < FEW:
        return (x - middle) * np.sqrt(n / spread), 1.0
    if kind == "rate":
        return 2 * (np.sqrt(np.maximum(x, 0)) - np.sqrt(middle)) * np.sqrt(n), 1.0
    return 2 * (np.arcsin(np.sqrt(np.clip(x, 0, 1))) - np.arcsin(np.sqrt(min(middle, 1.0)))) * np.sqrt(n), 1.0


def found(value: Floats, usable: Bools, series: Series, kind: Kind, segments: Segments) -> tuple[Bools, Cuts]:
    """The baseline each segment shows by itself, and where its level changes (places of points)."""
    use = usable & _calm(value, usable, series, kind, segments)
    cuts: Cuts = {}
    offsets = segments.offsets.tolist()
    for number, (low, high) in enumerate(itertools.pairwise(offsets)):
        if use[low:high].any():
            continue
        here = low + np.flatnonzero(usable[low:high])
        if not len(here):
            continue
        chosen, where = shifts.baseline(*_even(value[here], series.n[here], kind))
        use[here[chosen]] = True
        if where:
            cuts[number] = here[where].tolist()
    return use, cuts


def _calm(value: Floats, usable: Bools, series: Series, kind: Kind, segments: Segments) -> Bools:
    """Points of segments that need no closer look, told in blocks of equal length: bool (points,)."""
    counts = (
        np.add.reduceat(usable.astype(np.int64), segments.starts) if len(usable) else np.zeros(0, np.int64)
    )
    each = np.zeros(segments.size, np.int64)
    each[segments.full] = counts
    out = np.zeros(segments.size, np.bool_)
    places = np.flatnonzero(usable)
    owner = segments.index[places]
    for length in np.unique(each[each >= SHORTEST]).tolist():
        some = np.flatnonzero(each == length)
        where = places[np.isin(owner, some)].reshape(len(some), length)
        even = [_even(value[row], series.n[row], kind) for row in where]
        out[some] = shifts.calm(np.stack([row for row, _ in even]), even[0][1])
    return out[segments.index]


def _spread(per_segment: np.ndarray, segments: Segments) -> np.ndarray:
    return np.repeat(per_segment, segments.lengths[segments.full])


def asked(spec: ReviewSpec, series: Series, usable: Bools, segments: Segments) -> Bools:
    """The baseline a user named: so many points of each segment, or a stretch of time (both ends included).

    A segment without a point in that stretch (a later phase, a newer mechanism) is judged by its own points.
    """
    if not len(usable):
        return usable
    if isinstance(spec.baseline, tuple):
        inside = usable & (series.at >= spec.baseline[0]) & (series.at <= spec.baseline[1])
        has = np.add.reduceat(inside.astype(np.int64), segments.starts) > 0
        chosen: Bools = np.where(_spread(has, segments), inside, usable)
        return chosen
    before = np.cumsum(usable) - usable
    first: Bools = usable & (before - _spread(before[segments.starts], segments) < spec.baseline)
    return first
