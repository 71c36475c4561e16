"""Lasting changes of level: where a series first stays away from where it was.

Binary segmentation of standardised values. A split counts when the two sides differ by more than chance would
show anywhere in the stretch (Bonferroni over the places, Student's t for the uncertainty of sigma).
"""

import itertools

import numpy as np
from scipy.special import stdtr

from andon.analysis.spec import Bools, Floats

CHANCE = 0.001  # of a split where there is none
SHORTEST = 8  # points that make a baseline
MOST_ALIKE = 0.4  # a level that wanders more than this is itself worth a question


def tail(z: Floats | float, df: Floats | float) -> Floats:
    """Two-sided probability of at least |z| by Student's t."""
    return np.asarray(2 * stdtr(df, -np.abs(z)))


def freedom(points: Floats | int) -> Floats:
    """Degrees of freedom of a sigma from that many moving ranges (about 0.62 for each)."""
    return np.maximum(0.62 * (np.asarray(points, np.float64) - 1), 2.0)


def _noise(z: Floats, least: float = 0.0) -> float:
    """Spread of neighbours, from the median moving range: one step or spike does not widen it."""
    moves = np.abs(np.diff(z))
    if not len(moves):
        return least
    median = float(np.median(moves)) / 0.954
    return max(median if median > 0 else float(moves.mean()) / 1.128, least)


def quiet(z: Floats, least: float = 0.0) -> Bools:
    """Points that are no lone spikes: within 4 sigma of the median of the five around them."""
    if len(z) < 7:
        return np.ones(len(z), np.bool_)
    padded = np.pad(z, 2, mode="reflect")
    middle = np.partition(np.lib.stride_tricks.sliding_window_view(padded, 5), 2, axis=1)[:, 2]
    noise = _noise(z, least)
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


def calm(rows: Floats, least: float = 0.0) -> Bools:
    """Which rows of equal length (series, points) have no lone spike and no shift: all their points are baseline.

    The same questions as `quiet` and `splits` ask, put to thousands of series at once.
    """
    m = rows.shape[1]
    if m < 7:
        return np.zeros(len(rows), np.bool_)
    moves = np.abs(np.diff(rows, axis=1))
    noise = np.maximum(np.median(moves, axis=1) / 0.954, least)
    padded = np.pad(rows, ((0, 0), (2, 2)), mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 5, axis=1)
    spike = np.abs(rows - np.partition(windows, 2, axis=2)[:, :, 2]).max(axis=1) > 4 * noise
    left = np.arange(1, m)
    sums = np.cumsum(rows, axis=1)
    gap = sums[:, :-1] / left - (sums[:, -1:] - sums[:, :-1]) / (m - left)
    with np.errstate(all="ignore"):
        score = (np.abs(gap) / np.sqrt(1 / left + 1 / (m - left))).max(axis=1) / noise
    split = ~(m * tail(np.nan_to_num(score, nan=np.inf), freedom(m)) >= CHANCE)
    quiet: Bools = (noise > 0) & ~spike & ~split
    return quiet


def likeness(z: Floats) -> float:
    """Lag-1 autocorrelation r of neighbours, 0 to 0.4 (`MOST_ALIKE`).

    It comes from the changes between neighbours, whose own lag-1 correlation is -(1 - r) / 2: a shift is
    one change
    among many and hardly moves it. What so few points show by chance is taken off.
    """
    if len(z) < 20:
        return 0.0
    moves = np.diff(z)
    edge = 3 * float(np.median(np.abs(moves))) / 0.6745
    moves = np.clip(moves, -edge, edge)
    spread = float((moves * moves).sum())
    along = float((moves[1:] * moves[:-1]).sum()) / spread if spread else -0.5
    return float(min(max(1 + 2 * along - 1.5 / np.sqrt(len(z)), 0.0), MOST_ALIKE))


def stretched(r: float) -> float:
    """How much wider means of a stretch scatter because neighbours are alike."""
    return float(np.sqrt((1 + r) / (1 - r)))


def hidden(r: float) -> float:
    """How much wider points scatter than the changes between alike neighbours say."""
    return float(1 / np.sqrt(1 - r))


def splits(z: Floats, least: float = 0.0) -> list[int]:
    """Places where the level changes, ascending. `z` holds no missing values; its noise is `least` or more.

    Likeness between neighbours is not allowed for: a level that wanders is no baseline either.
    """
    noise = _noise(z, least)
    if len(z) < 6 or noise <= 0:
        return _exact(z)
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
    lasting = all(b - a >= 3 for a, b in itertools.pairwise(bounds))
    return places if lasting and len(z) >= 6 else []


def baseline(z: Floats, least: float = 0.0) -> tuple[Bools, list[int]]:
    """Which points make the baseline, and where the level changes.

    The longest stretch of the first half, if it has eight points and is not dwarfed by a later one, or else
    the
    longest of all; other stretches at its level count as well, lone spikes do not.
    """
    calm = quiet(z, least)
    inner = np.flatnonzero(calm)
    cuts = [int(inner[cut]) for cut in splits(z[calm], least)]
    if not cuts:
        return calm if calm.sum() >= SHORTEST else np.ones(len(z), np.bool_), []
    bounds = [0, *cuts, len(z)]
    stretches = list(itertools.pairwise(bounds))
    chosen = _usual(stretches, len(z))
    noise = _noise(z[calm], least)
    use = np.zeros(len(z), np.bool_)
    for low, high in stretches:
        if (low, high) == chosen or _same(z[low:high], z[chosen[0] : chosen[1]], noise):
            use[low:high] = True
    return use & calm, cuts


def _usual(stretches: list[tuple[int, int]], m: int) -> tuple[int, int]:
    """What came before is what is usual, as long as there is enough of it."""
    longest = max(stretches, key=lambda s: s[1] - s[0])
    early = max((s for s in stretches if s[0] + s[1] <= m), key=lambda s: s[1] - s[0], default=longest)
    return early if early[1] - early[0] >= max(SHORTEST, (longest[1] - longest[0]) / 3) else longest


def _same(one: Floats, other: Floats, noise: float) -> bool:
    gap = abs(float(np.median(one) - np.median(other)))
    return gap < 1.5 * noise * np.sqrt(1 / len(one) + 1 / len(other)) and len(one) >= SHORTEST
