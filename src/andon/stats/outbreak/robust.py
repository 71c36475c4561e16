"""Past outbreaks count less: weights from Anscombe residuals, and the dispersion that is left."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from andon.stats.outbreak.quasipoisson import Design, Fitted, Histories, Stop, fit
from andon.stats.segments import Bools, Floats


@dataclass(frozen=True, slots=True, eq=False)
class Robust:
    """A fit after reweighting, and its dispersion, all (R,).

    raw: as estimated; below 1 when counts vary less than by chance.   phi: never below 1.
    peer: as surveillance 1.20.3 has it where it predicts and tests the trend.   free: degrees of freedom.
    """

    fitted: Fitted
    raw: Floats
    phi: Floats
    peer: Floats
    free: Floats


def fit_robustly(h: Histories, design: Design, threshold: float | None, stop: Stop) -> Robust:
    """Fit, give weeks whose Anscombe residual is above `threshold` less weight, and fit again (None: once)."""
    first = fit(h, h.known, design, stop)
    found = _dispersion(h, h.known, first, reweighted=False)
    if threshold is None:
        return found
    prior = _weights(_anscombe(h, design, first, found.phi), h.known, threshold)
    again = replace(fit(h, prior, design, stop), converged=first.converged)
    return _dispersion(h, prior, again, reweighted=True)


def _dispersion(h: Histories, prior: Floats, f: Fitted, *, reweighted: bool) -> Robust:
    off = ((h.y - f.mu) / f.mu) ** 2
    free = (prior > 0).sum(axis=1) - f.solved.rank
    raw = np.where(free > 0, (f.working * off).sum(axis=1) / free, np.nan)
    # R keeps the prior weights where the working ones belong, and then takes its dispersion from them.
    peer = (prior * off).sum(axis=1) / free if reweighted else raw
    return Robust(f, raw, np.maximum(raw, 1.0), peer, free)


def _anscombe(h: Histories, design: Design, f: Fitted, phi: Floats) -> Floats:
    """Standardised Anscombe residuals of Poisson counts, (R, n)."""
    residual = 1.5 * (np.cbrt(h.y) ** 2 * np.exp(f.eta / -6) - np.sqrt(f.mu))
    return residual / np.sqrt(phi[:, None] * (1 - design.leverage(f)))


def _weights(residual: Floats, known: Floats, threshold: float) -> Floats:
    """1 / s² above the threshold and 1 below, scaled so that the weights add up to the weeks known."""
    high: Bools = residual > threshold
    weight = known * np.divide(1.0, residual**2, out=np.ones_like(residual), where=high)
    return weight * (known.sum(axis=1) / weight.sum(axis=1))[:, None]
