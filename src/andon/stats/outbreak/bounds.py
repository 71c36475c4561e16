"""From what a model expects to the most that still counts as ordinary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincc, gammainccinv, ndtr, ndtri
from scipy.stats import nbinom, poisson

from andon.stats.segments import Bools, Floats

Law = Callable[[Floats, Floats, Floats, float], tuple[Floats, Floats]]

POWERS = {"2/3": 2 / 3, "1/2": 0.5, "none": 1.0}
_SMOOTH = 1e9
"""From this mean on a gamma distribution stands for the counts: single ones are lost in it, and quantiles of
distributions of whole numbers that large take for ever."""


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """What a model says of the count now, all of one shape: log mean, its variance, dispersion; and the count."""

    eta: Floats
    variance: Floats
    phi: Floats
    y: Floats

    @property
    def mean(self) -> Floats:
        return np.exp(self.eta)


def delta(f: Forecast, alpha: float, power: float) -> tuple[Floats, Floats]:
    """Bound and p of Farrington et al. 1996: count ** power is near normal, with the uncertainty of its mean."""
    spread = np.sqrt(power**2 * f.mean ** (2 * power - 1) * (f.phi + f.mean * f.variance))
    middle = f.mean**power
    upper = (middle + float(ndtri(1 - alpha)) * spread) ** (1 / power)
    return upper, ndtr((middle - f.y**power) / spread)


def quantile(f: Forecast, alpha: float, *, cautious: bool) -> tuple[Floats, Floats]:
    """Bound and p of Noufaily et al. 2013: negative binomial counts with this mean and dispersion.

    `cautious` takes the upper bound of the mean in place of the mean ("muan").
    """
    shift = float(ndtri(1 - alpha)) * np.sqrt(f.variance) if cautious else 0.0
    mean = np.exp(f.eta + shift)
    upper, p = np.full(mean.shape, np.nan), np.full(mean.shape, np.nan)
    for which, law in _laws(mean, f.phi):
        upper[which], p[which] = law(mean[which], f.phi[which], f.y[which], alpha)
    return upper, np.where(np.isnan(f.y), np.nan, p)


def _laws(mean: Floats, phi: Floats) -> list[tuple[Bools, Law]]:
    known = np.isfinite(mean) & np.isfinite(phi)
    large, over = mean >= _SMOOTH, phi > 1
    return [
        (known & large, _gamma),
        (known & ~large & over, _negative_binomial),
        (known & ~large & ~over, _poisson),
    ]


def _gamma(mean: Floats, phi: Floats, y: Floats, alpha: float) -> tuple[Floats, Floats]:
    shape = mean / phi
    return np.ceil(gammainccinv(shape, alpha) * phi), gammaincc(shape, y / phi)


def _negative_binomial(mean: Floats, phi: Floats, y: Floats, alpha: float) -> tuple[Floats, Floats]:
    law = nbinom(mean / (phi - 1), 1 / phi)
    return law.ppf(1 - alpha), law.sf(y - 1)


def _poisson(mean: Floats, phi: Floats, y: Floats, alpha: float) -> tuple[Floats, Floats]:
    law = poisson(mean)
    return law.ppf(1 - alpha), law.sf(y - 1)
