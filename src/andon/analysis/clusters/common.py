"""What moves everything together: the count that all slices share, window by window."""

from collections.abc import Sequence

import numpy as np

from andon.analysis.clusters.spec import Floats

CLEAR = 4.0  # standard errors by which a few slices must have moved alone before they are left out
FEW = 0.1  # share of the usual total below which a window is not judged


def common(total: Floats, by_attribute: Sequence[Floats]) -> Floats:
    """Exposure (T,): the total, less what a few large values rose by alone; 0 in windows of hardly any records.

    Otherwise one bank with ten times its complaints would make all others look calm, and, once it is over, loud.
    """
    shared = total.astype(np.float64).copy()
    usual = float(np.median(total[total > 0])) if (total > 0).any() else 0.0
    level = _level(total)
    for counts in by_attribute:
        if len(counts) < 2:
            continue
        ratio, error = _middle(counts)
        clear = (ratio + CLEAR * error) * level < total
        shared = np.where(clear, np.minimum(shared, ratio * level), shared)
    return np.where(total >= FEW * usual, shared, 0.0)


def _level(total: Floats) -> float:
    return float(np.median(total)) or float(total.mean()) or 1.0


def _middle(counts: Floats) -> tuple[Floats, Floats]:
    """Weighted median over values of how a window stands to the value's median (T,), and its standard error."""
    usual = np.median(counts, axis=1)
    kept = usual > 0
    if not kept.any():
        return np.full(counts.shape[1], np.inf), np.zeros(counts.shape[1])
    ratio, weight = counts[kept] / usual[kept, None], usual[kept]
    order = np.argsort(ratio, axis=0, kind="stable")
    reached = np.cumsum(weight[order], axis=0) >= 0.5 * weight.sum() * (1 - 1e-9)
    place = reached.argmax(axis=0)
    middle = np.take_along_axis(ratio, np.take_along_axis(order, place[None], 0), 0)[0]
    return middle, 1.25 * np.sqrt(np.maximum(middle, 0.1) / weight.sum()) + 0.05
