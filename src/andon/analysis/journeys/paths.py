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
    code, names = contacts.step.codes.astype(np.int64), contacts.step.levels
    if not len(code):
        return [], 0
    turn = np.flatnonzero(first | np.append(True, code[1:] != code[:-1]))
    lengths = np.bincount(journey[turn])
    one = first & (lengths == 1)[journey]  # most journeys, and quick to count
    single = (
        np.bincount(code[one], minlength=len(names)),
        distinct(code[one], contacts.customer[one], len(names)),
    )
    found = [
        PathTaken((names[i],), int(n), int(who), False)
        for i, (n, who) in enumerate(zip(*single, strict=True))
    ]
    found += _several(contacts, turn[lengths[journey[turn]] > 1], first, spec)
    order = sorted(
        (path for path in found if path.journeys and path.customers >= spec.fewest), key=_by_journeys
    )
    return order[: spec.paths], len(lengths) - sum(path.journeys for path in order[: spec.paths])


def _by_journeys(path: PathTaken) -> tuple[int, tuple[str, ...]]:
    return -path.journeys, path.steps


def _several(contacts: Contacts, turn: Ints, first: Bools, spec: JourneySpec) -> Iterator[PathTaken]:
    """Paths of more than one step. turn: the contacts at which these journeys come to another step, or begin."""
    if not len(turn):
        return
    code, names, start = contacts.step.codes.astype(np.int64), contacts.step.levels, first[turn]
    journey, position = np.cumsum(start) - 1, _positions(start)
    lengths = np.bincount(journey)
    short = position < spec.longest
    table = np.full((len(lengths), spec.longest), -1, np.int64)
    table[journey[short], position[short]] = code[turn[short]]
    place, kinds = _kinds(np.column_stack([table, lengths > spec.longest]))
    times = np.bincount(place, minlength=len(kinds)).tolist()
    who = distinct(place, contacts.customer[turn[start]], len(kinds)).tolist()
    for kind, n, customers in zip(kinds, times, who, strict=True):
        yield PathTaken(tuple(names[step] for step in kind[:-1] if step >= 0), n, customers, bool(kind[-1]))


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
