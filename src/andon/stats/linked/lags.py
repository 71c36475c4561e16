"""One after the other: does a change of one measure come before a change of the other?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from andon.stats.linked.clustered import clustered
from andon.stats.linked.result import Association
from andon.stats.linked.sweeping import Sweeper
from andon.stats.segments import Bools, Floats

FEWEST = 5  # units
PAST = 5  # periods with both, from which what the later measure was before is held equal
Leads = Literal["first", "second"]


@dataclass(frozen=True, slots=True)
class Lag:
    """`leads` says which measure comes first, by `lag` periods. held: compared at equal earlier values of the later
    measure, so that what merely persists does not look like foresight. `plain`: r without that.
    """

    leads: Leads
    lag: int
    association: Association
    held: bool
    plain: float


def lags(x: Floats, y: Floats, most: int) -> list[Lag]:
    """Lags 1 to `most`, x before y and y before x; x and y (U, T), NaN where not measured.

    Effects of units and periods are out. Chances and intervals are cluster-robust by unit.
    """
    found = [_lag(x, y, "first", lag) for lag in range(1, most + 1)]
    return found + [_lag(y, x, "second", lag) for lag in range(1, most + 1)]


def _lag(lead: Floats, follow: Floats, leads: Leads, lag: int) -> Lag:
    before, after, past = lead[:, :-lag], follow[:, lag:], follow[:, :-lag]
    usable = np.isfinite(before) & np.isfinite(after) & np.isfinite(past)
    held = _periods(usable) >= PAST
    if not held:
        usable = np.isfinite(before) & np.isfinite(after)
    mask, rows = _kept(usable)
    if len(rows) < FEWEST:
        return Lag(
            leads, lag, Association(units=len(rows), cells=int(mask.sum()), why="few units"), held, np.nan
        )
    sweep = Sweeper(mask)
    a, b, c = (sweep.rest(np.nan_to_num(part[rows])) for part in (before, after, past))
    plain = clustered(a, b).r if a.any() and b.any() else np.nan
    if held:
        a, b = _without(a, c), _without(b, c)
    return Lag(leads, lag, _association(a, b, mask), held, plain)


def _periods(usable: Bools) -> float:
    """Periods that the middle unit has, among those with any."""
    counts = usable.sum(axis=1)
    return float(np.median(counts[counts > 0])) if counts.any() else 0.0


def _kept(usable: Bools) -> tuple[Bools, np.ndarray]:
    rows = np.flatnonzero(usable.sum(axis=1) >= 2)
    return usable[rows], rows


def _without(part: Floats, other: Floats) -> Floats:
    size = float((other * other).sum())
    return part - other * (float((part * other).sum()) / size) if size > 0 else part


def _association(a: Floats, b: Floats, mask: Bools) -> Association:
    units, cells = len(mask), int(mask.sum())
    for part, name in ((a, "first"), (b, "second")):
        if float(np.abs(part).max(initial=0)) < 1e-12:
            return Association(units=units, cells=cells, why=f"{name} constant")
    slope = clustered(a, b)
    if not np.isfinite(slope.error):
        return Association(units=units, cells=cells, why="one unit only")
    low, high = slope.interval()
    ends = slope.r_interval()
    return Association(
        r=slope.r, low=ends[0], high=ends[1], p=slope.p(), slope=slope.slope, slope_low=low,
        slope_high=high, spread_x=float(a[mask].std()), spread_y=float(b[mask].std()), units=units, cells=cells,
    )  # fmt: skip
