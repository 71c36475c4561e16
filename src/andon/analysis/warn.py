"""What a reader should know before trusting a chart, and why it is this chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from andon.plots import words
from andon.stats.limits import PROVISIONAL, SHORT

if TYPE_CHECKING:
    from andon.analysis.spec import Reviewed
    from andon.analysis.working import Work

ALIKE = 0.4  # lag-1 autocorrelation from which limits are clearly too narrow
CHART_NAMES = {
    "p": "p chart",
    "p'": "p′ chart",
    "c": "c chart",
    "u": "u chart",
    "u'": "u′ chart",
    "xmr": "XmR chart",
    "xbar-s": "x̄ chart",
    "t": "t chart",
    "g": "g chart",
}
_WHY = {
    "p": "shares that scatter as chance says",
    "p'": "shares that scatter more or less than chance says, so the limits follow the scatter seen (Laney)",
    "c": "counts that scatter as chance says",
    "u": "rates that scatter as chance says",
    "u'": "rates that scatter more or less than chance says, so the limits follow the scatter seen (Laney)",
    "xbar-s": "means whose scatter is explained by the spread of the single values",
    "xmr": "single values, or counts and means that scatter more than chance says: "
    "limits come from the changes between neighbours",
    "t": "time from one event to the next (Nelson's transformation)",
    "g": "cases from one event to the next",
}


def why(work: Work, kinds: dict[str, int]) -> tuple[str, ...]:
    """Why this kind, and why each chart."""
    reasons = [f"Read as a {work.kind}: {work.because}."]
    total = sum(kinds.values())
    for kind, count in kinds.items():
        whole = (
            f"{CHART_NAMES[kind]}" if total == count else f"{CHART_NAMES[kind]} for {count:,} of {total:,}"
        )
        reasons.append(f"{words.capital(whole)}: {_WHY[kind]}.")
    return tuple(reasons)


def notes_of(work: Work, segment: int) -> tuple[str, ...]:
    """Warnings of one series (of its latest phase)."""
    charted, found = work.charted, []
    points = int(charted.points[segment])
    if points < PROVISIONAL:
        found.append(f"Provisional: the limits rest on {words.counted(points, 'point')}.")
    elif points < SHORT:
        found.append(f"Short baseline: {points} points; 25 or more are better.")
    z = float(charted.sigma_z[segment])
    if charted.kinds[segment] in ("p'", "u'") or (charted.kinds[segment] == "xmr" and np.isfinite(z)):
        found.append(
            f"Points scatter {words.number(z)} times as widely as chance says; the limits allow for it."
        )
    lag = float(charted.lag1[segment])
    if np.isfinite(lag) and lag > ALIKE and points >= PROVISIONAL:
        found.append(
            f"Neighbouring points are alike (autocorrelation {lag:.2f}): "
            "limits are narrower than they should be."
        )
    return tuple(found)


def _said(count: int, total: int, text: str) -> str:
    """A warning, with the number of series that it is about where there are several."""
    if total == 1:
        return f"{words.capital(text)}."
    return f"In {'all' if count == total else f'{count:,} of {total:,}'} series {text}."


def overall(work: Work, found: list[Reviewed], q: float | None) -> tuple[str, ...]:
    """Warnings of the review as a whole; those that many series share are said once."""
    notes = list(work.series.notes)
    total = len(found)
    for start, text in (
        ("Provisional", "the limits rest on fewer than 13 points and are provisional"),
        ("Short baseline", "the baseline is shorter than 25 points"),
        (
            "Neighbouring",
            "neighbouring points are alike (autocorrelation), so limits are narrower than they should be",
        ),
    ):
        count = sum(any(note.startswith(start) for note in one.warnings) for one in found)
        if count:
            notes.append(_said(count, total, text))
    wide = sum(one.chart_kind in ("p'", "u'", "xmr") and one.sigma_z > 1.5 for one in found)
    if wide:
        text = "points scatter more widely than chance says (over-dispersion); their limits allow for it"
        notes.append(_said(wide, total, text))
    for season in work.hidden_season:
        notes.append(
            f"The points follow a season of a {season}. Add --season {season} so that it is not taken for an "
            "exception."
        )
    held = sum(bool((work.marks[one.points] > 0).any()) and not one.out for one in found)
    if held and q is not None:
        notes.append(
            f"{words.capital(words.counted(held, 'series', 'series'))} had marks that are no stronger than "
            f"chance shows among {total:,} charts; they are in points.parquet and not counted (--fdr {q:g})."
        )
    return tuple(notes)
