"""Made-up charts and words for the guide: every state a part can have."""

from typing import Any

import numpy as np

from andon import plots
from andon.plots import ControlChart, Note

START = np.datetime64("2025-01-06", "s")
WEEK = np.timedelta64(7, "D")


def context() -> dict[str, Any]:
    chart = large_one()
    spec = plots.large(chart)
    return {
        "tiles": tiles(),
        "svg": plots.to_svg(spec),
        "spec": spec,
        "table": plots.table(chart, 12),
        "effect": plots.tile(series("Did it work?", 7, n=18, centre=0.029, spread=0.002)),
        "crumbs": [("Mechanisms", "#"), ("Fulfilment", "#")],
        "facts": FACTS,
        "story": [dict(zip(("at", "text", "by", "kind"), step, strict=True)) for step in STORY],
    }


def large_one() -> ControlChart:
    """Five bad weeks, an escalation, a countermeasure, a better phase; one week is missing."""
    n, turn = 56, 34
    rng = np.random.default_rng(3)
    phase = (np.arange(n) >= turn).astype(int)
    value = np.where(phase == 0, rng.normal(0.046, 0.004, n), rng.normal(0.0285, 0.0025, n))
    value[29:turn] += 0.03
    value[41], value[12] = 0.018, np.nan
    centre, lower, upper = (
        np.where(phase == 0, *pair) for pair in ((0.046, 0.0285), (0.034, 0.02), (0.058, 0.037))
    )
    return ControlChart(
        title="Returned because the item was wrong",
        sentence="Five weeks above the upper limit, then a better phase.",
        at=START + np.arange(n) * WEEK,
        value=value,
        centre=centre,
        lower=lower,
        upper=upper,
        marked=(value > upper) | (value < lower),
        reasons=[_reason(*point) for point in zip(value, lower, upper, strict=True)],
        phase=phase,
        every="week",
        unit="share",
        good="low",
        target=0.04,
        spec_upper=0.05,
        notes=(
            Note(START + 31 * WEEK, "escalation 112"),
            Note(START + turn * WEEK, "countermeasure 14 in place"),
        ),
    )


def _reason(value: float, lower: float, upper: float) -> str:
    return "above the upper limit" if value > upper else "below the lower limit" if value < lower else ""


def series(title: str, seed: int, last: int = 0, by: float = 0.0, **shape: Any) -> ControlChart:
    """A quiet series, the `last` few points of which may be moved away."""
    n, centre, spread = shape.get("n", 52), shape.get("centre", 0.06), shape.get("spread", 0.006)
    value = centre + spread * np.random.default_rng(seed).normal(0, 0.8, n).clip(-2.8, 2.8)
    marked = np.arange(n) >= n - last
    value[marked] += by
    return ControlChart(
        title=title,
        sentence="Out of control." if last else "In control.",
        at=START + np.arange(n) * WEEK,
        value=value,
        centre=np.full(n, centre),
        lower=np.full(n, centre - 3 * spread),
        upper=np.full(n, centre + 3 * spread),
        marked=marked,
        reasons=["outside the limits" if m else "" for m in marked],
        phase=np.zeros(n, int),
        every="week",
        unit="share",
        good="low",
    )


def tiles() -> list[dict[str, Any]]:
    return [_tile(seed, *row) for seed, row in enumerate(TILES)]


def _tile(seed: int, name: str, number: str, state: str, last: int, by: float, why: str) -> dict[str, Any]:
    svg = plots.tile(series(name, seed, last, by))
    ask = "#" if state == "out" else ""
    return {"name": name, "number": number, "state": state, "svg": svg, "why": why, "url": "#", "ask": ask}


TILES = (  # name, number, state, how many last points are moved, by how much, why
    ("Returns: wrong item", "4.8 %", "out", 4, 0.032,
     "Four weeks above the upper limit, since the week of 12 October. About 2,140 customers."),
    ("Sign-in", "2.1 %", "out", 1, 0.05,
     "One point far above the upper limit: Thursday. About 1,310 customers."),
    ("Refund not issued in 3 days", "19 %", "out", 9, 0.014,
     "Nine weeks in a row above the centre line. About 640 customers."),
    ("Second contact for the same thing", "11 %", "better", 6, -0.021,
     "Six weeks below the lower limit: better than usual."),
    ("First-contact resolution", "72 %", "", 0, 0, "In control."),
    ("Delivery on the promised day, parcels to islands and mountains", "93 %", "", 0, 0,
     "In control. Winter is expected."),
    ("Callback kept", "88 %", "", 0, 0, "In control."),
    ("Subscription cancel", "3.2 %", "provisional", 0, 0,
     "In control so far. Eleven weeks only: the limits are provisional."),
)  # fmt: skip

FACTS = [
    ("Turns", "an order line and a shelf position"),
    ("into", "the right item in the right parcel"),
    ("Specification", "at most 5 % returned as wrong"),
    ("Owner", "Fulfilment, Leipzig"),
    ("Version", "7, since 14 May 2026"),
]

STORY = (  # at, text, by, kind
    ("Tue 09:12", "The customer wrote to the complaints address.", "", ""),
    ("09:40", "Forwarded with “?”.", "head of service", "cord"),
    ("09:58", "Owned, after 18 minutes.", "Fulfilment, Leipzig", "key"),
    ("17:30", "Preliminary answer: wrong scans at belts 2 and 4. The cause is not yet known.", "", ""),
    ("14 May", "Countermeasure 14 in place: scanners check the supplier’s code table.", "", "good"),
)
