"""What the usual methods of public health say of the same counts: a second opinion on each cluster."""

import numpy as np

from andon.analysis.clusters.spec import Floats
from andon.analysis.clusters.windows import Grid
from andon.stats.outbreak import Alarms, ears, farrington_flexible

WEEKS = 3 * 52 + 26  # weeks of counts that Farrington's method asks for here


def also(counts: Floats, first: int, last: int, grid: Grid) -> dict[str, bool | None]:
    """Whether EARS C2 and Farrington flexible raise an alarm in the windows [first, last]; None where they cannot."""
    found: dict[str, bool | None] = {"ears_c2": _said(ears(counts[None], method="C2"), first, last)}
    found["farrington_flexible"] = None
    weekly = grid.window.unit == "D" and grid.window.count == 7
    if weekly and first >= WEEKS:
        at = np.arange(first, last + 1)
        alarms = farrington_flexible(counts[None], at=at, years=None)
        found["farrington_flexible"] = _said(alarms, 0, len(at) - 1)
    return found


def _said(alarms: Alarms, first: int, last: int) -> bool | None:
    usable, alarm = alarms.usable[0, first : last + 1], alarms.alarm[0, first : last + 1]
    return bool((alarm & usable).any()) if usable.any() else None
