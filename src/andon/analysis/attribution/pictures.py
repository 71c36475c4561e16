"""The pictures of an attribution, for the report and for whoever else shows them. Nobody is in any of them."""

import numpy as np

from andon.analysis.attribution.spec import Attribution, Level
from andon.plots import words
from andon.plots.agreement import Agreement
from andon.plots.funnel import Funnel
from andon.plots.intervals import Intervals
from andon.plots.shares import ShareBar, SharePart
from andon.stats.funnel import funnel

MOST = 60  # lines of a picture of mechanisms; the rest are in the table
INNER, OUTER = 0.95, 0.998
FEWEST = 3  # teams of which a funnel is drawn
KINDS = {"proportion": "proportion", "count": "rate", "value": "value"}


def share_bar(found: Attribution) -> ShareBar:
    parts = [SharePart(one.name, one.share, one.low, one.high, one.group) for one in found.shares]
    return ShareBar("Where differences come from", found.sentence, tuple(parts))


def level_intervals(level: Level, noun: str, found: Attribution) -> Intervals:
    """Mechanisms or teams on the common mix, the worst first, with the usual level."""
    up = 1 if found.good == "high" else -1
    order = np.argsort(up * level.adjusted, kind="stable")[:MOST]
    return Intervals(
        title=f"Each {noun} on the common mix of work",
        sentence=_apart(level, noun, found),
        noun=noun,
        names=[level.name[i] for i in order.tolist()],
        n=level.n[order],
        value=level.adjusted[order],
        low=level.adjusted_low[order],
        high=level.adjusted_high[order],
        centre=found.standard.usual,
        unit=found.unit,
    )


def _apart(level: Level, noun: str, found: Attribution) -> str:
    """Of all of them, however many the picture shows."""
    above, under = level.adjusted_low > found.standard.usual, level.adjusted_high < found.standard.usual
    worse, better = (under, above) if found.good == "high" else (above, under)
    count = len(level.name)
    shown = f" The picture shows the {MOST} on the worse end." if count > MOST else ""
    return (
        f"Of {words.counted(count, noun)}, {words.few(int(worse.sum()))} lie clearly on the worse side "
        f"of the usual and {words.few(int(better.sum()))} on the better.{shown}"
    )


def agreement_of(found: Attribution) -> Agreement:
    checked = found.calibration
    predicted, seen, error = (
        np.array(v, np.float64) for v in (checked.predicted, checked.seen, checked.error)
    )
    return Agreement("Predicted and seen on held-out outcomes", checked.reason, predicted, seen, error)


def team_funnel(found: Attribution) -> Funnel | None:
    """Teams by number of cases: what they reached beyond what their mix lets expect, added to the usual level.

    None for fewer than three teams.
    """
    level = found.teams
    if level is None or len(level.name) < FEWEST:
        return None
    reached = found.standard.usual + level.raw - level.expected
    if found.kind != "value":
        reached = np.clip(reached, 0.0, 1.0 if found.kind == "proportion" else np.inf)
    limits = funnel(
        KINDS[found.kind],
        reached if found.kind == "value" else reached * level.n,
        level.n,
        target=found.standard.usual,
        deviation=level.deviation,
        levels=(INNER, OUTER),
    )
    some = int(limits.flagged.sum())
    out = f"{words.few(some) if some else 'none'} of {len(level.name)} teams {'lies' if some < 2 else 'lie'}"
    said = words.capital(f"{out} outside what chance and ordinary differences between teams explain.")
    return Funnel(
        "Teams against their number of cases", said, "team", level.name, level.n, reached, limits.flagged,
        limits.target, limits.at, (limits.lower[0], limits.upper[0]), (limits.lower[1], limits.upper[1]), found.unit,
    )  # fmt: skip
