"""CUSUM of counts made near normal: small rises that last add up (Rossi, Lampugnani and Marchi 1999)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from andon.stats.outbreak.alarms import Alarms, as_counts
from andon.stats.outbreak.training import mean_of, season_of
from andon.stats.segments import Floats

_TRANSFORMS = ("rossi", "standard", "anscombe")


def cusum(
    counts: ArrayLike,
    training: int,
    *,
    k: float = 1.04,
    h: float = 2.26,
    transform: str = "rossi",
    expected: ArrayLike | str = "mean",
    period: int = 52,
) -> Alarms:
    """Upper CUSUM of counts (S, T): the first `training` periods teach, all later ones are judged.

    k: slack, h: limit, both in standard deviations.   transform: "rossi", "standard" (count - m) / sqrt(m), or
    "anscombe".   expected: "mean" of the training, "season" (Poisson regression on one sine wave of `period`
    periods) or the expected counts themselves, (), (S, 1) or (S, T - training).
    An alarm is a sum of h or more; `score` is sum / h and `upper` the count that would reach h. As in
    surveillance the sum is not set back by an alarm. A missing period leaves the sum as it was.
    ValueError only for options.
    """
    y = as_counts(counts)
    _check(training, y.shape[1], k, h, transform)
    later = y[:, training:]
    m = np.broadcast_to(_expected(y, training, expected, period), later.shape)
    with np.errstate(all="ignore"):
        steps = _standardised(later, m, transform) - k
        sums = _add_up(steps)
        before = np.hstack([np.zeros((len(y), 1)), sums[:, :-1]])[:, : later.shape[1]]
        upper = _count_at(h + k - before, m, transform)
    usable = np.isfinite(steps)
    at = np.arange(training, y.shape[1])
    return Alarms(
        m.copy(), upper, sums / h, usable & (sums >= h), usable, np.broadcast_to(np.nan, m.shape), at
    )


def _check(training: int, periods: int, k: float, h: float, transform: str) -> None:
    if not 0 <= training <= periods:
        raise ValueError(f"training must be 0 to {periods}, the number of periods")
    if not (k >= 0 and h > 0):
        raise ValueError("k must be 0 or more and h above 0")
    if transform not in _TRANSFORMS:
        raise ValueError(f"transform must be one of {', '.join(_TRANSFORMS)}, not {transform!r}")


def _add_up(steps: Floats) -> Floats:
    sums, total = np.zeros(steps.shape), np.zeros(len(steps))
    for period, step in enumerate(np.nan_to_num(steps, nan=0.0).T):
        known = ~np.isnan(steps[:, period])
        total = np.where(known, np.maximum(0.0, total + step), total)
        sums[:, period] = total
    return sums


def _standardised(y: Floats, m: Floats, transform: str) -> Floats:
    if transform == "rossi":
        return np.asarray((y - 3 * m + 2 * np.sqrt(y * m)) / (2 * np.sqrt(m)))
    if transform == "standard":
        return np.asarray((y - m) / np.sqrt(m))
    return np.asarray(1.5 * (y ** (2 / 3) - m ** (2 / 3)) / m ** (1 / 6))


def _count_at(distance: Floats, m: Floats, transform: str) -> Floats:
    """The count that lies `distance` above what is expected, 0 or more."""
    if transform == "rossi":
        root = np.sqrt(np.maximum(0.0, 4 * m + 2 * np.sqrt(m) * distance)) - np.sqrt(m)
        return np.asarray(np.maximum(0.0, root) ** 2)
    if transform == "standard":
        return np.maximum(0.0, np.ceil(np.sqrt(m) * distance + m))
    return np.asarray(np.maximum(0.0, 2 / 3 * m ** (1 / 6) * distance + m ** (2 / 3)) ** 1.5)


def _expected(y: Floats, training: int, expected: ArrayLike | str, period: int) -> Floats:
    if isinstance(expected, str):
        if expected not in ("mean", "season"):
            raise ValueError(f'expected must be "mean", "season" or numbers, not {expected!r}')
        taught = y[:, :training]
        return mean_of(taught) if expected == "mean" else season_of(taught, y.shape[1], period)
    return np.asarray(expected, np.float64)
