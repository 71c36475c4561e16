"""From probabilities to verdicts, with false ones held at the share that was asked for."""

import numpy as np

from andon.analysis.attribution.people import Estimates
from andon.analysis.attribution.separable import Separability
from andon.analysis.attribution.spec import BELOW, CANNOT_TELL, INSEPARABLE, MEETS, Bools
from andon.stats.selection import selected

CAUTION = 0.8
"""How much of the allowed rate is used. The rest is for what no model knows: in worlds of known truth whose effects add
up on another scale, or whose cases cluster, 5 % by the model are 6 or 7 % in truth (bench/accusations)."""
OWN = 0.2
"""Least reliability of a verdict. Below it, what is said of a person comes from what people usually are."""


def verdicts(
    found: Estimates, apart: Separability, fdr: float, trusted: bool, anybody: bool = True
) -> list[str]:
    """One of four words a worker.

    trusted: the check on held-out outcomes was passed. anybody: the data show that somebody is below.
    """
    looked_at: Bools = ~apart.inseparable & (found.reliability >= OWN)
    below = selected(np.where(looked_at, found.p_named, np.nan), CAUTION * fdr)
    meets = selected(np.where(looked_at, 1 - found.p_below, np.nan), CAUTION * fdr)
    words = np.full(len(looked_at), CANNOT_TELL, dtype=object)
    if trusted:
        words[meets & (found.p_below < 0.5)] = MEETS
        words[below & (found.p_below > 0.5)] = BELOW if anybody else CANNOT_TELL
    words[apart.inseparable] = INSEPARABLE
    return [str(word) for word in words]
