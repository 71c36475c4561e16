"""One person and everybody else in one outcome, before a plan began and since: counts from the lake.

All of them are put on the mix of work that they had together, before and since: who was given harder cases is not
taken to have done worse.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from andon import lake
from andon.attribution.cells import MOST_CELLS, brought, mix_of
from andon.attribution.coarser import coarser, merged
from andon.attribution.outcomes import asked_by, why_not
from andon.attribution.staff import known_people
from andon.lake import BadInput, Source
from andon.lake.cells import Factor
from andon.lake.factoring import factor_cells
from andon.lake.factors import FactorCells, FactorSpec
from andon.mechanisms.models import Measure
from andon.people.models import Person
from andon.stats.evened import advantages
from andon.stats.returning import Around

Floats = NDArray[np.float64]
BEFORE_DAYS = 90
FEWEST_PEOPLE = 5
EVERY = "week"


@dataclass(frozen=True, slots=True)
class Windows:
    """Means on the common mix and cases of the person in both windows, and what is known of the others.

    `evened`: which attributes of the work the mix is of.
    """

    before: float
    n_before: float
    after: float
    n_after: float
    others: Around
    evened: tuple[str, ...] = ()


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
        spec = FactorSpec(asked.outcome, _by(source), asked.kind, "at", EVERY, mix_of(source))  # type: ignore[arg-type]
        cells = factor_cells(source, spec)
    except BadInput as problem:
        return str(problem)
    return _windows(windowed(cells, started, today), person)


def windowed(cells: FactorCells, started: date, today: date) -> FactorCells:
    """The cells of both windows; the period is 0 before and 1 since. A mix of too many kinds loses its last ones."""
    at = _days(cells.factors["period"].levels)[cells.factors["period"].codes]
    since = np.datetime64(started, "D")
    before = (at >= since - np.timedelta64(BEFORE_DAYS, "D")) & (at + np.timedelta64(6, "D") < since)
    after = (at >= since) & (at <= np.datetime64(today + timedelta(days=1), "D"))
    period = Factor(after.astype(np.int32), ["before", "since"])
    factors = cells.factors | {"period": period}
    return coarser(merged(_only(replace(cells, factors=factors, every=None), before | after)), MOST_CELLS)


def _only(cells: FactorCells, kept) -> FactorCells:
    def of(factors: dict[str, Factor]) -> dict[str, Factor]:
        return {name: Factor(one.codes[kept], one.levels) for name, one in factors.items()}

    sums = {name: getattr(cells, name)[kept] for name in ("n", "total", "squares")}
    return replace(cells, factors=of(cells.factors), bins=of(cells.bins), slopes={}, **sums)


def _by(source: Source) -> dict[str, tuple[str, ...]]:
    """Who served, and through what."""
    if "worker" not in source.columns:
        raise BadInput(
            "The data do not say who served.", "Name the column of who served when bringing the file in."
        )
    return {role: (role,) for role in ("worker", "mechanism") if role in source.columns}


def _windows(cells: FactorCells, person: Person) -> Windows | str:
    worker = cells.factors["worker"]
    known = known_people(worker.levels)
    mine = next((i for i, name in enumerate(worker.levels) if known.get(name) == person.pk), None)
    if mine is None:
        return "The data name no case that this person served."
    mix, ease = _ease(cells)
    first, then = (_by_worker(cells, ease, window) for window in (0, 1))
    others = np.arange(len(worker.levels)) != mine
    if min((first.n[others] > 0).sum(), (then.n[others] > 0).sum()) < FEWEST_PEOPLE:
        return "Too few others did the same work to say what was to be expected."
    between, within = spread(first.n[others], first.mean[others], first.within)
    told = Around(_mean(first, others), _mean(then, others), between, within)
    before, after = (_possible(float(one.mean[mine]), cells.kind) for one in (first, then))
    return Windows(before, float(first.n[mine]), after, float(then.n[mine]), told, mix)


def _possible(mean: float, kind: str) -> float:
    """A share on the common mix may come out a little beyond nothing or all."""
    return min(max(mean, 0.0), 1.0) if kind == "proportion" else mean


def _ease(cells: FactorCells) -> tuple[tuple[str, ...], Floats]:
    """What the work is told apart by, and how much higher each cell is through it than on the common mix."""
    worker, period = cells.factors["worker"], cells.factors["period"]
    work = {name: one for name, one in cells.factors.items() if name == "mechanism"} | cells.bins
    work = {name: one for name, one in work.items() if len(np.unique(one.codes)) > 1}
    who = worker.codes.astype(np.int64) * 2 + period.codes
    kinds = [np.unique(one.codes, return_inverse=True)[1] for one in work.values()]
    return tuple(work), advantages(who, kinds, cells.n, cells.total / cells.n)


@dataclass(frozen=True, slots=True)
class _Sums:
    """By worker: cases and mean (NaN without cases); and the variance of one case within workers."""

    n: Floats
    mean: Floats
    within: float


def _by_worker(cells: FactorCells, ease: Floats, window: int) -> _Sums:
    """Each outcome less the ease of its case; the sum of squares goes along: Σ(y − e)² = Σy² − 2eΣy + ne²."""
    worker, use = cells.factors["worker"], cells.factors["period"].codes == window
    size, scale, codes = len(worker.levels), cells.scale, worker.codes[use]
    cases, sums, easier = cells.n[use], cells.total[use], ease[use]
    n = np.bincount(codes, cases, size)
    total = np.bincount(codes, sums - easier * cases, size)
    squares = np.bincount(codes, cells.squares[use] - 2 * easier * sums + cases * easier**2, size)
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
