"""A mechanism through time beside what the same people, teams and customers let one expect elsewhere.

Risks come from a model of all mechanisms, without the own effect of the one that is looked at. Of outcomes that are
yes or no only: risk-adjusted CUSUM (Steiner et al. 2000), added up period by period.
"""

from typing import Any

import numpy as np
from scipy.special import expit

from andon.lake.factors import FactorCells
from andon.stats.adjusted import scores
from andon.stats.adjusted_arl import limit_for
from andon.stats.mixed import Design, Fit, Grouping, fit

ODDS = 2.0  # the change looked for: an unwanted outcome with twice the odds
CALM = 10  # times as many cases as there are, until a false alarm is to be expected
FEWEST = 200  # cases of a mechanism that are worth watching
MOST_RISKS = 200  # different risks that the limit is reckoned with
DIGITS = 6


def watched(cells: FactorCells, good: str) -> dict[str, Any]:
    """By name of the mechanism; empty where outcomes are not yes or no, or there is nothing to compare with."""
    if (
        cells.kind != "proportion"
        or "period" not in cells.factors
        or len(cells.factors["mechanism"].levels) < 2
    ):
        return {}
    risk = _risk(cells)
    bad = cells.total
    if good == "high":
        risk, bad = 1 - risk, cells.n - cells.total
    mechanism = cells.factors["mechanism"]
    found = {}
    for code, name in enumerate(mechanism.levels):
        mine = np.flatnonzero(mechanism.codes == code)
        if cells.n[mine].sum() >= FEWEST:
            found[name] = _through_time(cells, mine, bad[mine], risk[mine])
    return {name: one for name, one in found.items() if one}


def _risk(cells: FactorCells) -> np.ndarray:
    """Chance of a yes in each cell, (M,), as if it were in a usual mechanism."""
    factors = cells.factors | {f"mix {name}": factor for name, factor in cells.bins.items()}
    groupings = {
        name: Grouping(factor.codes.astype(np.int64), len(factor.levels))
        for name, factor in factors.items()
        if len(factor.levels) > 1
    }
    empty = np.empty((len(cells), 0))
    fitted: Fit = fit(Design(cells.n, cells.total, None, groupings, empty, ()), "binomial")
    codes = {name: one.codes for name, one in groupings.items()}
    codes["mechanism"] = np.full(len(cells), -1, np.int64)
    return np.asarray(expit(fitted.predict(codes, empty)))


def _through_time(
    cells: FactorCells, mine: np.ndarray, bad: np.ndarray, risk: np.ndarray
) -> dict[str, Any] | None:
    """The sum after each period, and the limit that it is held against."""
    n = cells.n[mine]
    limit = _limit(n, risk)
    if not np.isfinite(limit):
        return None
    period = cells.factors["period"]
    which, place = np.unique(period.codes[mine], return_inverse=True)
    step = bad * scores(1, risk, ODDS) + (n - bad) * scores(0, risk, ODDS)
    add = lambda values: np.bincount(place, values, len(which))  # noqa: E731
    sums = _sums(add(step))
    rows = zip(which, add(n), add(bad), add(n * risk), sums, strict=True)
    return {
        "odds": ODDS,
        "limit": _kept(limit),
        "every": cells.every,
        "periods": [
            {"at": period.levels[i], "n": int(cases), "seen": round(seen), "expected": _kept(expected),
             "sum": _kept(total), "alarm": bool(total >= limit)}
            for i, cases, seen, expected, total in rows
        ],
    }  # fmt: skip


def _limit(n: np.ndarray, risk: np.ndarray) -> float:
    """With false alarms `CALM` times as far apart as there are cases; risks that are nearly alike are taken as one."""
    edges = np.unique(np.quantile(risk, np.linspace(0, 1, MOST_RISKS + 1)))
    place = np.clip(np.searchsorted(edges, risk, side="right") - 1, 0, None)
    share = np.bincount(place, n)
    mean = np.bincount(place, n * risk) / np.maximum(share, 1e-300)
    return limit_for(CALM * float(n.sum()), mean[share > 0], odds=ODDS, weights=share[share > 0])


def _sums(steps: np.ndarray) -> np.ndarray:
    """Never below zero: what lies back long cannot make up for what happens now."""
    total, found = 0.0, np.empty(len(steps))
    for i, step in enumerate(steps.tolist()):
        total = max(0.0, total + step)
        found[i] = total
    return found


def _kept(x: float) -> float:
    return float(f"{x:.{DIGITS}g}")
