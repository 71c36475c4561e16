"""Every pair of measures looked at, chances adjusted for all of them together."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from andon.analysis.linking import judging, warn
from andon.analysis.linking.leading import direction, echoed
from andon.analysis.linking.sentences import sentence
from andon.analysis.linking.spec import Floats, Joined, Link, Linked, LinkQuestion, Measure, ToldLag
from andon.stats import linked as stats
from andon.stats.linked import Association, Lag, Sweeper
from andon.stats.linked.correlating import centred, correlation

MOST_LAGS = {"year": 1, "quarter": 1, "month": 3, "week": 3}


@dataclass(frozen=True, slots=True, eq=False)
class _Looked:
    employee: Measure
    customer: Measure
    between: Association
    within: Association
    lags: list[Lag]


def link(joined: Joined, question: LinkQuestion, tell: Callable[[str], None] = lambda text: None) -> Linked:
    """All pairs of an employee and a customer measure."""
    most = _lags(joined, question)
    looked = []
    for employee in joined.employee:
        for customer in joined.customer:
            tell(f"Comparing {employee.name} with {customer.name}")
            looked.append(_looked(employee, customer, most, question))
    levels = stats.adjusted([p for one in looked for p in (one.between.p, one.within.p)]).reshape(-1, 2)
    later = iter(stats.adjusted([lag.association.p for one in looked for lag in one.lags]).tolist())
    links = [
        _link(one, float(level[0]), float(level[1]), [next(later) for _ in one.lags], joined, question)
        for one, level in zip(looked, levels, strict=True)
    ]
    seen = int(np.isfinite(levels).sum())
    lag_looks = sum(np.isfinite(lag.association.p) for one in looked for lag in one.lags)
    found = Linked(question, joined, tuple(links), seen, int(lag_looks), most, ())
    return Linked(question, joined, tuple(links), seen, int(lag_looks), most, tuple(warn.warnings(found)))


def _lags(joined: Joined, question: LinkQuestion) -> int:
    """No more than leave three periods to compare."""
    asked = MOST_LAGS[joined.every] if question.lags is None else question.lags
    return max(min(asked, len(joined.periods) - 2), 0)


def _looked(employee: Measure, customer: Measure, most: int, question: LinkQuestion) -> _Looked:
    x, y = both_measured(employee.values, customer.values)
    names = f"{employee.column}\n{customer.name}".encode()
    rng = np.random.default_rng([question.seed, zlib.crc32(names)])  # the same whatever else is looked at
    levels = unit_levels(x, y)
    return _Looked(
        employee,
        customer,
        _placed(stats.between(levels[0], levels[1], rng, question.permutations), np.isfinite(x).any(axis=1)),
        stats.within(x, y, rng, question.permutations),
        stats.lags(employee.values, customer.values, most),
    )


def both_measured(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Only cells in which both were measured."""
    known = np.isfinite(x) & np.isfinite(y)
    return np.where(known, x, np.nan), np.where(known, y, np.nan)


def unit_levels(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """The level of each unit that has any cell, at the average period: its mean, where none of its cells is missing.

    Where units of different periods share no other unit, how far each lies from its own periods.
    """
    mask = np.isfinite(x)
    rows = mask.any(axis=1)
    if not rows.any():
        return np.empty(0), np.empty(0)
    sweep = Sweeper(mask)
    if sweep.joined:
        return sweep.effects(x)[0][rows], sweep.effects(y)[0][rows]
    return _apart(x, mask)[rows], _apart(y, mask)[rows]


def _apart(values: Floats, mask: np.ndarray) -> Floats:
    known = np.where(mask, values, 0.0)
    usual = known.sum(axis=0) / np.maximum(mask.sum(axis=0), 1)
    left: Floats = np.where(mask, values - usual, 0.0).sum(axis=1) / np.maximum(mask.sum(axis=1), 1)
    level: Floats = left + float(known.sum() / max(mask.sum(), 1))
    return level


def _placed(found: Association, rows: np.ndarray) -> Association:
    """The unit without which it was told again, by its place among all units."""
    one = found.without_one
    if one is None:
        return found
    return replace(found, without_one=replace(one, unit=int(np.flatnonzero(rows)[one.unit])))


def _pooled(x: Floats, y: Floats) -> float:
    """r of all cells thrown together, which mixes both questions."""
    x, y = both_measured(x, y)
    known = np.isfinite(x)
    return correlation(centred(x[known]), centred(y[known])) if known.sum() > 2 else float("nan")


def _link(
    one: _Looked,
    p_between: float,
    p_within: float,
    p_lags: Sequence[float],
    joined: Joined,
    question: LinkQuestion,
) -> Link:
    fdr = question.fdr
    between = judging.told_between(one.between, p_between, fdr)
    within = judging.told_within(one.within, p_within, fdr)
    lags = tuple(
        ToldLag(
            "employee" if lag.leads == "first" else "customer", lag.lag, lag.association, p, lag.held, lag.plain,
            bool(p <= fdr),
        )
        for lag, p in zip(one.lags, p_lags, strict=True)
    )  # fmt: skip
    leads = direction(within, lags, fdr)
    both = between.verdict == within.verdict == "association" and not echoed(within, lags, leads)
    columns = np.flatnonzero(
        (np.isfinite(one.employee.values) & np.isfinite(one.customer.values)).any(axis=0)
    )
    ends = (joined.periods[columns[0]], joined.periods[columns[-1]]) if len(columns) else ("", "")
    found = Link(
        one.employee, one.customer, between, within, lags, leads,
        both and between.found.r * within.found.r < 0, _pooled(one.employee.values, one.customer.values), ends[0],
        ends[1], len(columns), "",
    )  # fmt: skip
    return replace(found, sentence=sentence(found, joined))
