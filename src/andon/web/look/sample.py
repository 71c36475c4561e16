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
        "effect": plots.tile(series("Did it work?", 7, 18, centre=0.029, spread=0.002)),
        "crumbs": [("Mechanisms", "#"), ("Fulfilment", "#")],
        "facts": FACTS,
        "story": STORY,
    }


def large_one() -> ControlChart:
    """Five bad weeks, an escalation, a countermeasure, a better phase; one week is missing."""
    n, turn = 56, 34
    rng = np.random.default_rng(3)
    phase = (np.arange(n) >= turn).astype(int)
    value = np.where(phase == 0, rng.normal(0.046, 0.004, n), rng.normal(0.0285, 0.0025, n))
    value[29:turn] += 0.03
    value[41], value[12] = 0.018, np.nan

    def by_phase(before: float, after: float) -> np.ndarray:
        return np.where(phase == 0, before, after)

    lower, upper = by_phase(0.034, 0.02), by_phase(0.058, 0.037)
    marked = (value > upper) | (value < lower)
    return ControlChart(
        "Returned because the item was wrong", "Five weeks above the upper limit, then a better phase.",
        START + np.arange(n) * WEEK, value, by_phase(0.046, 0.0285), lower, upper, marked,
        ["above the upper limit" if v > u else "below the lower limit" if m else ""
         for v, u, m in zip(value, upper, marked, strict=True)],
        phase, "week", "share", "low", target=0.04, spec_upper=0.05,
        notes=(Note(START + 31 * WEEK, "escalation 112"), Note(START + turn * WEEK, "countermeasure 14 in place")),
    )  # fmt: skip


def series(
    title: str, seed: int, n: int = 52, centre: float = 0.06, spread: float = 0.006, last: int = 0, by: float = 0.0
) -> ControlChart:
    """A quiet series, the last few points of which may be moved away."""
    value = np.random.default_rng(seed).normal(centre, spread * 0.8, n).clip(centre - 2.8 * spread, centre + 2.8 * spread)
    value[n - last :] += by
    marked = np.arange(n) >= n - last
    return ControlChart(
        title, "In control." if not last else "Out of control.", START + np.arange(n) * WEEK, value,
        np.full(n, centre), np.full(n, centre - 3 * spread), np.full(n, centre + 3 * spread), marked,
        ["outside the limits" if m else "" for m in marked], np.zeros(n, int), "week", "share", "low",
    )  # fmt: skip


def tiles() -> list[dict[str, Any]]:
    return [_tile(i, *row) for i, row in enumerate(TILES)]


def _tile(seed: int, name: str, number: str, state: str, last: int, by: float, why: str) -> dict[str, Any]:
    svg = plots.tile(series(name, seed, last=last, by=by))
    ask = "#" if state == "out" else ""
    return {"name": name, "number": number, "state": state, "svg": svg, "why": why, "url": "#", "ask": ask}


TILES = (
    ("Returns: wrong item", "4.8 %", "out", 4, 0.032, "Four weeks above the upper limit, since the week of 12 October. About 2,140 customers."),
    ("Sign-in", "2.1 %", "out", 1, 0.05, "One point far above the upper limit: Thursday. About 1,310 customers."),
    ("Refund not issued in 3 days", "19 %", "out", 9, 0.014, "Nine weeks in a row above the centre line. About 640 customers."),
    ("Second contact for the same thing", "11 %", "better", 6, -0.021, "Six weeks below the lower limit: better than usual."),
    ("First-contact resolution", "72 %", "", 0, 0, "In control."),
    ("Delivery on the promised day, parcels to islands and mountains", "93 %", "", 0, 0, "In control. Winter is expected."),
    ("Callback kept", "88 %", "", 0, 0, "In control."),
    ("Subscription cancel", "3.2 %", "provisional", 0, 0, "In control so far. Eleven weeks only: the limits are provisional."),
)  # fmt: skip

FACTS = [
    ("Turns", "an order line and a shelf position"),
    ("into", "the right item in the right parcel"),
    ("Specification", "at most 5 % returned as wrong"),
    ("Owner", "Fulfilment, Leipzig"),
    ("Version", "7, since 14 May 2026"),
]

STORY = [
    {"at": "Tue 09:12", "exact": "2026-04-14T09:12:00Z", "text": "The customer wrote to the complaints address."},
    {"at": "09:40", "exact": "2026-04-14T09:40:00Z", "text": "Forwarded with “?”.", "by": "head of service", "kind": "cord"},
    {"at": "09:58", "exact": "2026-04-14T09:58:00Z", "text": "Owned, after 18 minutes.", "by": "Fulfilment, Leipzig", "kind": "key"},
    {"at": "17:30", "exact": "2026-04-14T17:30:00Z", "text": "Preliminary answer: wrong scans at belts 2 and 4. The cause is not yet known."},
    {"at": "14 May", "exact": "2026-05-14T08:00:00Z", "text": "Countermeasure 14 in place: scanners check the supplier’s code table.", "kind": "good"},
]  # fmt: skip
