"""How unusual each series is as a whole, and which of many can be called so with few false alarms."""

import numpy as np

from andon.analysis.limits import Charted
from andon.analysis.shifts import freedom, tail
from andon.analysis.spec import Bools, Floats, Ints

LONGEST = 400  # stretches are looked for among that many latest points


def _alike(lag1: float) -> float:
    """How much wider a mean of neighbours scatters when they are alike."""
    r = min(max(lag1, 0.0), 0.8) if np.isfinite(lag1) else 0.0
    return float(np.sqrt((1 + r) / (1 - r)))


def strongest_stretch(score: Floats, base: int, alike: float) -> float:
    """The most unusual stretch of two or more points, in sigma of its mean.

    The centre itself is uncertain by the `base` points it was estimated from, and neighbours may be alike.
    """
    z = score[-LONGEST:]
    m = len(z)
    if m < 2:
        return 0.0
    sums = np.concatenate([[0.0], np.cumsum(z)])
    best = 0.0
    for length in _lengths(m):
        mean = np.abs(sums[length:] - sums[:-length]) / length
        best = max(best, float(mean.max()) / np.sqrt(alike**2 / length + 1 / max(base, 1)))
    return best


def _lengths(m: int) -> list[int]:
    """2, 3, 4, 5, 6, 8, 10, 12, 15 ...: a quarter more each time."""
    lengths, length = [], 2.0
    while length <= m:
        lengths.append(int(length))
        length = max(length + 1, length * 1.25)
    return lengths


def strength(score: Floats, base: int, lag1: float, exact: bool) -> tuple[float, float]:
    """(sigma of the most unusual point or stretch, probability that chance shows as much).

    Chance is bounded by counting every place looked at; sigma from few moving ranges gets Student's tails.
    """
    z = score[np.isfinite(score)]
    if not len(z):
        endless = np.isinf(score).any()
        return (float("inf"), 0.0) if endless else (0.0, 1.0)
    if np.isinf(score).any():
        return float("inf"), 0.0
    df = 1e6 if exact else float(freedom(base))
    point = float(np.abs(z).max()) / np.sqrt(1 + 1 / max(base, 1))
    stretch = strongest_stretch(z, base, _alike(lag1))
    looks = min(len(z), LONGEST)
    by_point = len(z) * float(tail(point, df))
    by_stretch = looks * np.log2(looks + 1) * float(tail(stretch, df))
    return max(point, stretch), min(1.0, 2 * min(by_point, by_stretch))


def of_series(charted: Charted, judged: Bools, series: int) -> tuple[Floats, Floats]:
    """Strength and p of each series: those of its most unusual phase, p for all its phases together."""
    strong, p = np.zeros(series), np.ones(series)
    phases = np.bincount(charted.owner, minlength=series)
    offsets = charted.segments.offsets.tolist()
    for number, (low, high) in enumerate(zip(offsets[:-1], offsets[1:], strict=True)):
        score = charted.score[low:high][judged[low:high]]
        found = strength(score, int(charted.points[number]), float(charted.lag1[number]), bool(charted.exact[number]))
        owner = charted.owner[number]
        strong[owner] = max(strong[owner], found[0])
        p[owner] = min(p[owner], found[1] * phases[owner])
    return strong, np.minimum(p, 1.0)


def discoveries(p: Floats, q: float) -> Bools:
    """Series kept when at most a share `q` of them may be false alarms (Benjamini and Hochberg 1995)."""
    order: Ints = np.argsort(p, kind="stable")
    passing = np.flatnonzero(p[order] <= q * np.arange(1, len(p) + 1) / max(len(p), 1))
    kept = np.zeros(len(p), np.bool_)
    kept[order[: passing[-1] + 1 if len(passing) else 0]] = True
    return kept
