"""One coefficient with an interval that holds where cases of one cluster hang together, also when clusters are few."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from andon.stats.within.absorb import Floats

LARGEST = 1 - 1e-9  # share of all information in one cluster


@dataclass(frozen=True, slots=True)
class Slope:
    """A coefficient. df: degrees of freedom of its t distribution (Satterthwaite). clusters: how many say anything.

    largest: share of the information that comes from one cluster. without: the coefficient without that cluster, NaN
    where nothing is left. information: Σ x², x with all else taken out.
    """

    value: float
    error: float
    df: float
    p: float
    low: float
    high: float
    clusters: int
    largest: float
    without: float
    information: float


def slope(xx: Floats, xy: Floats, level: float = 0.95, spent: float = 0.0) -> Slope | None:
    """The coefficient of x from sums of x² and x·y by cluster (W,), both with all else taken out.

    Variance by clusters with the correction for what each cluster pulls the line to itself (CR2: Bell and McCaffrey
    2002), exact where what was taken out lies within clusters; degrees of freedom after Satterthwaite, the cases taken
    as independent in that. `spent`: share of the cases' degrees of freedom used up by what was taken out across
    clusters. None where x does not vary.
    """
    total = float(xx.sum())
    if not total > 0:
        return None
    value = float(xy.sum()) / total
    share = np.clip(xx / total, 0.0, LARGEST)
    lift = 1 / (1 - share)  # the square of the correction
    score = xy - value * xx
    variance = float(np.sum(lift * score**2)) / total**2 / max(1 - spent, 0.05)
    pull = lift * share**2
    df = 1 / float(np.sum(share**2) + max(float(pull.sum() ** 2 - np.sum(pull**2)), 0.0))
    return _slope(value, float(np.sqrt(variance)), max(df, 1.0), level, xx, xy)


def _slope(value: float, error: float, df: float, level: float, xx: Floats, xy: Floats) -> Slope:
    total, first = float(xx.sum()), int(np.argmax(xx))
    left = total - float(xx[first])
    without = float(xy.sum() - xy[first]) / left if left > 1e-9 * total else float("nan")
    reach = float(student.ppf((1 + level) / 2, df)) * error
    p = float(2 * student.sf(abs(value) / error, df)) if error > 0 else float(value == 0)
    clusters = int((xx > 1e-12 * total).sum())
    if clusters < 2:  # nothing to compare with: no interval
        error, p, reach = float("nan"), 1.0, float("inf")
    return Slope(
        value, error, df, p, value - reach, value + reach, clusters, float(xx[first]) / total, without, total
    )


def adjusted(p: Floats) -> Floats:
    """Chances (K,) adjusted: those below q hold at most a share q of false ones (Benjamini and Hochberg 1995)."""
    order = np.argsort(p, kind="stable")
    raised = p[order] * len(p) / np.arange(1, len(p) + 1)
    out = np.empty(len(p))
    out[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return out
