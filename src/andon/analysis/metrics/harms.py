"""Targets met by harm: how customers fare, and what other metrics do, where cases bunch beside a limit."""

from collections.abc import Iterator

import numpy as np
from scipy.stats import norm

from andon.analysis.metrics.cliffs import Cliff, Steps, cliffs
from andon.analysis.metrics.saying import Scale, words_joined
from andon.analysis.metrics.spec import AuditSpec, Harm, Interval
from andon.analysis.metrics.trending import improves
from andon.lake.metrics import FineCounts, Rows
from andon.plots import words
from andon.stats.within.cliff import Gap, gap

CLEAR = 3.0  # errors by which an outcome or another metric must stand out
NORMAL = 1.959964


def harms(fine: FineCounts, rows: Rows, scale: Scale, spec: AuditSpec) -> Iterator[Harm]:
    """Cliffs at given limits; without any, those beside which customers fare worse or another metric gives way."""
    for mechanism, steps, cliff in cliffs(fine, spec.limits.get(fine.name, ()), spec.look_further):
        harm = _harm(fine.name, rows, scale, spec, mechanism, steps, cliff)
        if harm.given or harm.harmful:
            yield harm


def _harm(
    metric: str, rows: Rows, scale: Scale, spec: AuditSpec, mechanism: str, steps: Steps, cliff: Cliff
) -> Harm:
    n, y = (steps.put(values, cliff.below) for values in (steps.n, steps.y))
    beside = gap(n, y, cliff.edge, cliff.below, 1.0, steps.reach)
    worse = beside is not None and _clear(beside) and scale.worse(beside.value)
    others = tuple(_others(rows, steps, cliff))
    gives_way = any(_gives_way(name, by, spec) for name, by in others)
    outcome = _interval(beside, rows.outcome.spread)
    return Harm(
        metric, mechanism, cliff.value, cliff.given, "below" if cliff.below else "above",
        float(np.exp(abs(cliff.ratio))), beside.cases if beside else 0.0, float(2 * norm.sf(abs(cliff.z))), outcome,
        others, worse or gives_way, _sentence(metric, mechanism, cliff, outcome, worse, others, scale),
    )  # fmt: skip


def _gives_way(name: str, by: float, spec: AuditSpec) -> bool:
    """Whether another metric is worse there; only where it is known which way is worse."""
    side = improves(name, spec)
    return side is not None and (by < 0) == (side == "high")


def _others(rows: Rows, steps: Steps, cliff: Cliff) -> Iterator[tuple[str, float]]:
    """The other metrics that stand out beside a cliff, and by how much."""
    for name, (known, total) in steps.others.items():
        n, x = steps.put(known, cliff.below), steps.put(total, cliff.below)
        one = gap(n, x, cliff.edge, cliff.below, 1.0, steps.reach)
        if one is not None and _clear(one):
            yield name, one.value * rows.metrics[name].spread


def _clear(one: Gap) -> bool:
    return one.error > 0 and abs(one.value) / one.error >= CLEAR


def _interval(one: Gap | None, spread: float) -> Interval:
    if one is None:
        return Interval(np.nan, np.nan, np.nan)
    return Interval(one.value, one.value - NORMAL * one.error, one.value + NORMAL * one.error).times(spread)


def _sentence(
    metric: str, mechanism: str, cliff: Cliff, outcome: Interval, worse: bool,
    others: tuple[tuple[str, float], ...], scale: Scale,
) -> str:  # fmt: skip
    side, other = ("below", "above") if cliff.below else ("above", "below")
    where = f" in {mechanism}" if mechanism else ""
    told = (
        f"“{metric}”{where} piles up just {side} {words.number(cliff.value)}: "
        f"{words.number(float(np.exp(abs(cliff.ratio))))} times as many cases as just {other} it."
    )
    moved = [f"{name} is {words.number(abs(by))} {'higher' if by > 0 else 'lower'}" for name, by in others]
    if worse:
        change = f"{scale.outcome} is {scale.amount(outcome.effect)} {scale.side(outcome.effect)}"
        moved = [f"{change} ({scale.judged(outcome.effect)})", *moved]
    if not moved:
        return f"{told} Customers there fare no differently, as far as can be seen."
    return f"{told} There, {words_joined(moved)} than what lies around lets expect."
