"""True effects of teams, workers, days and customers, drawn once and known only to truth.json."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .seasons import Floats
from .setting import Setting

TEAM, WORKER, PAIR, DAY, CUSTOMER, PACE = 0.25, 0.20, 0.20, 0.08, 0.30, 0.10
"""Standard deviations in log-odds (pace: log of time). Between mechanisms: .55, see mechanisms.toml."""
STRESS_ON_CSAT = -0.13
CARRIED_OVER = 0.3


@dataclass(frozen=True)
class Effects:
    """Log-odds of serving well; `pace` is on the log of time, `temper` on the latent satisfaction."""

    team: Floats
    worker: Floats
    pace: Floats
    pair: Floats
    """(people, mechanisms): some are better at one thing than at another."""
    day: Floats
    """(days, mechanisms): good and bad days, so that counts are over-dispersed."""
    stress: Floats
    """(months, teams), in standard deviations; reaches satisfaction a month later."""
    temper: Floats
    """By customer."""


def draw_effects(rng: np.random.Generator, setting: Setting, customers: int) -> Effects:
    """Effects with the spreads above. People with a planted cause have just that, no luck of their own."""
    people, teams, kinds = len(setting.staff.people), len(setting.staff.teams), len(setting.mechanisms)
    team = rng.normal(0, TEAM, teams)
    effects = Effects(
        team=team - team.mean(),
        worker=_within(rng.normal(0, WORKER, people), 2 * WORKER),
        pace=rng.normal(0, PACE, people),
        pair=_within(rng.normal(0, PAIR, (people, kinds)), 2 * PAIR),
        day=rng.normal(0, DAY, (setting.window.days, kinds)),
        stress=_stress(rng, len(setting.window.months), teams),
        temper=rng.normal(0, CUSTOMER, customers),
    )
    planted = [cause.worker for cause in setting.causes if cause.worker is not None]
    for luck in (effects.worker, effects.pace, effects.pair):
        luck[planted] = 0
    return effects


def _within(values: Floats, most: float) -> Floats:
    """Nobody but the planted person is far from the others."""
    return np.clip(values, -most, most)


def _stress(rng: np.random.Generator, months: int, teams: int) -> Floats:
    """Strain comes and goes: autoregressive series, less their own mean over seven months."""
    series = rng.normal(0, 1, (months, teams))
    for month in range(1, months):
        series[month] = CARRIED_OVER * series[month - 1] + np.sqrt(1 - CARRIED_OVER**2) * series[month]
    level = [series[max(0, month - 3) : month + 4].mean(axis=0) for month in range(months)]
    return series - np.array(level)
