"""The pictures of a pair: units against each other, changes within units, and what comes before what."""

from __future__ import annotations

import numpy as np

from andon.analysis.linking.pairing import both_measured, unit_levels
from andon.analysis.linking.spec import Floats, Joined, Link, Measure, Told, ToldLag
from andon.plots.intervals import Intervals
from andon.plots.linked import Against
from andon.stats.linked import Sweeper

GROUPS = 12  # of changes within units
FEWEST_CELLS = 24  # below, each change is drawn
LEAST = 5  # changes a group


def between_picture(link: Link, joined: Joined) -> Against | None:
    """A dot for each unit at its level of both."""
    x, y = both_measured(link.employee.values, link.customer.values)
    rows = np.flatnonzero(np.isfinite(x).any(axis=1))
    if len(rows) < 2:
        return None
    a, b = unit_levels(x, y)
    none = np.full(len(a), np.nan)
    return Against(
        "Between units", _few_words(link.between), link.employee.name, link.customer.name, a, b, none, none,
        [joined.units[i] for i in rows.tolist()], _line(link.between, a, b), link.employee.unit, link.customer.unit,
    )  # fmt: skip


def _line(told: Told, x: Floats, y: Floats) -> tuple[float, float] | None:
    """Drawn only where there is an association."""
    if told.verdict != "association":
        return None
    return told.found.slope, float(y.mean() - told.found.slope * x.mean())


def within_picture(link: Link) -> Against | None:
    """Changes of units against the others, in groups of like changes of the first measure, with two standard errors."""
    x, y = both_measured(link.employee.values, link.customer.values)
    usable = np.isfinite(x)
    usable = usable & (usable.sum(axis=1) >= 2)[:, None]
    if not link.within.found.known:
        return None
    sweep = Sweeper(usable)
    a, b = sweep.rest(np.nan_to_num(x))[usable], sweep.rest(np.nan_to_num(y))[usable]
    middles = _grouped(a, b) if len(a) >= FEWEST_CELLS else (a, b, np.full(len(a), np.nan))
    return Against(
        "Within units", _few_words(link.within), f"{link.employee.name}, change", f"{link.customer.name}, change",
        middles[0], middles[1], middles[1] - 2 * middles[2], middles[1] + 2 * middles[2], [],
        _line(link.within, a, b), _change(link.employee), _change(link.customer),
    )  # fmt: skip


def _change(measure: Measure) -> str:
    return measure.unit


def _grouped(x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    """Means of x and y, and the standard error of y, in groups of about equal size by x; equal x stay together."""
    groups = max(min(GROUPS, len(x) // LEAST), 2)
    edges = np.unique(np.quantile(x, np.linspace(0, 1, groups + 1)[1:-1]))
    _, codes, n = np.unique(np.searchsorted(edges, x), return_inverse=True, return_counts=True)

    def mean(values: Floats) -> Floats:
        return np.asarray(np.bincount(codes, values) / n, np.float64)

    middle = mean(y)
    spread = np.sqrt(np.maximum(mean(y * y) - middle**2, 0))
    return mean(x), middle, spread / np.sqrt(np.maximum(n - 1, 1))


def lags_picture(link: Link, joined: Joined) -> Intervals | None:
    """r of every lag, customers first at the top, with the same period in the middle."""
    known = [lag for lag in link.lags if lag.found.known]
    if not known:
        return None
    theirs = sorted((lag for lag in known if lag.leads == "customer"), key=lambda lag: -lag.lag)
    ours = sorted((lag for lag in known if lag.leads == "employee"), key=lambda lag: lag.lag)
    same = [link.within.found] if link.within.found.known else []
    found = [*(lag.found for lag in theirs), *same, *(lag.found for lag in ours)]
    names = [*(_named(lag) for lag in theirs), *(["Same " + joined.every] if same else [])]
    names += [_named(lag) for lag in ours]
    return Intervals(
        f"Which came first, by {joined.every}s", "Correlation within units, 95 % intervals.", "lag", names,
        np.array([one.cells for one in found], np.float64), np.array([one.r for one in found]),
        np.array([one.low for one in found]), np.array([one.high for one in found]), 0.0, "",
    )  # fmt: skip


def _named(lag: ToldLag) -> str:
    who = "Work life" if lag.leads == "employee" else "Customers"
    return f"{who} by {lag.lag}"


def _few_words(told: Told) -> str:
    return {"association": "There is an association.", "no sign": "No sign of an association."}.get(
        told.verdict, "The numbers cannot tell."
    )
