"""Small worlds of which the truth is known, as cells: people, mechanisms, teams and weeks."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.special import expit

from andon.lake.cells import Factor
from andon.lake.factors import FactorCells


@dataclass
class Made:
    """What is true of a world; `draw` makes cells of it. Spreads are standard deviations in log-odds."""

    people: int = 120
    mechanisms: int = 8
    teams: int = 6
    weeks: int = 12
    cases: int = 400
    served: int = 4
    base: float = 1.4
    worker: float = 0.25
    mechanism: float = 0.5
    team: float = 0.25
    pair: float = 0.0
    spell: float = 0.0
    drift: float = 0.0
    kind: str = "proportion"
    seed: int = 1
    mechanism_of: Any = None
    team_of: Any = None
    effects: dict[str, np.ndarray] = field(default_factory=dict)

    def draw(self, timed: bool = True) -> FactorCells:
        """Cells; the effects drawn are kept in `effects`."""
        rng = np.random.default_rng(self.seed)
        u, v, s = (
            rng.normal(0, spread, size)
            for spread, size in (
                (self.worker, self.people),
                (self.mechanism, self.mechanisms),
                (self.team, self.teams),
            )
        )
        pair = rng.normal(0, self.pair, (self.people, self.mechanisms))
        spell = rng.normal(0, self.spell, (self.people, self.weeks))
        drift = np.outer(rng.normal(0, self.drift, self.people), np.linspace(-1, 1, self.weeks))
        self.effects = {"worker": u, "mechanism": v, "team": s}
        worker = np.repeat(np.arange(self.people), self.cases)
        mechanism = self._mechanisms(rng, worker)
        team = (np.arange(self.people) % self.teams if self.team_of is None else np.asarray(self.team_of))[
            worker
        ]
        week = rng.integers(0, self.weeks, len(worker))
        mean = self.base + u[worker] + v[mechanism] + s[team] + pair[worker, mechanism]
        mean += spell[worker, week] + drift[worker, week]
        return self._cells(worker, mechanism, team, week, self._outcome(rng, mean), timed)

    def _mechanisms(self, rng: np.random.Generator, worker: np.ndarray) -> np.ndarray:
        if self.mechanism_of is not None:
            return np.asarray(self.mechanism_of(rng, worker))
        own = np.argsort(rng.random((self.people, self.mechanisms)), axis=1)[:, : self.served]
        return own[worker, rng.integers(0, self.served, len(worker))]

    def _outcome(self, rng: np.random.Generator, mean: np.ndarray) -> np.ndarray:
        if self.kind == "value":
            return mean + rng.normal(0, 1, len(mean))
        if self.kind == "count":
            return rng.poisson(np.exp(mean - 1.4)).astype(float)
        return (rng.random(len(mean)) < expit(mean)).astype(float)

    def _cells(self, worker, mechanism, team, week, y, timed) -> FactorCells:
        week = week if timed else np.zeros_like(week)
        key = np.stack([worker, mechanism, team, week])
        found, code = np.unique(key, axis=1, return_inverse=True)
        names = {"worker": self.people, "mechanism": self.mechanisms, "team": self.teams}
        factors = {
            name: Factor(found[i].astype(np.int32), [f"{name[0]}{level:03}" for level in range(count)])
            for i, (name, count) in enumerate(names.items())
        }
        if timed:
            weeks = np.datetime64("2025-01-06") + 7 * np.arange(self.weeks)
            factors["period"] = Factor(found[3].astype(np.int32), [str(w) for w in weeks])
        code = code.ravel()
        return FactorCells(
            factors, np.bincount(code).astype(float), np.bincount(code, y), np.bincount(code, y**2),
            kind=self.kind, least=float(y.min()), most=float(y.max()), every="week" if timed else None,
        )  # fmt: skip
