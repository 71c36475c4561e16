"""A level that was agreed for one mechanism, put on the mix of work that people are compared on."""

import math

from scipy.special import expit, logit

EDGE = 1e-6  # a share of just 0 or 1 lies infinitely far out


def on_the_mix(level: float, there: float, usual: float, kind: str) -> float:
    """What somebody who reaches just `level` on a mechanism would reach on the common mix.

    there, usual: what the usual person reaches on that mechanism and on the mix, on the scale of the outcome. They
    differ from somebody by the same step on the scale of the model: log-odds, logarithm or the outcome itself.
    """
    if kind == "proportion":
        at = [float(logit(min(max(value, EDGE), 1 - EDGE))) for value in (usual, level, there)]
        return float(expit(at[0] + at[1] - at[2]))
    if kind == "count":
        return usual * level / there if there > 0 else math.nan
    return usual + level - there
