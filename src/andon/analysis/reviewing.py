"""From cells to an answer in words: the chart chosen and why, exceptions with reasons, how unusual each
series is.
"""

from collections.abc import Sequence

import numpy as np

from andon.analysis import apart, strength
from andon.analysis.spec import FDR, Bools, Floats, Points, Review, Reviewed, ReviewSpec
from andon.analysis.telling import told
from andon.analysis.warn import overall, why
from andon.analysis.working import SPEC_BIT, Work, worked
from andon.lake import BadInput, Cells


def review(cells: Cells, spec: ReviewSpec | None = None) -> Review:
    """Reviews all series of `cells` together. Raises BadInput when the spec does not fit the data."""
    return review_many([(cells, spec or ReviewSpec())])[0]


def review_many(asked: Sequence[tuple[Cells, ReviewSpec]], fdr: float | None = None) -> list[Review]:
    """Several measures at once; false alarms are controlled over the series of all of them together.

    fdr: as in ReviewSpec, for all of them; None takes the least that any of them asks for.
    """
    works = [worked(cells, spec) for cells, spec in asked]
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


def _scores(work: Work) -> Floats:
    """Sigmas from the centre, of what is left when the season is taken out."""
    return strength.scores(work.charted, work.series, work.season.remove(work.value))


def _strength(work: Work, score: Floats) -> tuple[Floats, Floats]:
    judged = work.series.judged & np.isfinite(work.value)
    return strength.of_series(work.charted, score, judged, len(work.series.names))


def _points(work: Work, score: Floats, kept: Bools) -> Points:
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


def _reviewed(work: Work, points: Points, strong: Floats, p: Floats, q: float | None) -> Review:
    if not len(work.value):
        raise BadInput("There is nothing to chart.", "With --kind between at least two events are needed.")
    far = apart.from_others(work.series, work.series.judged, work.kind, work.unit, work.spec.good)
    first = np.searchsorted(work.charted.owner, np.arange(len(work.series.names)), side="right") - 1
    found = [
        told(work, points, s, int(first[s]), float(strong[s]), float(p[s]), far[s]) for s in range(len(first))
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
