"""Series that lie apart the whole time: from the specification, from the target, or from all the others."""

import numpy as np

from andon.analysis.series import Series
from andon.analysis.spec import Bools, Floats, Good, Kind, ReviewSpec
from andon.analysis.strength import tails
from andon.plots import words

SERIES = 8  # fewer than this are no crowd to lie apart from
CASES = 20
FAR = 4.0  # robust sigma, over and above what so few cases explain


def outside_spec(value: Floats, spec: ReviewSpec) -> Bools:
    """Points above the upper or below the lower specification limit."""
    with np.errstate(invalid="ignore"):
        above = value > spec.upper if spec.upper is not None else np.zeros(len(value), np.bool_)
        below = value < spec.lower if spec.lower is not None else np.zeros(len(value), np.bool_)
    return above | below


def spec_sentence(value: Floats, spec: ReviewSpec, every: str, unit: str) -> str:
    """How often one series was out of spec."""
    seen = np.isfinite(value)
    out = outside_spec(value, spec) & seen
    if not out.any():
        return ""
    limits = [
        f"{name} {words.value(x, unit)}"
        for name, x in (("above", spec.upper), ("below", spec.lower))
        if x is not None
    ]
    period = "point" if every == "second" else every
    if out.sum() == seen.sum():
        return f"Out of spec the whole time ({' or '.join(limits)}, {words.counted(int(out.sum()), period)})."
    total = words.counted(int(seen.sum()), period)
    return f"Out of spec in {int(out.sum()):,} of {total} ({' or '.join(limits)})."


def target_sentence(lower: Floats, upper: Floats, target: float | None, good: Good, unit: str) -> str:
    """Whether the process, left as it is, can be expected to meet its target."""
    band = np.isfinite(lower) & np.isfinite(upper)
    if target is None or good is None or not band.any():
        return ""
    low, high = float(lower[band][-1]), float(upper[band][-1])
    goal = words.value(target, unit)
    misses = high < target if good == "high" else low > target
    meets = low >= target if good == "high" else high <= target
    if misses:
        return f"As it is, it will keep missing the target of {goal}: its usual range lies on the wrong side."
    return (
        f"It meets the target of {goal} reliably."
        if meets
        else f"It meets the target of {goal} at times, by chance."
    )


def _sums(series: Series, judged: Bools) -> tuple[Floats, Floats]:
    good = judged & np.isfinite(series.total) & (series.n > 0)
    size = len(series.names)
    owner = series.owner[good]
    return np.bincount(owner, series.total[good], size), np.bincount(owner, series.n[good], size)


def _chance(kind: Kind, total: Floats, n: Floats, usual: float) -> Floats:
    """Probability of a level farther out on its side, were the series like the others."""
    above, below = tails(
        np.round(total),
        np.round(n),
        np.full(len(n), usual),
        "binomial" if kind == "proportion" else "poisson",
    )
    return np.where(total > n * usual, above, below)


def from_others(series: Series, judged: Bools, kind: Kind, unit: str, good: Good) -> list[str]:
    """For each series how it lies apart from the others, "" if it does not. Shares and rates only."""
    none = [""] * len(series.names)
    if kind not in ("proportion", "rate") or len(series.names) < SERIES:
        return none
    total, n = _sums(series, judged)
    enough = n >= CASES
    if enough.sum() < SERIES:
        return none
    with np.errstate(all="ignore"):
        level = total / n
    usual = float(np.median(level[enough]))
    pooled = min(max(float(total.sum() / n.sum()), 1e-9), 1 - 1e-9 if kind == "proportion" else np.inf)
    spread = 1.4826 * float(np.median(np.abs(level[enough] - usual)))
    noise = np.sqrt(pooled * (1 - pooled if kind == "proportion" else 1.0) / np.maximum(n, 1))
    far = np.abs(level - usual) > FAR * np.hypot(spread, noise)
    far &= enough & (_chance(kind, total, n, pooled) * enough.sum() < 0.001)
    return [_apart(float(level[i]), usual, unit, good) if far[i] else "" for i in range(len(none))]


def _apart(level: float, usual: float, unit: str, good: Good) -> str:
    side = "above" if level > usual else "below"
    judged = ""
    if good is not None:
        judged = ", the better side" if (level > usual) == (good == "high") else ", the worse side"
    most = words.value(usual, unit)
    edge = "" if usual in (0.0, 1.0) else " or less" if level > usual else " or more"
    return (
        f"Far {side} the others the whole time{judged}: {words.value(level, unit)}, "
        f"where half of them have {most}{edge}."
    )
