"""How much counts vary by chance beyond Poisson, learned from the counts themselves, and not from their rises."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SHRINK = 20.0  # windows that series of like size weigh against a series' own
ALIKE = 50.0  # windows that all series weigh against those of like size
CAP = 3.0  # standard deviations beyond which a run is no measure of chance
CLEAR = 2.0  # standard errors by which a series varies more than its like
FAR = 5.0  # standard deviations beyond which a window is a peak
CLIP, CLIPPED = (
    2.0,
    0.9,
)  # standard deviations at which differences are cut, and what is left of their variance


def extra_variance(c: Floats, g: Floats, step: int = 1, without: Bools | None = None) -> Floats:
    """Extra variance (S,) of counts (T, S), in squared expected counts, from how far windows `step` apart differ: so a
    lasting rise does not hide itself by looking like noise. `g` (T, S): exposure. `without` (T, S): windows that are
    no measure of chance.
    """
    good = g > 0 if without is None else (g > 0) & ~without
    both = good[step:] & good[:-step]
    scale = np.divide(g[step:], g[:-step], out=np.ones_like(g[step:]), where=both)
    now, then = c[step:], c[:-step] * scale
    mean, noise = (now + then) / 2, (now + then * scale) / 2
    usual = np.maximum(np.median(mean, axis=0), mean.mean(axis=0) / 4) if len(mean) else np.zeros(c.shape[1])
    calm = np.where(
        both, np.minimum(1.0, 1.5 * usual / np.maximum(mean, 1e-9)) ** 2, 0
    )  # a peak weighs no more
    weight = (calm * np.maximum(mean * mean - noise / 2, 0)).sum(axis=0)
    group = _sizes(usual)
    plain = _plain(c, g, good)
    extra = np.zeros(c.shape[1])
    for _ in range(8):
        most = CLIP**2 * (noise + extra * mean * mean) + 0.5
        above = (calm * (np.minimum((now - then) ** 2 / 2, most) / CLIPPED - noise)).sum(axis=0)
        extra = _shrunken(above, weight, group, both.sum(axis=0), usual, plain)
    return extra


def _sizes(mean: Floats) -> Ints:
    """Groups of series of like size: each twice as many cases a window as the one before."""
    return np.clip(np.round(np.log2(np.maximum(mean, 1e-9))), -8, 24).astype(np.int64) + 8


def _plain(c: Floats, g: Floats, good: Bools) -> Floats:
    """Extra variance about one level (S,): surer where the level stands still, far too great where it does not."""
    n = good.sum(axis=0)
    exposed = np.where(good, g, 0).sum(axis=0)
    e = np.where(good, g, 0) * np.where(good, c, 0).sum(axis=0) / np.maximum(exposed, 1e-300)
    above = (np.where(good, (c - e) ** 2, 0).sum(axis=0)) * n / np.maximum(n - 1, 1) - e.sum(axis=0)
    found: Floats = np.maximum(above / np.maximum((e * e).sum(axis=0), 1e-12), 0)
    return found


def _shrunken(above: Floats, weight: Floats, group: Ints, n: Ints, usual: Floats, plain: Floats) -> Floats:
    """Extra variance shrunken towards series of like size; a series' own where it is clearly greater than theirs."""
    top, bottom = (np.bincount(group, a, minlength=33) for a in (above, weight))
    pooled = np.maximum(top / np.maximum(bottom, 1e-12), 0)[group]
    own = np.minimum(np.maximum(above / np.maximum(weight, 1e-12), 0), plain)
    mixed = (SHRINK * pooled + n * own) / (SHRINK + n)
    error = np.sqrt(3 / np.maximum(n, 1)) * (1 / np.maximum(usual, 1e-9) + pooled)
    reliable = weight / np.maximum(n, 1) > 1  # below one expected case a window, what is its own is noise
    found: Floats = np.where(reliable, np.where(own > pooled + CLEAR * error, own, mixed), pooled)
    return found


def widening(o: Floats, e: Floats, v: Floats, whole: Bools, run: int) -> Floats:
    """How much more runs vary than windows that know nothing of each other would, since levels wander; at least 1,
    (S,). Learned from series of like size, and a little from each itself.
    """
    squares = np.where(whole, np.minimum((o - e) ** 2 / np.maximum(v, 1e-12), CAP**2), 0)
    usual = (
        whole & (e >= 1) & (o <= e + FAR * np.sqrt(v))
    )  # rarer series say nothing of it, and peaks neither
    heavy = np.where(usual, 1.0, 0.0)
    top, bottom = (squares * heavy).sum(axis=0), heavy.sum(axis=0)
    group = _sizes(np.where(whole, e, 0).sum(axis=0) / np.maximum(whole.sum(axis=0), 1))
    overall = max(float(top.sum()) / max(float(bottom.sum()), 1.0), 1.0) if bottom.any() else 1.0
    tops, bottoms = (np.bincount(group, a, minlength=33) for a in (top, bottom))
    pooled = ((ALIKE * overall + tops) / (ALIKE + bottoms))[group]
    own = (SHRINK * pooled + top / run) / (SHRINK + bottom / run)
    return np.maximum(own, 1.0)
