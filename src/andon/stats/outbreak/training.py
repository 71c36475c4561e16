"""What a training period leads one to expect of later ones: its mean, or one sine wave a year."""

from __future__ import annotations

import numpy as np

from andon.stats.segments import Floats

_ITERATIONS = 25


def mean_of(taught: Floats) -> Floats:
    """Mean of what is known, (S, 1); NaN where nothing is, or nothing ever happened: then no spread is known."""
    known = ~np.isnan(taught)
    with np.errstate(all="ignore"):
        mean = np.where(known, taught, 0.0).sum(axis=1) / known.sum(axis=1)
    return np.where(mean > 0, mean, np.nan)[:, None]


def season_of(taught: Floats, periods: int, period: int) -> Floats:
    """Poisson regression on a sine wave of `period` periods: expected counts of the periods after, (S, rest).

    NaN for series with fewer than three known periods in training or without a case.
    """
    angle = 2 * np.pi * np.arange(periods) / period
    wave = np.column_stack([np.ones(periods), np.cos(angle), np.sin(angle)])
    training = taught.shape[1]
    known = (~np.isnan(taught)).astype(np.float64)
    y = np.where(known > 0, taught, 0.0)
    with np.errstate(all="ignore"):
        expected: Floats = np.exp(_coefficients(y, known, wave[:training]) @ wave[training:].T)
    bad = (known.sum(axis=1) < wave.shape[1]) | ~(y.sum(axis=1) > 0)
    expected[bad] = np.nan
    return expected


def _coefficients(y: Floats, known: Floats, wave: Floats) -> Floats:
    """Poisson log-linear coefficients (S, 3) by reweighted least squares."""
    products = np.einsum("ti,tj->tij", wave, wave).reshape(len(wave), -1)
    mu = y + 0.1
    eta = np.log(mu)
    for _ in range(_ITERATIONS):
        squares = ((known * mu) @ products).reshape(len(y), wave.shape[1], -1)
        right = (known * (mu * eta + y - mu)) @ wave
        found = (np.linalg.pinv(squares, hermitian=True) @ right[:, :, None])[:, :, 0]
        eta = np.clip(found @ wave.T, -30.0, 30.0)
        mu = np.exp(eta)
    return found
