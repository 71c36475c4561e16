"""teams_monthly.csv: how each team fared each month, in aggregates only."""

from __future__ import annotations

from datetime import date

import numpy as np

from .causes import Cause, named
from .frame import Rows
from .outcomes import Effects
from .people import Staff
from .signals import Voices
from .sizes import Window

FEWEST_ANSWERS = 5
"""Below so many answers a team's engagement is not shown."""
HEADER = (
    "team", "month", "headcount", "answers", "engagement", "absence", "leavers", "attrition", "complaints", "escalations",
)  # fmt: skip
CONTENT = ("praise", "question")
Cell = str | int | float


def team_months(
    rng: np.random.Generator,
    staff: Staff,
    window: Window,
    effects: Effects,
    rows: Rows,
    voices: Voices,
    causes: tuple[Cause, ...],
) -> list[list[Cell]]:
    """One row a team and month in the order of HEADER. Engagement is 0-100, absence and attrition are shares."""
    complaints = _complaints(rows, voices, window, len(staff.teams))
    silent = named(causes, "silent-team")
    out = []
    for place, team in enumerate(staff.teams):
        for month, first in enumerate(window.months):
            heads, leavers = _heads(staff, place, first)
            stress = float(effects.stress[month, place])
            count = int(complaints[month, place])
            raised = 0 if silent is not None and silent.team == place else int(rng.binomial(count, 0.22))
            strain = _strain(rng, heads, stress)
            share = round(leavers / heads, 4) if heads else 0.0
            out.append([team.name, f"{first:%Y-%m}", heads, *strain, leavers, share, count, raised])
    return out


def _strain(rng: np.random.Generator, heads: int, stress: float) -> list[Cell]:
    answers = int(rng.binomial(heads, 0.75))
    engagement = np.clip(71 - 5.5 * stress + rng.normal(0, 6 / np.sqrt(max(answers, 1))), 0, 100)
    absence = 0.05 * np.exp(0.3 * stress + rng.normal(0, 0.08))
    shown: Cell = round(float(engagement), 1) if answers >= FEWEST_ANSWERS else ""
    return [answers, shown, round(float(min(absence, 1.0)), 4)]


def _heads(staff: Staff, team: int, month: date) -> tuple[int, int]:
    """People of a team at the start of a month, and those of them who leave in it."""
    here = [
        person
        for person in staff.people
        if person.team == team and person.joined <= month and (person.left is None or person.left >= month)
    ]
    leaving = [
        p for p in here if p.left is not None and (p.left.year, p.left.month) == (month.year, month.month)
    ]
    return len(here), len(leaving)


def _complaints(
    rows: Rows, voices: Voices, window: Window, teams: int
) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    index = voices.row[~np.isin(voices.topic, CONTENT)]
    month = window.month_of_day[rows.day[index]]
    flat = np.bincount(month * teams + rows.team[index], minlength=len(window.months) * teams)
    return flat.reshape(len(window.months), teams)
