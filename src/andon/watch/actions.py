"""Charts computed anew."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
from django.db import transaction

from andon.analysis import Review, ReviewSpec, review, review_many
from andon.lake import BadInput, Cells
from andon.mechanisms.models import Measure
from andon.watch import charting, keeping
from andon.watch.cells import Measured, cells_of
from andon.watch.models import Chart


def refresh(measures: Iterable[Measure], now: datetime) -> int:
    """Computes charts and exceptions of `measures` from the lake; how many have points.

    False alarms are controlled over all measures of the call together. A measure that cannot be computed
    keeps no
    old picture: its sentence says why.
    """
    measures = list(_with_phases(measures))
    measured = list(cells_of(measures))
    reviewed = _reviewed([one for one in measured if one.cells is not None])
    with transaction.atomic():
        known = {
            c.measure_id: c
            for c in Chart.objects.filter(measure__in=measures).select_for_update().defer("points")
        }
        empty = [keeping.empty(one.measure, one.problem, now) for one in measured if one.cells is None]
        done = []
        for one, answer in reviewed:
            if answer.review:
                done.append(charting.chart(one.measure, one.cells, answer.review, answer.warnings, now))
            else:
                empty.append(keeping.empty(one.measure, answer.problem, now))
        keeping.keep_charts([*empty, *(drawn.chart for drawn in done)], known)
        keeping.keep_exceptions(measures, [e for drawn in done for e in drawn.exceptions], now)
    return len(done)


def _with_phases(measures: Iterable[Measure]) -> Iterable[Measure]:
    if hasattr(measures, "prefetch_related"):
        return measures.select_related("mechanism").prefetch_related("phases")
    keys = [measure.pk for measure in measures]
    return Measure.objects.filter(pk__in=keys).select_related("mechanism").prefetch_related("phases")


Checked = tuple[ReviewSpec | None, tuple[str, ...]]


class Answer(NamedTuple):
    """What came of asking for a review: the review, or why there is none; and what had to be left out."""

    review: Review | None
    problem: str = ""
    warnings: tuple[str, ...] = ()


def _reviewed(measured: list[Measured]) -> list[tuple[Measured, Answer]]:
    """A review of each. What does not fit one measure's data does not spoil the others."""
    checked = [_checked(one) if one.measure.season else (spec_of(one.measure), ()) for one in measured]
    try:
        return _asked(measured, checked)
    except BadInput:
        return _asked(measured, [_checked(one) for one in measured])


def _asked(measured: list[Measured], checked: list[Checked]) -> list[tuple[Measured, Answer]]:
    asked = [(one.cells, spec) for one, (spec, _) in zip(measured, checked, strict=True) if spec]
    reviews = iter(review_many(asked))
    return [
        (one, Answer(next(reviews), "", said) if spec else Answer(None, " ".join(said)))
        for one, (spec, said) in zip(measured, checked, strict=True)
    ]


def _checked(one: Measured) -> Checked:
    """The spec that fits the data: as registered, or without a season that they are too short to learn."""
    spec = spec_of(one.measure)
    found, said = _tried(one.cells, spec, ())
    if found or spec.season is None:
        return found, said
    return _tried(one.cells, replace(spec, season=None), said)


def _tried(cells: Cells, spec: ReviewSpec, said: tuple[str, ...]) -> Checked:
    try:
        review(cells, spec)
    except BadInput as error:
        return None, (*said, error.problem)
    return spec, said


def spec_of(measure: Measure) -> ReviewSpec:
    """What the register says about a measure, as a review is asked for."""
    return ReviewSpec(
        kind=measure.kind,
        measure=measure.name,
        unit=measure.unit,
        good=measure.good,
        upper=measure.spec_upper,
        lower=measure.spec_lower,
        target=measure.target,
        baseline=_baseline(measure),
        phases=tuple(
            np.datetime64(p.starts.astimezone(UTC).replace(tzinfo=None), "s") for p in measure.phases.all()
        ),
        season=measure.season or None,
        rules=measure.rules or None,
    )


def _baseline(measure: Measure) -> tuple[np.datetime64, np.datetime64] | None:
    if measure.baseline_from is None or measure.baseline_to is None:
        return None
    end = np.datetime64(measure.baseline_to, "D") + np.timedelta64(1, "D")
    return np.datetime64(measure.baseline_from, "s"), end.astype("datetime64[s]") - np.timedelta64(1, "s")
