"""Whether the numbers show that anybody at all is below the standard.

People are taken to spread by a normal law, so a few of them lie below any standard by assumption. Where in truth nobody
does, and many are just above it, that assumption would name some of those. So the law is held against every spread of
people that has nobody below: the one that describes the data best, whatever its form. The ratio of the two likelihoods
is evidence that somebody is below; where nobody is, it reaches 20 at most once in 20 times (Markov's inequality).
"""

import numpy as np

from andon.analysis.attribution.evidence import Pairs, Variances
from andon.analysis.attribution.people import Estimates
from andon.analysis.attribution.spec import Bools, Floats

ENOUGH = float(np.log(20))
GRID, ROUNDS = 80, 300
FEW = (0.01, 0.05, 0.2)  # shares of people who may lie anywhere below
REACH = 4.0  # standard deviations beyond those seen that the spread of people may reach
NOBODY_SHOWN = (
    "The numbers do not show that anybody is below the standard: they would look much the same if all met it. "
    "So nobody is named, however low their own numbers."
)
TOLD_NOTHING = 0.02  # reliability up to which the cases of a worker say nothing
MOST = 20_000  # people looked at; of more, every so manieth


def anybody_below(found: Estimates, pairs: Pairs, has: Variances, looked_at: Bools, up: int) -> bool:
    """Whether the data speak for somebody being below, at odds of 20 to 1 against any spread with nobody below."""
    prior = has.worker + has.pair * _concentration(pairs)
    left = 1 - found.error**2 / max(prior, 1e-300)
    use = looked_at & (left > TOLD_NOTHING)
    if not use.any():
        return False
    seen, noise = found.effect[use] / left[use], found.error[use] ** 2 / left[use]
    return evidence_of_anybody(seen, noise, prior, found.threshold, up) >= ENOUGH


def _concentration(pairs: Pairs) -> float:
    """Sum of squared shares of mechanisms in all cases: what is left of a spread between them on the mix."""
    share = np.bincount(pairs.mechanism, pairs.n) / pairs.n.sum()
    return float(np.sum(share**2))


def evidence_of_anybody(seen: Floats, noise: Floats, variance: float, threshold: float, up: int) -> float:
    """Logarithm of the likelihood ratio: of somebody being below, against any spread of people with nobody below.

    seen: (W,), effect of each worker as seen, unshrunk; noise: (W,), its variance around the true effect; variance:
    between people; threshold: the effect of whoever is just at the standard. `up` -1: those above it are worse.
    Somebody being below is the mean of several: people spread normally; or as in the best spread with nobody below, but
    for a share of them that lies anywhere below.
    """
    known = np.isfinite(seen) & np.isfinite(noise) & (noise > 0)
    every = -(-int(known.sum()) // MOST) or 1
    at, spread = (up * seen[known])[::every], np.sqrt(noise[known])[::every]
    if not len(at):
        return 0.0
    least = up * threshold
    above = _best_above(at, spread, least)
    below = _anywhere_below(at, spread, least)
    normal = _log_density(at, np.sqrt(variance + spread**2))
    shares = (min(1 / len(at), 0.5), *FEW)
    some = [np.sum(np.logaddexp(np.log1p(-share), np.log(share) + below - above)) for share in shares]
    ratios = np.array([np.sum(normal - above), *some])
    return every * float(np.logaddexp.reduce(ratios) - np.log(len(ratios)))


def _best_above(at: Floats, spread: Floats, least: float) -> Floats:
    """Log densities (W,) under the best spread of effects from `least` on, by EM on a grid (Kiefer, Wolfowitz 1956)."""
    most, step = max(float(np.max(at)), least), float(np.median(spread))
    near = least + np.linspace(0.0, REACH * step, GRID // 2)
    grid = np.unique(np.concatenate([near, np.linspace(least, max(most, near[-1]), GRID // 2)]))
    logs = _log_density(at[:, None] - grid, spread[:, None])
    top = logs.max(axis=1)
    density = np.exp(logs - top[:, None])
    share = np.full(len(grid), 1 / len(grid))
    for _ in range(ROUNDS):
        share = share * np.mean(density / (density @ share)[:, None], axis=0)
    out: Floats = top + np.log(density @ share)
    return out


def _anywhere_below(at: Floats, spread: Floats, least: float) -> Floats:
    """Log densities (W,) where effects lie anywhere from the worst one seen to `least`."""
    width = max(least - float(np.min(at)), float(np.median(spread)))
    logs = _log_density(at[:, None] - (least - width * (np.arange(GRID) + 0.5) / GRID), spread[:, None])
    out: Floats = np.logaddexp.reduce(logs, axis=1) - np.log(GRID)
    return out


def _log_density(off: Floats, spread: Floats) -> Floats:
    out: Floats = -0.5 * (off / spread) ** 2 - np.log(spread) - 0.5 * np.log(2 * np.pi)
    return out
