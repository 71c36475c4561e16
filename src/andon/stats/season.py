"""Seasons: Mondays and winters come back, so they are not special causes.

    where = season.positions(at, "month", "year")                which month each point is
    found = season.estimate(values, offsets, where, how="scale")  what each month usually adds
    calm = found.remove(values)                                  values without their season, to chart
    found.restore(limits.upper)                                  limits that move with the season, to show

Effects are robust: each value against its own level (a centred mean of one cycle), the median of each
position over cycles, twice, so that a change of level is no season and one bad winter is not winter.
Give whole series, not phases: a season outlives a change of process.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, fdtrc, logit

from andon.stats.cycles import level, mean, median, steady_level
from andon.stats.segments import Bools, Floats, Ints, Segments, checked_offsets

Every = Literal["hour", "day", "week", "month", "quarter"]
Name = Literal["week", "year"]
How = Literal["add", "scale", "odds"]

POSITIONS: dict[tuple[str, str], int] = {
    ("hour", "week"): 168,
    ("day", "week"): 7,
    ("day", "year"): 12,
    ("week", "year"): 52,
    ("month", "year"): 12,
    ("quarter", "year"): 4,
}
"""How many positions a season has at each cadence: hours or days of the week, months of the year."""

CYCLE = {("day", "year"): 365}
"""Points in one full cycle, where that is not the number of positions."""

CYCLES = 2.0
"""Fewer full cycles than this and no season is estimated."""


def positions(at: ArrayLike, every: str, name: str) -> Ints:
    """Which position of the season each point is in, int64 (N,), from 0; `at` datetime64 (N,).

    Daily points have a year of 12 months; the days of a 53rd week belong to the 52nd. ValueError when a
    cadence has no such season (a monthly point has no day of the week).
    """
    if (every, name) not in POSITIONS:
        raise ValueError(f"{every}ly points have no season of the {name}".replace("dayly", "daily"))
    hours = np.asarray(at, "datetime64[h]")
    days = hours.astype("datetime64[D]")
    day_of_week = (days.astype(np.int64) + 3) % 7  # 1970-01-01 was a Thursday; Monday is 0
    if name == "week":
        hour = (hours - days).astype(np.int64)
        return day_of_week * 24 + hour if every == "hour" else day_of_week
    month: Ints = days.astype("datetime64[M]").astype(np.int64) % 12
    if every == "week":
        day_of_year: Ints = (days - days.astype("datetime64[Y]")).astype(np.int64)
        return np.minimum(day_of_year // 7, 51)
    return month // 3 if every == "quarter" else month


@dataclass(frozen=True, eq=False)
class Season:
    """What the season does to each point.

    effect: float64 (N,), on the scale of `how`: added, a factor, added to the log-odds; neutral if unknown.
    effects: float64 (segments, positions).   cycles: float64 (segments,), full cycles seen.
    known: bool (segments,), whether there were enough cycles.
    widen: float64 (segments,), by how much limits of calm values are too narrow, because the effects took
        some of their scatter; where sigma comes from the data (xmr, p', u'): `limits.widened(season.widen)`.
    """

    effect: Floats
    effects: Floats
    cycles: Floats
    known: Bools
    widen: Floats
    how: How

    def remove(self, values: ArrayLike) -> Floats:
        """Values as they would be in an average season, float64 (N,)."""
        return _combine(self.how, np.asarray(values, np.float64), self.effect, -1)

    def restore(self, line: ArrayLike) -> Floats:
        """A line for calm values (a limit, the centre) as it moves with the season, float64 (N,)."""
        return _combine(self.how, np.asarray(line, np.float64), self.effect, 1)


def _combine(how: How, x: Floats, effect: Floats, sign: int) -> Floats:
    if how == "add":
        return x + sign * effect
    if how == "scale":
        return x * effect if sign > 0 else x / effect
    with np.errstate(all="ignore"):
        moved: Floats = expit(logit(x) + sign * effect)
    return moved


def estimate(
    values: ArrayLike,
    offsets: ArrayLike,
    where: ArrayLike,
    *,
    size: int | None = None,
    cycle: int | None = None,
    how: How = "add",
    use: ArrayLike | None = None,
    n: ArrayLike | None = None,
) -> Season:
    """Seasonal effects of many segments.

    values: float64 (N,), a row for each period in order (a missing period is NaN); where: int (N,), as
    `positions` gives it; size: how many positions there are (default: the largest seen and one).
    cycle: points in a full cycle, if not `size` (daily points with a yearly season: 365).
    how: "add" for values, "scale" for counts and rates, "odds" for proportions (n keeps 0 and 1 finite).
    use: bool (N,), points to learn from (a baseline). With fewer than two full cycles of them the effects are
    neutral and `known` is False: say so, and chart the values as they are.
    """
    x = np.asarray(values, np.float64).ravel()
    segments = Segments(checked_offsets(offsets, len(x)))
    place = np.asarray(where, np.int64).ravel()
    count = size or (int(place.max(initial=0)) + 1)
    learn = np.isfinite(x) if use is None else np.isfinite(x) & np.asarray(use, bool)
    rows = segments.padded(_scale(how, x, n), learn)
    spots = segments.padded(place.astype(np.float64))
    effects, left = _effects(rows, spots, count, cycle or count, how)
    cycles = np.isfinite(rows).sum(axis=1) / (cycle or count)
    known = cycles >= CYCLES
    neutral = 1.0 if how == "scale" else 0.0
    effects = np.where(known[:, None] & np.isfinite(effects), effects, neutral)
    free = np.maximum(1 - left / np.maximum(np.isfinite(rows).sum(axis=1), 1), 0.25)
    widen = np.where(known, 1 / np.sqrt(free), 1.0)
    return Season(effects[segments.index, place], effects, cycles, known, widen, how)


def _scale(how: How, x: Floats, n: ArrayLike | None) -> Floats:
    if how != "odds":
        return x
    edge = 1e-6 if n is None else 0.5 / np.maximum(np.asarray(n, np.float64), 1.0)
    return np.asarray(logit(np.clip(x, edge, 1 - edge)))


def _effects(rows: Floats, spots: Floats, count: int, cycle: int, how: How) -> tuple[Floats, Floats]:
    """(effects (segments, positions), how many numbers were spent on them (segments,))."""
    against: Callable[[Floats, Floats], Floats] = np.divide if how == "scale" else np.subtract
    effects = np.full((len(rows), count), 1.0 if how == "scale" else 0.0)
    under = level(rows, cycle)
    for _ in range(2):
        with np.errstate(all="ignore"):
            effects = _by_position(against(rows, under), spots, count, how)
            calm = against(rows, _at(effects, spots))
        under = steady_level(calm, cycle)
    used = np.stack([((spots == p) & np.isfinite(rows)).any(axis=1) for p in range(count)], axis=1)
    return effects, np.maximum(used.sum(axis=1) - 1.0, 0.0)


def _at(effects: Floats, spots: Floats) -> Floats:
    found = np.take_along_axis(effects, np.nan_to_num(spots).astype(np.int64), axis=1)
    return np.where(np.isnan(spots), np.nan, found)


def _by_position(left: Floats, spots: Floats, count: int, how: How) -> Floats:
    """Median deviation of each position, about no effect on average; weeks borrow from their neighbours."""
    found = np.stack([median(np.where(spots == p, left, np.nan)) for p in range(count)], axis=1)
    if count == 52:
        found = _smooth(found)
    middle = mean(found)
    return found / middle if how == "scale" else found - middle


def _smooth(effects: Floats, reach: int = 2) -> Floats:
    """Mean of each week and two on either side, around the year."""
    turned = np.stack([np.roll(effects, by, axis=1) for by in range(-reach, reach + 1)])
    known = np.isfinite(turned)
    return np.where(known, turned, 0).sum(axis=0) / np.where(known.any(axis=0), known.sum(axis=0), np.nan)


@dataclass(frozen=True, eq=False)
class Suspicion:
    """Whether a season seems to exist; each (segments,).

    p: chance of positions differing this much by luck (F test on ranks, around the level); 1 if unknown.
    share: of the scatter around the level that the season explains (0..1).
    likely: bool, p < .001 and share > .2.
    """

    p: Floats
    share: Floats
    likely: NDArray[np.bool_]


def suspect(
    values: ArrayLike,
    offsets: ArrayLike,
    where: ArrayLike,
    *,
    size: int | None = None,
    cycle: int | None = None,
) -> Suspicion:
    """Does a season exist? Arguments as for `estimate`; below two full cycles nothing is suspected."""
    x = np.asarray(values, np.float64).ravel()
    segments = Segments(checked_offsets(offsets, len(x)))
    place = np.asarray(where, np.int64).ravel()
    count = size or (int(place.max(initial=0)) + 1)
    rows = segments.padded(np.where(np.isfinite(x), x, np.nan))
    left = rows - level(rows, cycle or count)
    share, p = _between(_ranks(left), segments.padded(place.astype(np.float64)), count)
    enough = np.isfinite(rows).sum(axis=1) >= CYCLES * (cycle or count)
    p = np.where(enough & np.isfinite(p), p, 1.0)
    return Suspicion(p, np.where(enough, share, 0.0), (p < 0.001) & (share > 0.2) & enough)


def _ranks(rows: Floats) -> Floats:
    """Ranks within each row, ties sharing their mean, NaN where missing."""
    forth, back = _order(rows), _order(rows[:, ::-1])[:, ::-1]
    return np.where(np.isfinite(rows), (forth + back) / 2, np.nan)


def _order(rows: Floats) -> Floats:
    """The place of each value in its sorted row, ties in the order they come."""
    return np.argsort(np.argsort(rows, axis=1, kind="stable"), axis=1, kind="stable").astype(np.float64)


def _between(rows: Floats, spots: Floats, count: int) -> tuple[Floats, Floats]:
    """(share of scatter between positions, its chance by the F test), each (segments,)."""
    left = np.nan_to_num(rows - mean(rows))
    known = np.isfinite(rows)
    between, groups = np.zeros(len(rows)), np.zeros(len(rows))
    for p in range(count):
        here = (spots == p) & known
        size = here.sum(axis=1)
        between += np.where(size > 0, (left * here).sum(axis=1) ** 2 / np.maximum(size, 1), 0.0)
        groups += size > 0
    total = (left**2).sum(axis=1)
    share = np.where(total > 0, between / np.where(total > 0, total, 1.0), 0.0)
    over, under = groups - 1, known.sum(axis=1) - groups
    with np.errstate(all="ignore"):
        ratio = (share / over) / ((1 - share) / under)
        return share, fdtrc(over, under, ratio)
