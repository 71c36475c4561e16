"""Run charts: runs on one side of the centre line and crossings of it (Anhøj and Olesen 2014).

Points on the centre line are not useful observations: they neither lengthen nor break a run, as published.
A missing point is not an observation either. A run is too long above round(log2 n + 3) useful observations;
crossings are too few below the 5 % quantile of Binomial(n - 1, 1/2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import binom

from andon.stats.segments import Bools, Floats, Ints, Segments


@dataclass(frozen=True)
class Runs:
    """Runs of many segments: longest_run, longest_allowed, crossings, fewest_allowed int64 (segments,);
    long_run, few_crossings bool (points,): points of runs that are too long, and the last useful observation
    of a segment crossed too few times."""

    longest_run: Ints
    longest_allowed: Ints
    crossings: Ints
    fewest_allowed: Ints
    long_run: Bools
    few_crossings: Bools

    @property
    def signal(self) -> Bools:
        """Segments with either signal, bool (segments,)."""
        return (self.longest_run > self.longest_allowed) | (self.crossings < self.fewest_allowed)


def signals(side: Floats, segments: Segments) -> Runs:
    """Runs of `side` (points,): above 0, below 0, 0 for a point that does not count."""
    useful = np.flatnonzero(side)
    owner = segments.index[useful]
    above = side[useful] > 0
    fresh = np.ones(len(useful), bool)
    fresh[1:] = (above[1:] != above[:-1]) | (owner[1:] != owner[:-1])
    run = np.cumsum(fresh) - 1
    length = np.bincount(run)[run] if len(run) else run
    count = np.bincount(owner, minlength=segments.size)
    longest = np.zeros(segments.size, np.int64)
    np.maximum.at(longest, owner, length)
    crossings = np.maximum(np.bincount(owner[fresh], minlength=segments.size) - 1, 0)
    most, fewest = _longest_allowed(count), _fewest_allowed(count)
    long_run, few = np.zeros(len(side), bool), np.zeros(len(side), bool)
    long_run[useful] = length > most[owner]
    last = np.append(owner[1:] != owner[:-1], True)[: len(owner)]
    few[useful[last]] = (crossings < fewest)[owner[last]]
    return Runs(longest, most, crossings, fewest, long_run, few)


def _longest_allowed(useful: Ints) -> Ints:
    return np.round(np.log2(np.maximum(useful, 1)) + 3).astype(np.int64)


def _fewest_allowed(useful: Ints) -> Ints:
    quantile: Floats = binom.ppf(0.05, np.maximum(useful - 1, 0), 0.5)
    return np.maximum(np.nan_to_num(quantile), 0).astype(np.int64)
