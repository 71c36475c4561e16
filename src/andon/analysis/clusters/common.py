"""What moves everything together: the count that all slices share, window by window."""

from collections.abc import Sequence

import numpy as np

from andon.analysis.clusters.spec import Floats

CLEAR = 4.0  # standard errors by which a few slices must have moved alone before they are left out
OWN, TELLING = 5.0, 1.5  # standard deviations and times beyond its share at which a slice is left out itself
LARGEST = 0.5  # share from which a slice is the whole, rather than a part of it
LEFT = 0.05  # share of the exposure that stays in any case
NEAR = 6  # windows to either side that say what a window's total would be
FEW = 0.1  # share of the usual total below which a window is not judged


def common(total: Floats, by_attribute: Sequence[Floats]) -> Floats:
    """Exposure (T,): the total, less what a few large values rose by alone; 0 in windows of hardly any records.

    Otherwise one bank with ten times its complaints would make all others look calm, and, once it is over, loud.
    """
    shared = total.astype(np.float64).copy()
    usual = float(np.median(total[total > 0])) if (total > 0).any() else 0.0
    near = _near(total)
    for counts in by_attribute:
        if len(counts) > 1:
            part, error = _middle(counts, total)
            alone = np.maximum(
                part * total, near
            )  # only what the total rose by can have been a few values alone
            shared = np.where(part < 1 - CLEAR * error, np.minimum(shared, alone), shared)
    return np.where(total >= FEW * usual, shared, 0.0)


def without_own(counts: Floats, exposure: Floats) -> Floats:
    """Exposure (S, T) of slices that clearly rise: without what they rose by themselves, which would hide the rise of a
    large one. What is left stands to it as the rest of all does.
    """
    share = np.median(np.divide(counts, exposure, out=np.zeros_like(counts), where=exposure > 0), axis=1)[
        :, None
    ]
    usual = share * exposure
    rest = np.maximum(exposure - counts, 0) / np.maximum(1 - share, 0.5)
    away = np.abs(np.divide(counts, usual, out=np.ones_like(counts), where=usual > 0) - 1)
    spread = 1.4826 * np.median(away, axis=1)[:, None] * usual
    far = counts > usual + OWN * np.maximum(spread, np.sqrt(usual + 1))
    own = far & (counts > TELLING * usual) & (share < LARGEST)
    return np.where(own, np.minimum(np.maximum(rest, LEFT * exposure), exposure), exposure)


def _near(total: Floats) -> Floats:
    """Median of the windows around each, its own not among them."""
    T = len(total)
    around = [np.delete(total[max(0, t - NEAR) : t + NEAR + 1], min(t, NEAR)) for t in range(T)]
    return np.array([float(np.median(one)) if len(one) else float(total[t]) for t, one in enumerate(around)])


def _middle(counts: Floats, total: Floats) -> tuple[Floats, Floats]:
    """What most values moved by, as a share of what the total moved by (T,), and its standard error, learned from how
    it varies from window to window.
    """
    usual = np.median(counts, axis=1)
    kept = usual > 0
    if not kept.any():
        return np.ones(counts.shape[1]), np.ones(counts.shape[1])
    ratio, weight = counts[kept] / usual[kept, None], usual[kept]
    order = np.argsort(ratio, axis=0, kind="stable")
    reached = np.cumsum(weight[order], axis=0) >= 0.5 * weight.sum() * (1 - 1e-9)
    place = reached.argmax(axis=0)
    middle = np.take_along_axis(ratio, np.take_along_axis(order, place[None], 0), 0)[0]
    part = middle / np.maximum(total / max(float(np.median(total)), 1.0), 1e-9)
    part = part / max(float(np.median(part)), 1e-9)
    spread = 1.4826 * float(np.median(np.abs(part - 1)))
    return part, np.maximum(spread, np.sqrt(1.6 / np.maximum(total, 1.0)))
