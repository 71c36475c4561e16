"""From what a model expects to the most that still counts as ordinary."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri
from scipy.stats import nbinom, poisson

from andon.stats.segments import Floats

POWERS = {"2/3": 2 / 3, "1/2": 0.5, "none": 1.0}


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """What a model says of the count now, all (R,): log mean, its variance, dispersion, and the count that came."""

    eta: Floats
    variance: Floats
    phi: Floats
    y: Floats

    @property
    def mean(self) -> Floats:
        return np.exp(self.eta)


def delta(f: Forecast, alpha: float, power: float) -> tuple[Floats, Floats]:
    """Farrington et al. 1996: count ** power is near normal, with the uncertainty of the mean in it."""
    spread = np.sqrt(power**2 * f.mean ** (2 * power - 1) * (f.phi + f.mean * f.variance))
    middle = f.mean**power
    upper = (middle + float(ndtri(1 - alpha)) * spread) ** (1 / power)
    return upper, ndtr((middle - f.y**power) / spread)


def quantile(f: Forecast, alpha: float, *, cautious: bool) -> tuple[Floats, Floats]:
    """Noufaily et al. 2013: a quantile of the negative binomial with this mean and dispersion.

    `cautious` takes the upper bound of the mean in place of the mean ("muan").
    """
    shift = float(ndtri(1 - alpha)) * np.sqrt(f.variance) if cautious else 0.0
    mean = np.exp(f.eta + shift)
    over = f.phi > 1
    size = np.where(over, mean / np.where(over, f.phi - 1, 1.0), 1.0)
    spread = nbinom(size, 1 / f.phi)
    upper = np.where(over, spread.ppf(1 - alpha), poisson.ppf(1 - alpha, mean))
    p = np.where(over, spread.sf(f.y - 1), poisson.sf(f.y - 1, mean))
    known = np.isfinite(mean) & ~np.isnan(f.phi)
    return np.where(known, upper, np.nan), np.where(known, p, np.nan)
