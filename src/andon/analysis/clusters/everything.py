"""The whole volume as a cluster of its own: more of everything."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from andon.analysis.clusters.alarms import also
from andon.analysis.clusters.choosing import RAISED, Chosen, ratio
from andon.analysis.clusters.naming import nearly_all
from andon.analysis.clusters.spec import Bools, Cluster, Curve, Floats, Ints
from andon.analysis.clusters.telling import cluster_sentence
from andon.analysis.clusters.whole import Whole, whole
from andon.stats.scan import scan

if TYPE_CHECKING:
    from andon.analysis.clusters.describe import Told
    from andon.analysis.clusters.ground import Ground

MOST = 10
BESIDE = "The clusters with a name are not counted in this: it is what rose beside them."


def curve_of(ground: "Ground", total: Floats) -> Curve:
    """All that was counted, with what was expected of it."""
    found = whole(total, ground.scanning)
    expected = np.where(found.judged, found.expected, np.nan)
    return Curve(
        ground.grid.edges[:-1], total, expected, expected + 2 * found.sd, np.zeros(len(total), np.bool_)
    )


def everything(here: "Told", chosen: Sequence[Chosen], kinds: int) -> list[Cluster]:
    """Stretches in which everything rose, also without the clusters that have a name."""
    units = here.counter.units
    rest = np.ones(len(units.window), np.bool_)
    for one in chosen:
        rest[one.rows] = False
    total = units.total(np.flatnonzero(rest))
    found = _judged(here, total, np.flatnonzero(rest))
    tested = here.ground.tested
    cost = float(np.log(len(tested) * len(here.ground.scanning.runs(len(total))) * kinds))
    free = np.zeros(len(total), np.bool_)
    free[tested] = True
    made: list[Cluster] = []
    while len(made) < MOST:
        strength = np.where(free, found.log_p, 0.0)
        peak = int(strength.argmin())
        if strength[peak] + cost > np.log(here.ground.spec.fdr):
            break
        first, last = _stretch(found, total, peak, len(tested) > 1)
        free[max(first - 1, 0) : last + int(found.length[peak]) + 1] = False
        if total[last] > found.expected[last]:
            made.append(_cluster(here, found, total, (first, last), float(strength[peak]) + cost, rest))
    return made


def _judged(here: "Told", total: Floats, records: Ints) -> Whole:
    """A count by its own trend; a share by what it was."""
    spec = here.ground.scanning
    if here.counter.of is None:
        return whole(total, spec)
    found = scan(total[None], here.counter.of.total(records), spec)
    return Whole(
        found.log_p[0], found.length[0], found.expected[0], found.sd[0], found.judged[0] & ~found.after[0]
    )


def _stretch(found: Whole, total: Floats, peak: int, past: bool) -> tuple[int, int]:
    raised = found.judged & (total > found.expected + RAISED * found.sd)
    first, last = peak - int(found.length[peak]) + 1, peak
    while past and last + 1 < len(total) and raised[last + 1]:
        last += 1
    while past and first > 0 and raised[first - 1]:
        first -= 1
    while first < last and not raised[first]:
        first += 1
    return first, last


def _cluster(
    here: "Told", found: Whole, total: Floats, stretch: tuple[int, int], score: float, rest: Bools
) -> Cluster:
    from andon.analysis.clusters.describe import distinct_customers, examples

    ground, (first, last) = here.ground, stretch
    part = slice(first, last + 1)
    observed, expected = float(total[part].sum()), float(found.expected[part].sum())
    window = here.counter.units.window
    rows = np.flatnonzero(rest & (window >= first) & (window <= last))
    begin, end = ground.grid.edges[first], ground.grid.edges[last + 1]
    inside = np.zeros(len(total), np.bool_)
    inside[part] = True
    shown = np.where(found.judged, found.expected, np.nan)
    values = nearly_all(here, rows, {}) if here.label else {}
    return Cluster(
        slice=values,
        terms=(),
        begin=begin,
        end=end,
        observed=observed,
        expected=expected,
        p_adjusted=float(np.exp(min(score, 0.0))),
        customers=distinct_customers(ground, rows),
        rows=rows,
        examples=examples(ground, rows, ()),
        sentence=cluster_sentence(here.noun, values, (), (begin, end), observed, expected, False, here.label),
        possible_artefacts=() if rest.all() else (BESIDE,),
        curve=Curve(ground.grid.edges[:-1], total, shown, shown + 2 * found.sd, inside),
        kind=here.kind,
        outcome=here.label,
        counted="everything",
        contacts=len(rows),
        also=also(total, first, last, ground.grid),
        strength=ratio(observed, expected),
    )
