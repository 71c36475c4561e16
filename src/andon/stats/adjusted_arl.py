"""How long a risk-adjusted CUSUM runs before it signals, and the limit for a wanted run length.

The run length L(z) from a sum of z is 1 plus the mean of L after one more case. It is solved on a lattice from 0 to the
limit, with a step that ends between two points shared by both ("paired rounding", Knoth, Wittenberg and Gan 2019).
Steps are short beside the limit, so the equations are banded.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg import solve_banded
from scipy.optimize import brentq

from andon.stats.adjusted import scores
from andon.stats.segments import Floats

_POINTS = 100
"""Points of the lattice for a unit of log likelihood ratio: run lengths are then right to about 1 in 500."""
_LARGEST = 60.0


def average_run_length(
    risk: ArrayLike,
    limit: float,
    *,
    odds: float = 2.0,
    actual: float = 1.0,
    weights: ArrayLike | None = None,
    points: int = _POINTS,
) -> float:
    """Cases until `adjusted_cusum` signals on average, when cases come with these risks and weights (or all alike).

    actual: the true odds ratio; 1 is as usual (the run length between false alarms).   inf where it never signals;
    NaN without a known risk.   ValueError for a limit or odds that make no sense.
    """
    if not 0 < limit <= _LARGEST:
        raise ValueError(f"limit must be above 0 and at most {_LARGEST:g}")
    if not (actual > 0 and np.isfinite(actual)):
        raise ValueError("actual must be an odds ratio above 0")
    p, share = _mix(risk, weights)
    if p.size == 0:
        return float("nan")
    last = max(2, round(limit * points))
    really = actual * p / (1 - p + actual * p)
    steps = np.concatenate([scores(outcome, p, odds) for outcome in (0, 1)])
    chances = np.concatenate([share * (1 - really), share * really])
    if not (steps[chances > 0] > 0).any():
        return float("inf")
    return _run_length(steps * (last / limit), chances, last)


def limit_for(
    run_length: float,
    risk: ArrayLike,
    *,
    odds: float = 2.0,
    weights: ArrayLike | None = None,
    points: int = _POINTS,
) -> float:
    """The limit with which false alarms are `run_length` cases apart on average, when all is as usual.

    NaN where no limit does that: without a known risk, or when every outcome is certain.
    """
    if not run_length > 1:
        raise ValueError("run_length must be above 1 case")

    def beyond(limit: float) -> float:
        found = average_run_length(risk, limit, odds=odds, weights=weights, points=points)
        return float(np.log(found / run_length))

    low, high = 1e-3, 1.0
    with np.errstate(divide="ignore"):
        if not np.isfinite(beyond(high)):
            return float("nan")
        while beyond(high) < 0:
            low, high = high, 2 * high
            if high > _LARGEST:
                return float("nan")
    return low if beyond(low) > 0 else float(brentq(beyond, low, high, xtol=1e-5))


def _mix(risk: ArrayLike, weights: ArrayLike | None) -> tuple[Floats, Floats]:
    """Different risks and their shares; those missing or impossible are left out."""
    p = np.asarray(risk, np.float64).ravel()
    share = np.ones(p.shape) if weights is None else np.asarray(weights, np.float64).ravel()
    known = (p >= 0) & (p <= 1) & (share > 0) & np.isfinite(share)
    different, where = np.unique(p[known], return_inverse=True)
    total = np.bincount(where, share[known], len(different)).astype(np.float64)
    return different, total / total.sum() if different.size else total


def _run_length(steps: Floats, chances: Floats, last: int) -> float:
    """Mean run length from 0 on the points 0 ... last, `steps` in points; at the last or beyond is a signal."""
    below = np.floor(steps).astype(np.int64)
    share = steps - below
    reach = max(-int(below.min()), int(below.max()) + 1, 1)
    lower = np.bincount(below + reach, chances * (1 - share), 2 * reach + 1)
    upper = np.bincount(below + 1 + reach, chances * share, 2 * reach + 1)
    reach = min(reach, last)
    centre = len(lower) // 2
    both = lower + upper
    moved = both[centre - reach : centre + reach + 1]
    bands = np.zeros((2 * reach + 1, last + 1))
    # Row reach + j - t of column t holds the chance to go from j to t.
    bands[:, 1:last] = moved[::-1, None]
    bands[:, last] = upper[centre - reach : centre + reach + 1][::-1]
    at_most = np.cumsum(both)
    bands[reach:, 0] = at_most[centre - np.arange(reach + 1)]
    system = -bands
    system[reach] += 1
    return float(solve_banded((reach, reach), system, np.ones(last + 1))[0])
