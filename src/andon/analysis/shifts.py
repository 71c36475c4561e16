"""Lasting changes of level: where a series first stays away from where it was.

Binary segmentation of standardised values. A split counts when the two sides differ by more than chance would
show anywhere in the stretch (Bonferroni over the places, Student's t for the uncertainty of sigma).
"""

import numpy as np
from scipy.special import stdtr

from andon.analysis.spec import Bools, Floats

CHANCE = 0.001  # of a split where there is none
SHORTEST = 8  # points that make a baseline


def tail(z: Floats | float, df: Floats | float) -> Floats:
    """Two-sided probability of at least |z| by Student's t."""
    return np.asarray(2 * stdtr(df, -np.abs(z)))


def freedom(points: Floats | int) -> Floats:
    """Degrees of freedom of a sigma from that many moving ranges (about 0.62 for each)."""
    return np.maximum(0.62 * (np.asarray(points, np.float64) - 1), 2.0)


def _noise(z: Floats) -> float:
    """Spread of neighbours, from the median moving range: one step or spike does not widen it."""
    moves = np.abs(np.diff(z))
    if not len(moves):
        return 0.0
    median = float(np.median(moves)) / 0.954
    return median if median > 0 else float(moves.mean()) / 1.128


def quiet(z: Floats, weight: Floats | None = None) -> Bools:
    """Points that are no lone spikes: within 4 sigma of the median of the five around them."""
    if len(z) < 7:
        return np.ones(len(z), np.bool_)
    padded = np.pad(z, 2, mode="reflect")
    middle = np.median(np.lib.stride_tricks.sliding_window_view(padded, 5), axis=1)
    noise = _noise(z)
    return np.abs(z - middle) <= 4 * noise if noise > 0 else np.ones(len(z), np.bool_)


def _best(z: Floats, noise: float) -> tuple[int, float]:
    """The place that splits the stretch best, and by how many sigma its two sides differ."""
    m = len(z)
    left = np.arange(1, m)
    sums = np.cumsum(z)
    difference = sums[:-1] / left - (sums[-1] - sums[:-1]) / (m - left)
    score = np.abs(difference) / (noise * np.sqrt(1 / left + 1 / (m - left)))
    at = int(np.argmax(score))
    return at + 1, float(score[at])


def _alike(z: Floats) -> float:
    """How much wider means of a stretch scatter because neighbours are alike: sqrt((1 + r) / (1 - r))."""
    if len(z) < 8:
        return 1.0
    left = z - np.median(z)
    spread = float((left * left).sum())
    r = float((left[1:] * left[:-1]).sum()) / spread if spread else 0.0
    return float(np.sqrt((1 + min(max(r, 0.0), 0.6)) / (1 - min(max(r, 0.0), 0.6))))


def splits(z: Floats) -> list[int]:
    """Places where the level changes, ascending. `z` holds no missing values.

    Looked for twice: what is left of likeness between neighbours once the shifts are taken out widens the noise.
    """
    noise = _noise(z)
    if len(z) < 6 or noise <= 0:
        return _exact(z)
    found = _split(z, noise)
    alike = _alike(_flat(z, found))
    return _split(z, noise * alike) if found and alike > 1.2 else found


def _flat(z: Floats, cuts: list[int]) -> Floats:
    """The series without its shifts."""
    return np.concatenate([part - part.mean() for part in np.split(z, cuts)])


def _split(z: Floats, noise: float) -> list[int]:
    found: list[int] = []
    waiting = [(0, len(z))]
    df = freedom(len(z))
    while waiting:
        low, high = waiting.pop()
        if high - low < 2:
            continue
        at, score = _best(z[low:high], noise)
        if (high - low) * float(tail(score, df)) < CHANCE:
            found.append(low + at)
            waiting += [(low, low + at), (low + at, high)]
    return sorted(found)


def _exact(z: Floats) -> list[int]:
    """Without noise every change counts, if the stretches last."""
    places = (np.flatnonzero(np.diff(z) != 0) + 1).tolist()
    bounds = [0, *places, len(z)]
    lasting = all(b - a >= 3 for a, b in zip(bounds[:-1], bounds[1:], strict=True))
    return places if lasting and len(z) >= 6 else []


def baseline(z: Floats) -> tuple[Bools, list[int]]:
    """Which points make the baseline, and where the level changes.

    The first stretch of at least eight points and a quarter of the series, or else the longest; other stretches
    at its level count as well, lone spikes do not.
    """
    calm = quiet(z)
    inner = np.flatnonzero(calm)
    cuts = [int(inner[cut]) for cut in splits(z[calm])]
    if not cuts:
        return calm if calm.sum() >= SHORTEST else np.ones(len(z), np.bool_), []
    bounds = [0, *cuts, len(z)]
    stretches = list(zip(bounds[:-1], bounds[1:], strict=True))
    long = [s for s in stretches if s[1] - s[0] >= max(SHORTEST, len(z) / 4)]
    first = long[0] if long else max(stretches, key=lambda s: s[1] - s[0])
    use = np.zeros(len(z), np.bool_)
    for low, high in stretches:
        if (low, high) == first or _same(z[calm], z[low:high], z[first[0] : first[1]]):
            use[low:high] = True
    return use & calm, cuts


def _same(whole: Floats, one: Floats, other: Floats) -> bool:
    noise = _noise(whole)
    gap = abs(float(np.median(one) - np.median(other)))
    return gap < 1.5 * noise * np.sqrt(1 / len(one) + 1 / len(other)) and len(one) >= SHORTEST
