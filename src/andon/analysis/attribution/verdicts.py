"""From probabilities to verdicts, with false ones held at the share that was asked for."""

import numpy as np

from andon.analysis.attribution.people import Estimates
from andon.analysis.attribution.separable import Separability
from andon.analysis.attribution.spec import BELOW, CANNOT_TELL, INSEPARABLE, MEETS, Bools
from andon.stats.selection import selected


def verdicts(
    found: Estimates, apart: Separability, fdr: float, trusted: bool, anybody: bool = True
) -> list[str]:
    """One of four words a worker.

    trusted: the check on held-out outcomes was passed. anybody: the data show that somebody is below.
    """
    looked_at: Bools = ~apart.inseparable
    below = selected(np.where(looked_at, found.p_named, np.nan), fdr)
    meets = selected(np.where(looked_at, 1 - found.p_below, np.nan), fdr)
    words = np.full(len(looked_at), CANNOT_TELL, dtype=object)
    if trusted:
        words[meets & (found.p_below < 0.5)] = MEETS
        words[below & (found.p_below > 0.5)] = BELOW if anybody else CANNOT_TELL
    words[~looked_at] = INSEPARABLE
    return [str(word) for word in words]
