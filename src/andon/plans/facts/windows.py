"""One person and everybody else in one outcome, before a plan began and since: counts from the lake."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from andon import lake
from andon.attribution.cells import brought
from andon.attribution.outcomes import asked_by, why_not
from andon.attribution.staff import known_people
from andon.lake import BadInput, Source
from andon.lake.factoring import factor_cells
from andon.lake.factors import FactorSpec
from andon.mechanisms.models import Measure
from andon.people.models import Person
from andon.plans.rules.outcome import Around

Floats = NDArray[np.float64]
BEFORE_DAYS = 90
FEWEST_PEOPLE = 5
EVERY = "week"


@dataclass(frozen=True, slots=True)
class Windows:
    """Means and cases of the person in both windows, and what is known of the others."""

    before: float
    n_before: float
    after: float
    n_after: float
    others: Around


def around(measure: Measure, person: Person, started: date, today: date) -> Windows | str:
    """The 90 days before against the days since; a sentence where nothing can be told."""
    asked = asked_by(measure)
    data = brought()
    if asked is None:
        return why_not(measure)
    if not data.paths:
        return "No data of what happened to customers were brought in."
    try:
        source = lake.open_source([str(path) for path in data.paths])
        cells = factor_cells(source, FactorSpec(asked.outcome, _by(source), asked.kind, "at", EVERY))  # type: ignore[arg-type]
    except BadInput as problem:
        return str(problem)
    at = _days(cells.factors["period"].levels)[cells.factors["period"].codes]
    since = np.datetime64(started, "D")
    before = (at >= since - np.timedelta64(BEFORE_DAYS, "D")) & (at + np.timedelta64(6, "D") < since)
    after = (at >= since) & (at <= np.datetime64(today + timedelta(days=1), "D"))
    return _windows(cells, person, before, after)


def _by(source: Source) -> dict[str, tuple[str, ...]]:
    """Who served, and through what; the mix is left out, as the windows are short."""
    if "worker" not in source.columns:
        raise BadInput(
            "The data do not say who served.", "Name the column of who served when bringing the file in."
        )
    return {role: (role,) for role in ("worker", "mechanism") if role in source.columns}


def _windows(cells, person: Person, before, after) -> Windows | str:
    worker = cells.factors["worker"]
    known = known_people(worker.levels)
    mine = next((i for i, name in enumerate(worker.levels) if known.get(name) == person.pk), None)
    if mine is None:
        return "The data name no case that this person served."
    first, then = (_by_worker(cells, worker, window) for window in (before, after))
    others = np.arange(len(worker.levels)) != mine
    if min((first.n[others] > 0).sum(), (then.n[others] > 0).sum()) < FEWEST_PEOPLE:
        return "Too few others did the same work to say what was to be expected."
    between, within = spread(first.n[others], first.mean[others], first.within)
    told = Around(_mean(first, others), _mean(then, others), between, within)
    return Windows(
        float(first.mean[mine]), float(first.n[mine]), float(then.mean[mine]), float(then.n[mine]), told
    )


@dataclass(frozen=True, slots=True)
class _Sums:
    """By worker: cases and mean (NaN without cases); and the variance of one case within workers."""

    n: Floats
    mean: Floats
    within: float


def _by_worker(cells, worker, window) -> _Sums:
    size = len(worker.levels)
    codes, scale = worker.codes[window], cells.scale
    n = np.bincount(codes, cells.n[window], size)
    total = np.bincount(codes, cells.total[window], size)
    squares = np.bincount(codes, cells.squares[window], size)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / n
    left = squares.sum() - np.nansum(total * np.where(n > 0, mean, 0))
    within = left / max(n.sum() - (n > 0).sum(), 1) * scale**2
    return _Sums(n, mean * scale + cells.shift, float(max(within, 0.0)))


def _mean(sums: _Sums, who) -> float:
    """Of the others, each case counted once."""
    use = who & (sums.n > 0)
    return float(np.average(sums.mean[use], weights=sums.n[use]))


def spread(n: Floats, mean: Floats, within: float) -> tuple[float, float]:
    """Variance between people by the method of moments (DerSimonian and Laird), and within, of one case."""
    use = n > 0
    n, mean = n[use], mean[use]
    weight = n / max(within, 1e-12)
    centre = np.average(mean, weights=weight)
    q = float((weight * (mean - centre) ** 2).sum())
    scale = float(weight.sum() - (weight**2).sum() / weight.sum())
    return max((q - (len(n) - 1)) / scale, 0.0) if scale > 0 else 0.0, within


def _days(levels) -> NDArray[np.datetime64]:
    return np.array([str(level)[:10] for level in levels], "datetime64[D]")
