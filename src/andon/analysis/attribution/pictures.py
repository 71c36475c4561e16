"""The pictures of an attribution, for the report and for whoever else shows them. Nobody is in any of them."""

import numpy as np
from scipy.stats import norm

from andon.analysis.attribution.spec import Attribution, Level
from andon.plots import words
from andon.plots.agreement import Agreement
from andon.plots.funnel import Funnel
from andon.plots.intervals import Intervals
from andon.plots.shares import ShareBar, SharePart

MOST = 60  # lines of a picture of mechanisms; the rest are in the table
INNER, OUTER = 0.95, 0.998
WINSORISED = 0.1  # share of groups at either side that is drawn in, when scatter beyond chance is measured


def share_bar(found: Attribution) -> ShareBar:
    parts = [SharePart(one.name, one.share, one.low, one.high, one.group) for one in found.shares]
    return ShareBar("Where differences come from", found.sentence, tuple(parts))


def level_intervals(level: Level, noun: str, found: Attribution) -> Intervals:
    """Mechanisms or teams on the common mix, the worst first, with the usual level."""
    up = 1 if found.good == "high" else -1
    order = np.argsort(up * level.adjusted, kind="stable")[:MOST]
    chart = Intervals(
        title=f"Each {noun} on the common mix of work",
        sentence="",
        noun=noun,
        names=[level.name[i] for i in order.tolist()],
        n=level.n[order],
        value=level.adjusted[order],
        low=level.adjusted_low[order],
        high=level.adjusted_high[order],
        centre=found.standard.usual,
        unit=found.unit,
    )
    return Intervals(
        **{name: getattr(chart, name) for name in Intervals.__slots__} | {"sentence": _apart(chart, found)}
    )


def _apart(chart: Intervals, found: Attribution) -> str:
    worse = chart.high < chart.centre if found.good == "high" else chart.low > chart.centre
    better = chart.low > chart.centre if found.good == "high" else chart.high < chart.centre
    return (
        f"Of {words.counted(len(chart), chart.noun)}, {words.few(int(worse.sum()))} lie clearly on the worse side "
        f"of the usual and {words.few(int(better.sum()))} on the better."
    )


def agreement_of(found: Attribution) -> Agreement:
    checked = found.calibration
    predicted, seen, error = (
        np.array(v, np.float64) for v in (checked.predicted, checked.seen, checked.error)
    )
    return Agreement("Predicted and seen on held-out outcomes", checked.reason, predicted, seen, error)


def team_funnel(found: Attribution) -> Funnel | None:
    """Teams by number of cases: what they reached beyond what their mix lets expect, added to the usual level.

    Limits allow for scatter beyond chance, measured with extreme teams drawn in (Spiegelhalter 2005).
    """
    level = found.teams
    if level is None or len(level.name) < 3:
        return None
    centre, expected, variance = found.standard.usual, level.expected, level.deviation**2
    error = np.sqrt(np.maximum(variance, 1e-300) / level.n)
    z = (level.raw - expected) / error
    low, high = np.quantile(z, (WINSORISED, 1 - WINSORISED))
    drawn = np.clip(z, low, high)
    phi, between = float(np.mean(drawn**2)), 0.0
    weight = 1 / error**2
    if phi * len(z) > len(z) - 1:
        between = (len(z) * phi - (len(z) - 1)) / (weight.sum() - (weight**2).sum() / weight.sum())
    at = np.linspace(0.05, 1.05, 60) ** 2 * float(level.n.max())
    spread = np.sqrt(np.average(variance, weights=level.n) / at + max(between, 0.0))
    limits = [float(norm.ppf((1 + share) / 2)) * spread for share in (INNER, OUTER)]
    outside = np.abs(level.raw - expected) > norm.ppf((1 + OUTER) / 2) * np.sqrt(error**2 + max(between, 0.0))
    inner, outer = ((centre - one, centre + one) for one in limits)
    out = f"{words.few(int(outside.sum()))} of {len(z)} teams {'lies' if outside.sum() == 1 else 'lie'}"
    said = words.capital(f"{out} outside what chance and ordinary differences between teams explain.")
    return Funnel(
        "Teams against their number of cases", said, "team", level.name, level.n, centre + level.raw - expected,
        outside, centre, at, inner, outer, found.unit,
    )  # fmt: skip
