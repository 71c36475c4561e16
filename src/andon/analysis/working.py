"""What the steps of one review hand on: the values, the limits and which points the rules mark."""

from dataclasses import dataclass, replace

import numpy as np

from andon.analysis import apart, between
from andon.analysis import season as seasons
from andon.analysis.kind import choose_kind
from andon.analysis.limits import Charted, chart, values
from andon.analysis.series import Series, build
from andon.analysis.spec import Bools, Floats, Kind, Marks, ReviewSpec
from andon.lake import Cells
from andon.stats import rules as stats_rules
from andon.stats.rule_sets import NELSON, Rule, rules_named

SPEC_BIT = 31
SEASONAL = 0.1  # share of the variation a season must explain to be worth a warning
RARE = 5.0  # expected cases (or misses) a point, below which runs on one side say nothing
PLAIN: tuple[Rule, ...] = (
    NELSON[0],
    replace(NELSON[1], marked="pattern"),
    replace(NELSON[4], marked="pattern"),
)
"""Marked where no rule set is asked for: outside the limits, nine on one side, two of three far out."""
OUT_OF_SPEC = "This point is outside the specification."
_UNITS = {"proportion": "share", "count": "count", "rate": "rate", "value": "plain"}


@dataclass(frozen=True, eq=False)
class Work:
    """What the steps of one review hand on."""

    spec: ReviewSpec
    kind: Kind
    because: str
    unit: str
    series: Series
    value: Floats
    season: seasons.Season
    charted: Charted
    marks: Marks
    hidden_season: tuple[str, ...]


def rule_set(spec: ReviewSpec) -> tuple[Rule, ...]:
    return rules_named(spec.rules) if spec.rules else PLAIN


def _per_cent(spec: ReviewSpec, kind: Kind) -> ReviewSpec:
    """Limits of shares may be given as 95 for 0.95."""
    if kind != "proportion":
        return spec
    given = (spec.upper, spec.lower, spec.target)
    if not any(x is not None and x > 1 for x in given):
        return spec
    upper, lower, target = (None if x is None else x / 100 for x in given)
    return replace(spec, upper=upper, lower=lower, target=target)


def _marks(charted: Charted, value: Floats, series: Series, spec: ReviewSpec) -> Marks:
    out = np.zeros(len(value), np.uint32)
    for drawn in charted.drawn:
        found = stats_rules.marks(
            rule_set(spec), value, drawn.limits, charted.segments.offsets, exclude=~series.judged
        )
        out[drawn.at] = found[drawn.at]
    if spec.rules is None:
        out[_lopsided(charted, series)] &= 1  # only points outside the limits
    return out


def _lopsided(charted: Charted, series: Series) -> Bools:
    """Points of series so rare (or so nearly perfect) that most points lie on one side of the mean by
    themselves.
    """
    kinds = np.repeat(np.array(charted.kinds, object), charted.segments.lengths)
    share = np.isin(kinds, ("p", "p'"))
    centre = np.where(share, np.minimum(charted.centre, 1 - charted.centre), charted.centre)
    expected = np.where(kinds == "c", 1.0, series.n) * centre
    counted = share | np.isin(kinds, ("c", "u", "u'"))
    index = charted.segments.index
    size = charted.segments.size
    seen = np.isfinite(expected)
    mean = np.bincount(index[seen], expected[seen], size) / np.maximum(
        np.bincount(index[seen], minlength=size), 1
    )
    return counted & (mean < RARE)[index]


def _hidden(series: Series, value: Floats, kind: Kind, spec: ReviewSpec) -> tuple[str, ...]:
    """Seasons that are there and were not asked for."""
    if spec.season or kind == "between":
        return ()
    candidates = {
        "day": ("week", "year"),
        "hour": ("week",),
        "week": ("year",),
        "month": ("year",),
        "quarter": ("year",),
    }
    return tuple(
        s for s in candidates.get(series.every, ()) if seasons.present(series, value, kind, s) > SEASONAL
    )


def worked(cells: Cells, spec: ReviewSpec) -> Work:
    """Chooses the chart of these cells, draws its limits and marks its points."""
    kind, because = choose_kind(cells, spec)
    spec = _per_cent(spec, kind)
    if kind == "between":
        series, _, unit = between.build(cells)
        value = series.total
    else:
        series, unit = build(cells, kind), _UNITS[kind]
        value = values(series, kind)
    unit = spec.unit or unit
    season = (
        seasons.learn(series, value, kind, spec.season)
        if spec.season and kind != "between"
        else seasons.none(len(value))
    )
    level = season.remove(value)
    charted = chart(
        series, level, kind, spec, season, cells.has_outcome if kind == "between" else cells.has_of
    )
    marks = _marks(charted, level, series, spec)
    outside = apart.outside_spec(value, spec) & series.judged
    marks[outside] |= np.uint32(1 << SPEC_BIT)
    return Work(
        spec, kind, because, unit, series, value, season, charted, marks, _hidden(series, value, kind, spec)
    )


def reason_of(work_rules: tuple[Rule, ...], mark: int) -> list[str]:
    """The sentences of one mark."""
    inside = mark & ~(1 << SPEC_BIT)
    return ([OUT_OF_SPEC] if mark >> SPEC_BIT & 1 else []) + stats_rules.reasons(work_rules, inside)
