"""Tails of counts: how unlikely as many are, far out and without underflow."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, ndtri_exp, stdtr

Floats = NDArray[np.float64]


def tail(observed: Floats, expected: Floats, variance: Floats) -> Floats:
    """Logarithm of P(X ≥ observed), negative binomial with this mean and variance (Poisson where variance is the mean).

    An upper bound by a geometric series, within a few per cent where `observed` is far above `expected`.
    """
    o, e = np.asarray(observed, np.float64), np.asarray(expected, np.float64)
    r = e * e / np.maximum(variance - e, 1e-9 * e)
    log_q = -np.log1p(r / e)  # of e / (e + r)
    pmf = gammaln(o + r) - gammaln(r) - gammaln(o + 1) - r * np.log1p(e / r) + o * log_q
    q = np.exp(log_q)
    ratio = np.maximum((o + r) / (o + 1) * q, q)
    found: Floats = np.minimum(pmf - np.log1p(-np.minimum(ratio, 1 - 1e-9)), 0.0)
    return found


def t_tail(log_p: Floats, df: Floats) -> Floats:
    """A chance computed as if its variance were known, where the variance was learned with `df` degrees of freedom."""
    z = -ndtri_exp(np.minimum(log_p, -1e-300))
    with np.errstate(divide="ignore"):
        wide = np.log(stdtr(df, -z))
    return np.where((df > 1e5) | ~np.isfinite(wide), log_p, np.maximum(wide, log_p))
