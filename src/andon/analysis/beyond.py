"""How many cases went worse than usual: what the ranking of exceptions goes by, as customers count more than sigmas."""

import numpy as np

from andon.analysis.spec import Floats, Good, Kind


def beyond(n: Floats, value: Floats, centre: Floats, good: Good, kind: Kind) -> Floats:
    """Cases (N,) beyond what the centre line lets expect, at least 0; 0 where nothing is known.

    For a proportion or rate the outcomes beyond the expected ones; for a count the excess itself. For an average
    there is no single bad one: the cases of the period, by how much worse they were (half as long again is half
    of them), at most all of them. Where neither side is better, both count.
    """
    excess = value - centre
    worse = np.abs(excess) if good is None else (excess if good == "low" else -excess)
    with np.errstate(all="ignore"):
        if kind in ("proportion", "rate"):
            worse = worse * n
        elif kind != "count":
            worse = n * np.clip(worse / np.abs(centre), 0.0, 1.0)
    return np.nan_to_num(np.maximum(worse, 0.0), nan=0.0, posinf=0.0)
