"""Laplace's approximation to the likelihood of a binomial or Poisson model, with its exact gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from andon.stats.mixed.factor import Factor
from andon.stats.mixed.families import Law
from andon.stats.mixed.gathering import effects_terms, gathered, spread_out, spread_terms
from andon.stats.mixed.inverse import Inverse
from andon.stats.mixed.layout import Layout
from andon.stats.mixed.sums import sums_of
from andon.stats.segments import Floats

CLOSE = 1e-16
"""A step to the mode that lowers the penalised deviance by less than this is the last one."""
NEARLY = 1e-11
"""A step that promises less may be as short as rounding makes it: the factor is not to blame."""
ROUGH = 1e-4
"""A step that promises less is taken without looking whether the penalised deviance falls."""
BEGUN = 1.0
"""The same, of the first search, that only says where to begin."""
HELD = 1e-8
"""Penalty on squared coefficients of standardised covariates: it moves nothing but those that nothing else holds."""
MOST = 200
SLOW = 0.05
"""An old factor serves while each step's decrement falls below this share of the one before."""


@dataclass(frozen=True, slots=True, eq=False)
class Mode:
    """Laplace's criterion at one place; see `descent.Place`. solution: effects and fixed coefficients."""

    at: Floats
    value: float
    gradient: Floats
    curvature: Floats
    factor: Factor
    solution: Floats
    weight: Floats
    residual: float = 1.0


class Spot(NamedTuple):
    """A place on the way to a mode: effects and coefficients, linear predictor, penalised deviance (an upper bound)."""

    vector: Floats
    eta: Floats
    height: float


class Laplace:
    """The criterion as a function of log tau of each grouping and the fixed coefficients."""

    def __init__(self, layout: Layout, law: Law) -> None:
        self.layout, self.law = layout, law
        self.ratios = len(layout.names)
        self.ends = layout.below + layout.random

    def start(self, ratios: Floats) -> Floats:
        """log tau with the fixed coefficients that go with it when all are found together."""
        tau = dict(zip(self.layout.names, ratios.tolist(), strict=True))
        vector = np.zeros(self.layout.length)
        vector[self.ends] = self.law.centre
        vector, _ = self._climb(tau, vector, None, fixed=True, close=BEGUN)
        return np.concatenate([np.log(ratios), vector[self.ends :]])

    def __call__(self, at: Floats, near: Mode | None = None) -> Mode:
        tau = dict(zip(self.layout.names, np.exp(at[: self.ratios]).tolist(), strict=True))
        if near is None:
            vector = np.zeros(self.layout.length)
            vector[self.ends :] = at[self.ratios :]
        else:
            vector = self._foretold(at, tau, near)
        vector, eta = self._climb(tau, vector, near.factor if near else None, fixed=False)
        return self._judge(at, tau, vector, eta)

    def _foretold(self, at: Floats, tau: dict[str, float], near: Mode) -> Floats:
        """Where the mode goes, to first order, or where it was if that is no worse."""
        layout, change = self.layout, at - near.at
        force = -gathered(layout, near.weight * (layout.x @ change[self.ratios :]))
        for move, before, name in zip(change, near.at, layout.names, strict=False):
            force[layout.places[name]] += move * np.exp(-before) * layout.levels(near.solution, name)
        stay, move = near.solution.copy(), near.solution + near.factor.solve(force, fixed=False)
        stay[self.ends :] = move[self.ends :] = at[self.ratios :]
        heights = [self._height(tau, vector, self._eta(vector)) for vector in (stay, move)]
        return move if heights[1] < heights[0] else stay

    def _eta(self, vector: Floats) -> Floats:
        return spread_out(self.layout, vector) + self.layout.x @ vector[self.ends :]

    def _penalty(self, tau: dict[str, float], vector: Floats) -> Floats:
        """u / tau, laid out as the vector; nought for fixed coefficients."""
        out = np.zeros(len(vector))
        for name, ratio in tau.items():
            out[self.layout.places[name]] = self.layout.levels(vector, name) / ratio
        return out

    def _height(self, tau: dict[str, float], vector: Floats, eta: Floats) -> float:
        return self.law.deviance(eta) + float(self._penalty(tau, vector) @ vector)

    def _climb(
        self, tau: dict[str, float], vector: Floats, factor: Factor | None, fixed: bool, close: float = CLOSE
    ) -> tuple[Floats, Floats]:
        """The mode of the effects (with `fixed`, of the coefficients too), by Newton steps that share factors."""
        spot, before, fresh = self._spot(tau, vector), np.inf, factor is None
        for _ in range(MOST):
            rest, weight, _ = self.law.moments(spot.eta)
            slope = gathered(self.layout, rest) - self._penalty(tau, spot.vector)
            if not fixed:
                slope[self.ends :] = 0
            if factor is None:
                factor, before, fresh = Factor(self.layout, sums_of(self.layout, weight), tau), np.inf, True
            step = factor.solve(slope, fixed)
            decrement = float(slope @ step)
            found = (
                self._stepped(tau, spot, step, decrement) if decrement <= max(SLOW * before, NEARLY) else None
            )
            if found is None and fresh:
                break
            if found is None:
                factor = None
                continue
            spot, before, fresh = found, decrement, False
            if decrement < close:
                break
        return spot.vector, spot.eta

    def _spot(self, tau: dict[str, float], vector: Floats) -> Spot:
        eta = self._eta(vector)
        return Spot(vector, eta, self._height(tau, vector, eta))

    def _stepped(self, tau: dict[str, float], spot: Spot, step: Floats, decrement: float) -> Spot | None:
        """Where a step leads, shortened until the penalised deviance falls; None if it never does."""
        if decrement <= ROUGH:
            vector = spot.vector + step
            return Spot(vector, self._eta(vector), spot.height)
        for shorter in range(10):
            found = self._spot(tau, spot.vector + step / 3**shorter)
            if found.height < spot.height:
                return found
        return None

    def _judge(self, at: Floats, tau: dict[str, float], vector: Floats, eta: Floats) -> Mode:
        layout, x = self.layout, self.layout.x
        rest, weight, change = self.law.moments(eta)
        factor = Factor(layout, sums_of(layout, weight), tau)
        inverse = Inverse(factor, False)
        third = inverse.leverage() * change
        pull = factor.solve(gathered(layout, third), fixed=False)
        forces, drop, information, slopes = effects_terms(factor, vector, tau, 1.0, fixed=False)
        by_ratio = spread_terms(factor, inverse, tau) - drop + forces @ pull
        held = HELD * vector[self.ends :]
        by_fixed = x.T @ (third - 2 * rest - weight * spread_out(layout, pull)) + 2 * held
        value = (
            self._height(tau, vector, eta) + factor.log_determinant(False) + float(held @ vector[self.ends :])
        )
        value += sum(layout.sizes[name] * np.log(tau[name]) for name in layout.names)
        across = 2 * np.array([x.T @ (weight * spread_out(layout, slope)) for slope in slopes])
        curvature = _joined(information, across, 2 * factor.edge[1] + 2 * HELD * np.eye(x.shape[1]))
        return Mode(at, value, np.concatenate([by_ratio, by_fixed]), curvature, factor, vector, weight)


def _joined(ratios: Floats, across: Floats, fixed: Floats) -> Floats:
    """One curvature of both; what lies across is as observed, not average, and must not outweigh either."""
    share = np.einsum("ij,ij->i", across, np.linalg.solve(fixed, across.T).T) / np.maximum(
        np.diagonal(ratios), 1e-300
    )
    across = across * np.minimum(1.0, np.sqrt(0.25 / np.maximum(share, 1e-300)))[:, None]
    whole: Floats = np.block([[ratios, across], [across.T, fixed]])
    return whole
