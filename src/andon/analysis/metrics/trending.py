"""Metrics that improve over time while customers fare worse."""

import re

import numpy as np

from andon.analysis.metrics.saying import Scale
from andon.analysis.metrics.spec import AuditSpec, Moving, Side
from andon.lake.cells import starts
from andon.lake.metrics import MetricCells
from andon.plots import words
from andon.stats.within.coding import dense
from andon.stats.within.trend import Trend, levels, trend

SURE = 0.01
LEAST = 0.1  # of its spread that a metric must have moved
YEAR = 365.25 * 86400
HIGHER = re.compile(
    r"on.?time|in.?time|adher|resolution|resolved|first.?contact|\bfcr\b|occupan|quality|score|csat|nps|satisf|"
    r"complian|answered|service.?level|productiv|utili[sz]|kept|closed",
    re.IGNORECASE,
)
LOWER = re.compile(
    r"time|wait|handl|talk|wrap|hold|durat|transfer|repeat|abandon|effort|error|defect|late|delay|cost|backlog|reopen|"
    r"minutes|seconds|hours|\baht\b|\bttr\b|\bacw\b|\basa\b|age\b|escalat|complain",
    re.IGNORECASE,
)


def improves(name: str, spec: AuditSpec) -> Side | None:
    """Which way a metric counts as better: as told, or as its name suggests; None where that is open."""
    if name in spec.better:
        return spec.better[name]
    plain = name.replace("_", " ")
    if HIGHER.search(plain):
        return "high"
    return "low" if LOWER.search(plain) else None


def moving(cells: MetricCells, spec: AuditSpec, scale: Scale, matters: float) -> Moving | None:
    """A metric and the outcome of the same cases that go opposite ways over time; None where they do not."""
    found = _trends(cells)
    if found is None:
        return None
    metric, outcome = found
    change = outcome.change * cells.outcome.spread
    side = improves(cells.name, spec)
    better = side is None or (metric.change > 0) == (side == "high")
    if not (_sure(metric) and _sure(outcome) and better and abs(metric.change) >= LEAST):
        return None
    if not scale.worse(change) or abs(change) < matters:
        return None
    ends = sorted(end * cells.outcome.spread for end in (outcome.low, outcome.high))
    moved = metric.change * cells.metric.spread
    return Moving(
        cells.name,
        moved,
        change,
        ends[0],
        ends[1],
        side is not None,
        _sentence(cells, moved, change, side, outcome, scale),
    )


def _trends(cells: MetricCells) -> tuple[Trend, Trend] | None:
    named = cells.factors.get("mechanism")
    kind = dense(named.codes.astype(np.int64))[0] if named else np.zeros(len(cells), np.int64)
    first = int(cells.period.min())
    period, seen = dense(cells.period - first)
    size = len(seen)
    cell, found = dense(kind * size + period)
    years = starts(seen + first, cells.every).astype(np.int64) / YEAR
    n, *sums = (np.bincount(cell, values) for values in (cells.n, cells.x, cells.y))
    lines = [trend(*levels(found // size, found % size, n, total), years) for total in sums]
    metric, outcome = lines
    return (metric, outcome) if metric and outcome else None


def _sure(one: Trend) -> bool:
    return one.p < SURE and one.steady


def _sentence(
    cells: MetricCells, moved: float, change: float, side: Side | None, outcome: Trend, scale: Scale
) -> str:
    went = f"rose by {words.number(moved)}" if moved > 0 else f"fell by {words.number(-moved)}"
    counts = ", which counts as better," if side else ""
    rest = "" if side else " If that counts as an improvement, it is none for customers."
    season = "" if outcome.seasonal else " With less than a year and a half, a season may look alike."
    return (
        f"“{cells.name}” {went}{counts} over the time looked at, while {scale.outcome} got worse by "
        f"{scale.amount(change)}, mechanism by mechanism.{rest}{season}"
    )
