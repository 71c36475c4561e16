"""From what was chosen to clusters in words: slice and terms, customers, examples, what it may be instead."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from andon.analysis.clusters.alarms import also
from andon.analysis.clusters.alike import essence
from andon.analysis.clusters.artefacts import artefacts
from andon.analysis.clusters.choosing import Candidate, Chosen
from andon.analysis.clusters.ground import Ground
from andon.analysis.clusters.naming import named, within
from andon.analysis.clusters.slices import Counter
from andon.analysis.clusters.spec import Cluster, Curve, Ints
from andon.analysis.clusters.telling import cluster_sentence, of_slice, part_sentence, quoted
from andon.analysis.clusters.terms import told_by

EXAMPLES = 5
READ = 400  # records looked at for examples


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What is needed to describe clusters. `kind`: "count", or "rate" of `units` among `of`."""

    ground: Ground
    counter: Counter
    kind: str = "count"
    noun: str = "rows"
    label: str = ""


def told(here: Told, chosen: Sequence[Chosen]) -> list[Cluster]:
    """Each cluster with its words."""
    return [_cluster(here, one) for one in chosen]


def _cluster(here: Told, one: Chosen) -> Cluster:
    c, ground = one.candidate, here.ground
    rows = within(ground, c, one.rows)
    rows = rows[here.counter.units.window[rows] >= 0]
    counts = here.counter.units.total(one.rows)
    stretch = slice(c.first, c.last + 1)
    observed, expected = float(counts[stretch].sum()), float(c.expected[stretch].sum())
    values, terms = named(here, one, rows)
    begin, end = ground.grid.edges[c.first], ground.grid.edges[c.last + 1]
    customers = distinct_customers(ground, rows)
    inside = np.zeros(len(ground.grid), np.bool_)
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
        examples=examples(ground, rows, terms),
        sentence=cluster_sentence(
            here.noun, values, terms, (begin, end), observed, expected, c.after, here.label
        ),
        possible_artefacts=artefacts(here, one, rows, counts, values),
        curve=Curve(ground.grid.edges[:-1], counts, c.expected, c.expected + 2 * c.sd, inside),
        kind=here.kind,
        counted=counted(c),
        contacts=_contacts(here, one, c),
        also=also(counts, c.first, c.last, ground.grid),
        parts=tuple(_part(part, observed) for part in one.parts),
        strength=c.strength,
        outcome=here.label,
    )


def counted(one: Candidate) -> str:
    """What was tested, as written in sentences."""
    return of_slice(dict(one.slice.values)) or quoted((one.slice.term,))


def _part(part: Candidate, observed: float) -> str:
    stretch = slice(part.first, part.last + 1)
    return part_sentence(
        counted(part), float(part.counts[stretch].sum()), float(part.expected[stretch].sum())
    )


def _contacts(here: Told, one: Chosen, c: Candidate) -> int:
    """All rows, those of customers with several and near-duplicates included."""
    if one.candidate.slice.term or here.kind != "count":
        return len(within(here.ground, c, one.rows))
    codes = np.ones(len(here.ground.window), np.bool_)
    for name, value in c.slice.values:
        factor = here.ground.records.attributes[name]
        codes &= factor.codes == factor.levels.index(value)
    window = here.ground.window
    return int((codes & (window >= c.first) & (window <= c.last)).sum())


def distinct_customers(ground: Ground, rows: Ints) -> int | None:
    """Different customers of some records; a record without one counts as one of its own."""
    if ground.records.customers is None:
        return None
    codes = ground.records.customers.codes[rows]
    return len(np.unique(codes[codes >= 0])) + int((codes < 0).sum())


def examples(ground: Ground, rows: Ints, terms: Sequence[str]) -> tuple[int, ...]:
    """A few records that say it best, each of another customer and in other words."""
    texts, customers = ground.records.texts, ground.records.customers
    near = rows[np.linspace(0, len(rows) - 1, min(READ, len(rows))).astype(np.int64)] if len(rows) else rows
    ranked = near.tolist()
    if texts is not None:
        ranked.sort(key=lambda i: (-told_by(texts[i], terms), not texts[i].strip()))
    taken: dict[tuple[object, object], int] = {}
    said: set[object] = set()
    for i in ranked:
        who = int(customers.codes[i]) if customers is not None and customers.codes[i] >= 0 else -1 - i
        what = essence(texts[i]) or i if texts is not None else i
        if who not in said and what not in said:
            taken[who, what] = i
            said |= {who, what}
        if len(taken) == EXAMPLES:
            break
    return tuple(taken.values())
