"""Slice and words of a cluster together: those that were tested, and those of other slices of the same records."""

from typing import TYPE_CHECKING

import numpy as np

from andon.analysis.clusters.choosing import Candidate, Chosen
from andon.analysis.clusters.ground import Ground
from andon.analysis.clusters.spec import Bools, Ints
from andon.analysis.clusters.terms import stitched
from andon.lake import Factor

if TYPE_CHECKING:
    from andon.analysis.clusters.describe import Told

COVERS = 0.7  # share of a cluster's records in a value that rose with it
NEARLY_ALL = 0.9  # share of them in a value that did not rise by itself
ELSEWHERE = 0.6  # share of all others in that value, at most
SURE = -9.0  # logarithm of the chance that so many are in it
INSIDE = 0.6  # share of a word's records that are in the cluster for it to be one of its words
A_TENTH = 0.1  # share of the cluster's records that have the word
CLEARLY = 0.0  # corrected chance (logarithm) above which another slice explains nothing
TERMS = 8
AT_MOST = 2  # values in a slice


def named(here: "Told", one: Chosen, rows: Ints) -> tuple[dict[str, str], tuple[str, ...]]:
    """Values and words of the cause, strongest first."""
    inside = np.zeros(len(here.ground.window), np.bool_)
    inside[rows] = True
    explained = sorted(
        (pair for pair in one.explains if pair[0].score <= CLEARLY), key=lambda pair: -pair[0].strength
    )
    values = dict(one.candidate.slice.values)
    if not values:
        values = _risen(here, explained, inside, len(rows))
    if len(values) < AT_MOST and one.candidate.slice.term:
        values |= nearly_all(here, rows, values)
    return values, stitched(_terms(here, one, explained, inside, len(rows)))[:TERMS]


def within(ground: Ground, one: Candidate, rows: Ints) -> Ints:
    """Records in the windows of a candidate."""
    window = ground.window[rows]
    return rows[(window >= one.first) & (window <= one.last)]


def _risen(here: "Told", explained: list[tuple[Candidate, Ints]], inside: Bools, many: int) -> dict[str, str]:
    """The strongest values whose rise the cluster explains and that hold most of it."""
    for other, had in explained:
        if other.slice.values and inside[had].sum() >= COVERS * many:
            return dict(other.slice.values)
    return {}


def nearly_all(here: "Told", rows: Ints, values: dict[str, str]) -> dict[str, str]:
    """Values that nearly all records have and others have not."""
    others = here.ground.window >= 0
    others[rows] = False
    found: list[tuple[float, str, str]] = []
    for name, factor in here.ground.records.attributes.items():
        if name not in values:
            found += _held(name, factor, rows, others)
    return {name: value for _, name, value in sorted(found)[: AT_MOST - len(values)]}


def _held(name: str, factor: Factor, rows: Ints, others: Bools) -> list[tuple[float, str, str]]:
    often = np.bincount(factor.codes[rows], minlength=len(factor.levels))
    level = int(often.argmax())
    share = float((factor.codes[others] == level).mean()) if others.any() else 1.0
    chance = often[level] * float(np.log(max(share, 1e-6))) + float(np.log(len(factor.levels)))
    if often[level] < NEARLY_ALL * len(rows) or share > ELSEWHERE or chance > SURE:
        return []
    return [(share, name, factor.levels[level])]


def _terms(
    here: "Told", one: Chosen, explained: list[tuple[Candidate, Ints]], inside: Bools, many: int
) -> list[tuple[str, int]]:
    """Words of the cluster with how many of its records have them."""
    terms = [(one.candidate.slice.term, many)] if one.candidate.slice.term else []
    for other, had in explained:
        theirs = within(here.ground, other, had) if other.slice.term else had[:0]
        shared = int(inside[theirs].sum())
        if len(theirs) and shared >= INSIDE * len(theirs) and shared >= A_TENTH * many:
            terms.append((other.slice.term, shared))
    return terms
