"""teams_monthly.csv: how each team fared each month, in aggregates only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from .effects import Effects
from .frame import Rows
from .setting import Setting
from .voices import CONTENT, Voices

FEWEST_ANSWERS = 5
"""Below so many answers a team's engagement is not shown."""
ESCALATED = 0.22
"""Complaints for which somebody in an ordinary team raises a hand."""


@dataclass(frozen=True, slots=True)
class TeamMonth:
    """One row of teams_monthly.csv: engagement is 0-100, absence and attrition are shares."""

    team: str
    month: str
    headcount: int
    answers: int
    engagement: float | None
    absence: float
    leavers: int
    attrition: float
    complaints: int
    escalations: int


def team_months(
    rng: np.random.Generator, rows: Rows, effects: Effects, voices: Voices, setting: Setting
) -> list[TeamMonth]:
    """One for each team and calendar month of the window."""
    complaints = _complaints(rows, voices, setting)
    return [
        _team_month(
            rng, setting, team, month, float(effects.stress[month, team]), int(complaints[month, team])
        )
        for team in range(len(setting.staff.teams))
        for month in range(len(setting.window.months))
    ]


def _team_month(
    rng: np.random.Generator, setting: Setting, team: int, month: int, stress: float, complaints: int
) -> TeamMonth:
    first = setting.window.months[month]
    heads, leavers = _heads(setting, team, first)
    answers = int(rng.binomial(heads, 0.75))
    engagement = np.clip(71 - 5.5 * stress + rng.normal(0, 6 / np.sqrt(max(answers, 1))), 0, 100)
    absence = min(1.0, 0.05 * np.exp(0.3 * stress + rng.normal(0, 0.08)))
    silent = setting.planted("silent-team")
    raised = int(rng.binomial(complaints, ESCALATED))
    return TeamMonth(
        *(setting.staff.teams[team].name, f"{first:%Y-%m}", heads, answers),
        engagement=round(float(engagement), 1) if answers >= FEWEST_ANSWERS else None,
        absence=round(float(absence), 4),
        leavers=leavers,
        attrition=round(leavers / heads, 4) if heads else 0.0,
        complaints=complaints,
        escalations=0 if silent is not None and silent.team == team else raised,
    )


def _heads(setting: Setting, team: int, month: date) -> tuple[int, int]:
    """People of a team at the start of a month, and those of them who leave in it."""
    people = [person for person in setting.staff.people if person.team == team]
    here = [p for p in people if p.works_on(month)]
    leaving = [p for p in here if p.left is not None and p.left.replace(day=1) == month]
    return len(here), len(leaving)


def _complaints(rows: Rows, voices: Voices, setting: Setting) -> NDArray[np.int64]:
    """By month and team."""
    index = voices.row[~np.isin(voices.topic, CONTENT)]
    shape = (len(setting.window.months), len(setting.staff.teams))
    flat = setting.window.month_of_day[rows.day[index]] * shape[1] + rows.team[index]
    return np.bincount(flat, minlength=shape[0] * shape[1]).reshape(shape)
