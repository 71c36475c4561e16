"""From cells to an answer in words: the chart chosen and why, exceptions with reasons, how unusual each
series is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from andon.analysis import apart, between, sentences, strength
from andon.analysis import season as seasons
from andon.analysis.beyond import beyond
from andon.analysis.kind import choose_kind
from andon.analysis.limits import Charted, chart, values
from andon.analysis.series import Series, build
from andon.analysis.spec import FDR, Bools, Floats, Kind, Marks, Points, Review, Reviewed, ReviewSpec
from andon.analysis.warn import notes_of, overall, why
from andon.lake import BadInput, Cells
from andon.plots import ControlChart
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
class _Work:
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


def _worked(cells: Cells, spec: ReviewSpec) -> _Work:
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
    return _Work(
        spec, kind, because, unit, series, value, season, charted, marks, _hidden(series, value, kind, spec)
    )


def review(cells: Cells, spec: ReviewSpec | None = None) -> Review:
    """Reviews all series of `cells` together. Raises BadInput when the spec does not fit the data."""
    return review_many([(cells, spec or ReviewSpec())])[0]


def review_many(asked: Sequence[tuple[Cells, ReviewSpec]], fdr: float | None = None) -> list[Review]:
    """Several measures at once; false alarms are controlled over the series of all of them together.

    fdr: as in ReviewSpec, for all of them; None takes the least that any of them asks for.
    """
    works = [_worked(cells, spec) for cells, spec in asked]
    scores = [_scores(work) for work in works]
    found = [_strength(work, score) for work, score in zip(works, scores, strict=True)]
    p = np.concatenate([p for _, p in found]) if found else np.zeros(0)
    wanted = [w.spec.fdr for w in works if w.spec.fdr is not None] + ([fdr] if fdr is not None else [])
    q = min(wanted) if wanted else (FDR if len(p) > 1 else None)
    kept = strength.discoveries(p, q) if q is not None else np.ones(len(p), np.bool_)
    reviews, at = [], 0
    for work, score, (strong, chance) in zip(works, scores, found, strict=True):
        points = _points(work, score, kept[at : at + len(strong)])
        reviews.append(_reviewed(work, points, strong, chance, q))
        at += len(strong)
    return reviews


def _scores(work: _Work) -> Floats:
    """Sigmas from the centre, of what is left when the season is taken out."""
    return strength.scores(work.charted, work.series, work.season.remove(work.value))


def _strength(work: _Work, score: Floats) -> tuple[Floats, Floats]:
    judged = work.series.judged & np.isfinite(work.value)
    return strength.of_series(work.charted, score, judged, len(work.series.names))


def _points(work: _Work, score: Floats, kept: Bools) -> Points:
    series, charted = work.series, work.charted
    outside = (work.marks >> SPEC_BIT).astype(bool)
    exception = ((work.marks > 0) & kept[series.owner] | outside) & series.judged
    return Points(
        series.offsets,
        series.at,
        series.n if work.kind != "count" else series.rows,
        work.value,
        charted.centre,
        charted.lower,
        charted.upper,
        score,
        work.marks,
        exception,
        series.judged,
        charted.phase,
        charted.baseline,
    )


def _reviewed(work: _Work, points: Points, strong: Floats, p: Floats, q: float | None) -> Review:
    if not len(work.value):
        raise BadInput("There is nothing to chart.", "With --kind between at least two events are needed.")
    far = apart.from_others(work.series, work.series.judged, work.kind, work.unit, work.spec.good)
    first = np.searchsorted(work.charted.owner, np.arange(len(work.series.names)), side="right") - 1
    found = [
        _one(work, points, s, int(first[s]), float(strong[s]), float(p[s]), far[s]) for s in range(len(first))
    ]
    found.sort(key=_place)
    kinds = {kind: work.charted.kinds.count(kind) for kind in dict.fromkeys(work.charted.kinds)}
    name = work.spec.measure or work.kind
    return Review(
        name,
        work.kind,
        kinds,
        why(work, kinds),
        work.series.every,
        work.unit,
        q,
        work.spec.rules or "plain",
        work.series.names,
        tuple(found),
        points,
        overall(work, found, q),
    )


def _place(one: Reviewed) -> tuple[bool, bool, int, bool, float, str]:
    """Out of spec first, by the cases beyond the usual; then what lies far from the others, then the rest."""
    return not one.out, one.better, -round(one.beyond), not one.far, -one.strength, one.name


def reason_of(work_rules: tuple[Rule, ...], mark: int) -> list[str]:
    """The sentences of one mark."""
    inside = mark & ~(1 << SPEC_BIT)
    return ([OUT_OF_SPEC] if mark >> SPEC_BIT & 1 else []) + stats_rules.reasons(work_rules, inside)


def _facts(work: _Work, points: Points, here: slice) -> tuple[sentences.Facts, np.ndarray]:
    judged = np.flatnonzero(points.judged[here] & np.isfinite(points.value[here])) + here.start
    base = points.baseline[here] & np.isfinite(points.value[here])
    usual = points.centre[here][base]
    weight = points.n[judged] if work.kind in ("proportion", "rate", "value") else np.ones(len(judged))
    facts = sentences.Facts(
        work.spec.measure or work.kind,
        work.kind,
        work.unit,
        work.series.every,
        work.spec.good,
        points.at[judged],
        points.value[judged],
        points.centre[judged],
        points.exception[judged],
        float(usual.mean()) if len(usual) else float("nan"),
        weight,
        bool((points.marks[judged] > 0).any()),
    )
    return facts, judged


def _beyond(work: _Work, points: Points, here: slice) -> Floats:
    n, value, centre = points.n[here], points.value[here], points.centre[here]
    return beyond(n, value, centre, work.spec.good, work.kind)


def _one(work: _Work, points: Points, s: int, segment: int, strong: float, p: float, far: str) -> Reviewed:
    here = slice(int(points.offsets[s]), int(points.offsets[s + 1]))
    facts, judged = _facts(work, points, here)
    text = sentences.sentence(facts)
    episodes = sentences.episodes(facts)
    last = sentences.told(facts, episodes) if episodes else None
    ongoing = last is not None and sentences.is_ongoing(facts, last)
    marked = points.exception[here]
    customers = work.series.customers[here][marked]
    spec_text = apart.spec_sentence(
        np.where(points.judged[here], points.value[here], np.nan), work.spec, work.series.every, work.unit
    )
    target = ""
    if not ongoing:  # the limits speak of what was usual, which no longer holds
        target = apart.target_sentence(
            points.lower[here], points.upper[here], work.spec.target, work.spec.good, work.unit
        )
    text = " ".join(part for part in (text, spec_text, target) if part)
    rules = rule_set(work.spec)
    reasons = [""] * (here.stop - here.start)
    place = {int(at): i for i, at in enumerate(judged)}
    for i in np.flatnonzero(marked):
        at = here.start + int(i)
        reasons[i] = sentences.reason(
            facts, place[at], reason_of(rules, int(points.marks[at])), float(points.score[at])
        )
    drawn = ControlChart(
        work.series.names[s],
        text,
        points.at[here],
        points.value[here],
        points.centre[here],
        points.lower[here],
        points.upper[here],
        marked,
        reasons,
        points.phase[here],
        "" if work.series.every == "second" else work.series.every,
        work.unit,
        work.spec.good,
        work.spec.target,
        work.spec.lower,
        work.spec.upper,
    )
    better = bool(marked.any()) and not drawn.worse.any()
    level = float(facts.value[-1]) if len(facts.value) else float("nan")
    return Reviewed(
        work.series.names[s],
        s,
        work.charted.kinds[segment],
        text,
        strong,
        p,
        bool(marked.any()),
        better,
        facts.at[last[0]] if last is not None else None,
        ongoing,
        level,
        facts.usual,
        float(customers.sum()) if len(customers) else 0.0,
        float(_beyond(work, points, here)[marked].sum()),
        float(work.charted.sigma_z[segment]),
        float(work.charted.lag1[segment]),
        notes_of(work, segment),
        far,
        spec_text,
        here,
        drawn,
    )
