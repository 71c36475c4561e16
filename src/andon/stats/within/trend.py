"""Whether a level goes one way over time, allowing for a season and for neighbours that are alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from andon.stats.within.absorb import CellCodes, Floats, Ints, absorb, by

FEWEST = 8  # points of a trend
SEASONS = 1.5  # years from which a season can be told from a trend
MOST_ALIKE = 0.9


@dataclass(frozen=True, slots=True)
class Trend:
    """change: from the first to the last point, by a straight line. alike: correlation of neighbours, at most 0.9.

    steady: both halves went that way as well. seasonal: a yearly season was allowed for.
    """

    change: float
    low: float
    high: float
    p: float
    alike: float
    steady: bool
    seasonal: bool


def levels(kind: Ints, period: Ints, n: Floats, total: Floats) -> tuple[Floats, Floats]:
    """Level of each period (T,), every kind of work weighing in it what it weighs over all time, and its cases (T,).

    kind, period, n, total (C,): codes from 0, cases and sums.
    """
    zero = np.zeros(len(n), np.int64)
    periods = int(period.max(initial=-1)) + 1
    codes = CellCodes(kind, period, zero, np.zeros(periods, np.int64))
    known = absorb(codes, n, total[:, None])
    kinds = by(kind, np.stack([n, n * known.level[:, 0]], axis=1), codes.groups)
    base = np.bincount(kind, n * known.level[:, 0], codes.groups) / np.maximum(kinds[:, 0], 1e-300)
    above = known.level[:, 0] - base[kind]
    cases = np.bincount(period, n, periods)
    moved = np.bincount(period, n * above, periods) / np.maximum(cases, 1e-300)
    level = np.where(cases > 0, moved + float(n @ known.level[:, 0]) / float(n.sum()), np.nan)
    return level, cases


def trend(level: Floats, weight: Floats, years: Floats) -> Trend | None:
    """Of levels (T,) at moments (T,) in years; None where there are fewer than eight."""
    seen = np.isfinite(level) & (weight > 0)
    if seen.sum() < FEWEST:
        return None
    y, w, at = level[seen], weight[seen], years[seen]
    span = float(at[-1] - at[0])
    seasonal = span >= SEASONS
    columns = [np.ones(len(y)), (at - at.mean()) / max(span, 1e-12)]
    if seasonal:
        columns += [np.sin(2 * np.pi * at), np.cos(2 * np.pi * at)]
    design = np.stack(columns, axis=1)
    effect, covariance, rest = _line(design, y, w)
    alike = float(np.clip(np.corrcoef(rest[1:], rest[:-1])[0, 1], 0, MOST_ALIKE)) if np.ptp(rest) > 0 else 0.0
    error = float(np.sqrt(covariance[1, 1] * (1 + alike) / (1 - alike)))
    df = max((len(y) - design.shape[1]) * (1 - alike) / (1 + alike), 1.0)
    reach = float(student.ppf(0.975, df)) * error
    change = float(effect[1])
    p = float(2 * student.sf(abs(change) / error, df)) if error > 0 else float(change == 0)
    return Trend(change, change - reach, change + reach, p, alike, _steady(design, y, w, change), seasonal)


def _line(design: Floats, y: Floats, w: Floats) -> tuple[Floats, Floats, Floats]:
    root = np.sqrt(w / w.mean())
    inverse = np.linalg.pinv((design * root[:, None]).T @ (design * root[:, None]))
    effect = inverse @ (design * (root**2)[:, None]).T @ y
    rest = (y - design @ effect) * root
    free = max(len(y) - design.shape[1], 1)
    return effect, inverse * float(rest @ rest) / free, rest


def _steady(design: Floats, y: Floats, w: Floats, change: float) -> bool:
    """What is left once the season is taken out goes the same way in both halves."""
    effect = _line(design, y, w)[0]
    clean = y - design[:, 2:] @ effect[2:]
    half = len(y) // 2
    parts = [slice(0, half), slice(len(y) - half, len(y))]
    slopes = [_line(design[part, :2], clean[part], w[part])[0][1] for part in parts]
    return bool(all(slope * change > 0 for slope in slopes))
