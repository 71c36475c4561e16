"""From what was chosen to clusters in words: slice and terms together, customers, examples, what it may be instead."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from andon.analysis.clusters.artefacts import artefacts
from andon.analysis.clusters.choosing import Candidate, Chosen
from andon.analysis.clusters.slices import Counter
from andon.analysis.clusters.spec import Cluster, Curve, Floats, Ints
from andon.analysis.clusters.telling import cluster_sentence
from andon.analysis.clusters.terms import stitched
from andon.analysis.clusters.whole import Whole
from andon.analysis.clusters.words import Terms

if TYPE_CHECKING:
    from andon.analysis.clusters.finding import Ground

COVERS = 0.7  # share of a cluster's records that have the values or words of another slice of the same cause
INSIDE = 0.6  # share of a word's records that are in the cluster for it to be one of its words
EXAMPLES = 5
TERMS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What is needed to describe clusters."""

    ground: "Ground"
    counter: Counter
    terms: Terms | None
    everything: Whole
    total: Floats
    exposure: Floats


def told(here: Told, chosen: list[Chosen]) -> tuple[Cluster, ...]:
    """Each cluster with its words."""
    return tuple(_cluster(here, one) for one in chosen)


def _inside(here: Told, one: Candidate, rows: Ints) -> Ints:
    window = here.ground.window[rows]
    return rows[(window >= one.first) & (window <= one.last)]


def _cluster(here: Told, one: Chosen) -> Cluster:
    c = one.candidate
    ground, grid = here.ground, here.ground.grid
    rows = _inside(here, c, one.rows)
    counts = here.counter.units.total(one.rows)
    stretch = slice(c.first, c.last + 1)
    observed, expected = float(counts[stretch].sum()), float(c.expected[stretch].sum())
    values, terms = _named(here, one, rows)
    begin, end = grid.edges[c.first], grid.edges[c.last + 1]
    customers = _customers(ground, rows)
    who = "customers" if customers is not None else "rows"
    inside = np.zeros(len(grid), np.bool_)
    inside[stretch] = True
    return Cluster(
        slice=values,
        terms=terms,
        begin=begin,
        end=end,
        observed=observed,
        expected=expected,
        p_adjusted=float(np.exp(one.log_p)),
        customers=customers,
        rows=rows,
        examples=_examples(here, rows, terms),
        sentence=cluster_sentence(who, values, terms, begin, end, observed, expected, c.after),
        possible_artefacts=artefacts(here, one, rows, counts),
        curve=Curve(grid.edges[:-1], counts, c.expected, c.expected + 2 * c.sd, inside),
        contacts=len(rows),
        counted=" ".join([*(f"{n} = {v}" for n, v in c.slice.values), c.slice.term]).strip(),
    )


def _customers(ground: "Ground", rows: Ints) -> int | None:
    if ground.records.customers is None:
        return None
    codes = ground.records.customers.codes[rows]
    return len(np.unique(codes[codes >= 0])) + int((codes < 0).sum())


def _named(here: Told, one: Chosen, rows: Ints) -> tuple[dict[str, str], tuple[str, ...]]:
    """Values and words of the cause: those tested, and those of other slices of the same records."""
    values = dict(one.candidate.slice.values)
    terms = [one.candidate.slice.term] if one.candidate.slice.term else []
    inside = np.zeros(len(here.ground.window), np.bool_)
    inside[rows] = True
    for other, had in sorted(one.explains, key=lambda pair: pair[0].score):
        theirs = _inside(here, other, had)
        shared = int(inside[theirs].sum())
        if other.slice.term and shared >= INSIDE * len(theirs) and shared >= 0.1 * len(rows):
            terms.append(other.slice.term)
    return values, stitched(terms)[:TERMS]


def _examples(here: Told, rows: Ints, terms: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(rows[:EXAMPLES].tolist())
