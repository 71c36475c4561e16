"""Do people differ more where the process does well, or where it does badly? Then effects do not add up on the scale
of the model: the truth adds up on another one, percentage points for instance.

Left alone, it would take a few points of somebody whose mechanisms nearly always succeed for a great effect, and expect
it on the whole mix. The test is Tukey's (1949), with one degree of freedom for non-additivity.
"""

import numpy as np

from andon.analysis.attribution.evidence import Evidence, Pairs, Variances
from andon.analysis.attribution.spec import Floats

STRETCHED = (
    "People differ more on some mechanisms than on others, in step with how well those do: effects do not quite add "
    "up on the scale of the model. That was allowed for."
)
SURE = 3.0  # standard errors from which effects are taken not to add up


def predictor_of(pairs: Pairs, seen: Evidence) -> Floats:
    """What the process alone lets expect of each pair, on the scale of the model, (K,)."""
    total = np.bincount(pairs.of_cell, seen.weight * seen.predictor, len(pairs.worker))
    out: Floats = total / np.maximum(pairs.weight, 1e-300)
    return out


def stretch_of(pairs: Pairs, seen: Evidence, has: Variances) -> float:
    """How much further apart people are, as a rate, where the predictor is one higher; 0 where nothing speaks for it.

    Within each person: whether those who are good are better still, and those who are bad worse still, on mechanisms
    that do well.
    """
    told, mean = _told(pairs, has)
    predictor = predictor_of(pairs, seen)
    effect = _posterior(pairs, has, told, mean, np.ones(len(told)))[0]
    along = effect[pairs.worker] * (predictor - np.average(predictor, weights=pairs.weight))
    along, beyond = (_within(pairs, told, values) for values in (along, mean))
    information = float(np.sum(told * along**2))
    if information <= 0:
        return 0.0
    slope = float(np.sum(told * along * beyond)) / information
    return slope if abs(slope) * np.sqrt(information) > SURE else 0.0


def stretching(pairs: Pairs, has: Variances, wide: Floats) -> tuple[Floats, Floats]:
    """By how much effects and their variances change, (W,), where an effect weighs `wide` (K,) in each pair."""
    told, mean = _told(pairs, has)
    before = _posterior(pairs, has, told, mean, np.ones(len(told)))
    after = _posterior(pairs, has, told, mean, wide)
    return after[0] - before[0], after[1] - before[1]


def _told(pairs: Pairs, has: Variances) -> tuple[Floats, Floats]:
    """Precision and mean of what is seen in each pair beyond the process, (K,)."""
    return 1 / (has.pair + pairs.noise(has.spell)), pairs.surplus / np.maximum(pairs.weight, 1e-300)


def _posterior(
    pairs: Pairs, has: Variances, told: Floats, mean: Floats, wide: Floats
) -> tuple[Floats, Floats]:
    """Effect of each person and its variance, (W,), the process as known."""
    if has.worker <= 0:
        return np.zeros(pairs.workers), np.zeros(pairs.workers)
    precision = np.bincount(pairs.worker, told * wide**2, pairs.workers) + 1 / has.worker
    return np.bincount(pairs.worker, told * wide * mean, pairs.workers) / precision, 1 / precision


def _within(pairs: Pairs, told: Floats, values: Floats) -> Floats:
    """Values less the mean of their person."""
    total = np.maximum(np.bincount(pairs.worker, told, pairs.workers), 1e-300)
    out: Floats = values - (np.bincount(pairs.worker, told * values, pairs.workers) / total)[pairs.worker]
    return out
