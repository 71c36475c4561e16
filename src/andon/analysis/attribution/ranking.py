"""What a ranking of raw numbers would have said: the rules in use, to set beside the model's answer."""

import numpy as np
from scipy.stats import binom, norm, poisson

from andon.analysis.attribution.people import Estimates
from andon.analysis.attribution.scale import Scale
from andon.analysis.attribution.spec import (
    BELOW,
    CANNOT_TELL,
    INSEPARABLE,
    MEETS,
    Bools,
    Floats,
    Ints,
    RawRanking,
    Standard,
)  # fmt: skip
from andon.lake.factors import FactorCells

TENTH = 0.1
LEVEL = 0.05


def by_worker(cells: FactorCells, values: Floats) -> Floats:
    worker = cells.factors["worker"]
    return np.bincount(worker.codes, values, len(worker.levels))


def rankings(
    cells: FactorCells, raw: Floats, scale: Scale, standard: Standard, found: Estimates, verdict: list[str]
) -> tuple[RawRanking, ...]:
    goodness = scale.up * raw
    tenth = np.zeros(len(raw), np.bool_)
    tenth[np.argsort(goodness, kind="stable")[: max(round(TENTH * len(raw)), 1)]] = True
    rules: list[tuple[str, Bools]] = [("lowest tenth by raw numbers", tenth)]
    rules.append(("raw numbers below the standard, p < .05", _significant(cells, raw, scale, standard)))
    return tuple(_told(name, np.flatnonzero(named), found, verdict) for name, named in rules)


def _significant(cells: FactorCells, raw: Floats, scale: Scale, standard: Standard) -> Bools:
    """Each person tested alone against the standard."""
    n, total = by_worker(cells, cells.n), by_worker(cells, cells.total)
    with np.errstate(all="ignore"):
        if scale.family == "gaussian":
            spread = (
                np.sqrt(max(cells.squares.sum() / n.sum() - (cells.total.sum() / n.sum()) ** 2, 0.0))
                * scale.scale
            )
            p = norm.sf(scale.up * (standard.value - raw) * np.sqrt(n) / spread, loc=0)
        elif scale.family == "binomial":
            p = (
                binom.cdf(total, n, standard.value)
                if scale.up > 0
                else binom.sf(total - 1, n, standard.value)
            )
        else:
            mean = n * max(standard.value, 0.0)
            p = poisson.cdf(total, mean) if scale.up > 0 else poisson.sf(total - 1, mean)
    return np.asarray((p < LEVEL) & (scale.up * (standard.value - raw) > 0), np.bool_)


def _told(rule: str, named: Ints, found: Estimates, verdict: list[str]) -> RawRanking:
    words = [verdict[i] for i in named.tolist()]
    cleared = sum(
        word != BELOW and found.p_below[i] < 0.5 for i, word in zip(named.tolist(), words, strict=True)
    )
    below, meets, cannot_tell, inseparable = (
        words.count(word) for word in (BELOW, MEETS, CANNOT_TELL, INSEPARABLE)
    )
    return RawRanking(rule, len(named), below, meets, cannot_tell, inseparable, int(cleared))
