"""Journeys contact by contact: what the picture draws."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from andon.analysis.journeys.counting import distinct
from andon.analysis.journeys.spec import Band, JourneySpec
from andon.lake.contacts import Contacts

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def bands(contacts: Contacts, journey: Ints, first: Bools, spec: JourneySpec) -> Iterator[Band]:
    """Of journeys of more than one contact, by place; those of enough customers, the widest first."""
    if not len(contacts):
        return
    place = np.arange(len(first)) - np.flatnonzero(first)[journey] + 1
    several = np.bincount(journey)[journey] > 1
    rows = np.flatnonzero(several & (place < spec.stages))
    names = [*contacts.step.levels, ""]
    code = contacts.step.codes.astype(np.int64)
    following = np.append(code[1:], -1)
    end = np.where(np.append(first[1:], True), len(names) - 1, following)
    size = len(names) ** 2
    key = place[rows] * size + code[rows] * len(names) + end[rows]
    times = np.bincount(key, minlength=spec.stages * size)
    who = distinct(key, contacts.customer[rows], len(times))
    for i in np.argsort(-times, kind="stable")[: np.count_nonzero(times)].tolist():
        if who[i] >= spec.fewest:
            start, to = divmod(i % size, len(names))
            yield Band(i // size, names[start], names[to], int(times[i]), int(who[i]))
