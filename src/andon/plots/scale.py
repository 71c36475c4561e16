"""Where things stand in the picture: from values and moments to positions."""

from dataclasses import dataclass

import numpy as np

from andon.plots.chart import ControlChart, Floats, Times

FARTHEST = 5e307  # beyond this, differences overflow


@dataclass(frozen=True, slots=True)
class Domain:
    """The lowest and highest value a picture shows."""

    low: float
    high: float

    def y(self, value: Floats, height: float) -> Floats:
        """Positions from the top, kept inside the picture; NaN stays NaN."""
        inside = np.clip(value, self.low, self.high)
        return np.asarray((self.high - inside) / (self.high - self.low) * height, np.float64)

    def within(self, value: Floats) -> Floats:
        """The same values, but NaN where they lie outside the picture."""
        return np.where((value >= self.low) & (value <= self.high), value, np.nan)


def domain(chart: ControlChart, extra: tuple[float | None, ...] = (), pad: float = 0.08) -> Domain:
    """Room for all values and for limits near them.

    A period with hardly any cases has limits so wide that they would press everything else flat; limits get
    at most as much room as the values have themselves.
    """
    values = chart.value[np.isfinite(chart.value)]
    limits = np.concatenate([chart.centre, chart.lower, chart.upper])
    limits = limits[np.isfinite(limits)]
    low, high = _reach(values, limits)
    lines = [x for x in extra if x is not None and np.isfinite(x)]
    low, high = max(min([low, *lines]), -FARTHEST), min(max([high, *lines]), FARTHEST)
    room = (high - low) * pad or abs(high) * 0.1 or 1.0
    return Domain(low - room if low < 0 else max(low - room, 0.0), high + room)


def _reach(values: Floats, limits: Floats) -> tuple[float, float]:
    if not len(values):
        return (float(limits.min()), float(limits.max())) if len(limits) else (0.0, 1.0)
    low, high = float(values.min()), float(values.max())
    if not len(limits):
        return low, high
    room = min(high / 2 - low / 2, FARTHEST) * 2 or np.inf
    return min(low, max(float(limits.min()), low - room)), max(high, min(float(limits.max()), high + room))


def along(at: Times, width: float, margin: float = 0.0) -> Floats:
    """Positions from the left in time; evenly spaced where the moments do not ascend."""
    n = len(at)
    t = np.arange(n, dtype=np.float64)
    if n > 1 and not np.isnat(at).any() and at[-1] > at[0] and (np.diff(at) >= np.timedelta64(0, "s")).all():
        t = (at - at[0]).astype(np.float64)
    span = t[-1] if n > 1 else 1.0
    return margin + t / span * (width - 2 * margin) if n > 1 else np.full(n, width / 2)


def edges(x: Floats, margin: float) -> Floats:
    """Borders (N + 1,) between points: half-way, and as far outside the first and last as `margin` allows."""
    if len(x) < 2:
        return np.concatenate([x - margin, x + margin])
    middle = (x[1:] + x[:-1]) / 2
    return np.concatenate([[x[0] - margin], middle, [x[-1] + margin]])
