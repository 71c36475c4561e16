"""From step to step, and whole paths. Rare ones are not shown: one customer's path may tell who it is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from andon.analysis.journeys.counting import distinct
from andon.analysis.journeys.spec import JourneySpec, Passage, PathTaken
from andon.lake.contacts import Contacts

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
HOUR = 3600.0
LARGE = 2**62


def passages(contacts: Contacts, first: Bools, spec: JourneySpec) -> Iterator[Passage]:
    """Every passage within a journey, a step to itself included, the most frequent first."""
    code, names = contacts.step.codes.astype(np.int64), contacts.step.levels
    inner = np.flatnonzero(~first)
    place = code[inner - 1] * len(names) + code[inner]
    hours = (contacts.at[inner] - contacts.at[inner - 1]).astype(np.float64) / HOUR
    size = len(names) ** 2
    times, total = np.bincount(place, minlength=size), np.bincount(place, hours, size)
    who = distinct(place, contacts.customer[inner], size)
    for i in np.argsort(-times, kind="stable").tolist():
        if times[i] and who[i] >= spec.fewest:
            start, end = divmod(i, len(names))
            yield Passage(names[start], names[end], int(times[i]), int(who[i]), float(total[i] / times[i]))


def paths(contacts: Contacts, journey: Ints, first: Bools, spec: JourneySpec) -> tuple[list[PathTaken], int]:
    """Paths that enough customers took, the most frequent first; and how many journeys took others."""
    code = contacts.step.codes.astype(np.int64)
    turn = first | np.append(True, code[1:] != code[:-1])[: len(code)]
    rows = np.flatnonzero(turn)
    position = _positions(first[rows])
    short = rows[position < spec.longest]
    number = int(journey[-1]) + 1 if len(journey) else 0
    table = np.full((number, spec.longest), -1, np.int64)
    table[journey[short], position[position < spec.longest]] = code[short]
    lengths = np.bincount(journey[rows], minlength=number)
    place, kinds = _kinds(np.column_stack([table, lengths > spec.longest]))
    times = np.bincount(place, minlength=len(kinds))
    who = distinct(place, contacts.customer[first], len(kinds))
    order = [i for i in np.lexsort((np.arange(len(kinds)), -times)).tolist() if who[i] >= spec.fewest][
        : spec.paths
    ]
    names = contacts.step.levels
    found = [
        PathTaken(
            tuple(names[s] for s in kinds[i][:-1] if s >= 0), int(times[i]), int(who[i]), bool(kinds[i][-1])
        )
        for i in order
    ]
    return found, number - sum(one.journeys for one in found)


def _positions(first: Bools) -> Ints:
    """Place of each row in its journey, from 0."""
    starts = np.flatnonzero(first)
    at = np.arange(len(first))
    return at - starts[np.cumsum(first) - 1] if len(first) else at


def _kinds(table: Ints) -> tuple[Ints, list[list[int]]]:
    """For each row the number of its kind, and the kinds: a row is one number, made smaller before it is too large."""
    base = int(table.max(initial=0)) + 2
    place, most = np.zeros(len(table), np.int64), 1
    for column in table.T:
        if most * base > LARGE:
            place = np.unique(place, return_inverse=True)[1].ravel()
            most = len(table)
        place, most = place * base + column + 1, most * base
    _, where, place = np.unique(place, return_index=True, return_inverse=True)
    return place.ravel(), table[where].tolist()
