"""Made-up weekly counts."""

import numpy as np


def weekly(series, weeks, rng, *, missing=0.0):
    """Seasonal, over-dispersed, some rising, some rare, some with an outbreak; a few weeks missing."""
    t = np.arange(weeks)
    size = rng.choice([0.4, 3.0, 12.0, 150.0], (series, 1))
    rise = rng.choice([-0.002, 0.0, 0.004], (series, 1))
    mean = size * np.exp(rise * t + 0.4 * np.sin(2 * np.pi * (t / 52 + rng.random((series, 1)))))
    spread = rng.choice([1.05, 1.5, 4.0], (series, 1))
    counts = rng.negative_binomial(mean / (spread - 1), 1 / spread).astype(float)
    counts[::3, weeks // 2 : weeks // 2 + 4] *= 6
    counts[::4, -2:] *= 3
    counts[:, :-8][rng.random((series, weeks - 8)) < missing] = np.nan
    return counts
