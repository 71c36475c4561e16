"""Contacts to journeys, and journeys to what is said of each step, passage and path."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from andon.analysis.journeys.bands import bands
from andon.analysis.journeys.counting import Counts, repeated
from andon.analysis.journeys.paths import passages, paths
from andon.analysis.journeys.returning import Returns, bulk, months_of, returns, savings
from andon.analysis.journeys.sentences import sentence
from andon.analysis.journeys.spec import Counted, JourneySpec, JourneyStep, Travelled
from andon.lake.contacts import Contacts

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
HOUR = 3600.0


def follow(contacts: Contacts, spec: JourneySpec | None = None) -> Travelled:
    """Joins contacts of one customer to journeys and follows them. Contacts are ordered by customer and time."""
    spec = spec or JourneySpec()
    end = bulk(contacts)[1] if len(contacts) else None
    return travelled(contacts, returns(contacts, spec.gap), spec, months_of(contacts), end)


def travelled(
    contacts: Contacts, found: Returns, spec: JourneySpec, months: float, end: np.datetime64 | None
) -> Travelled:
    """The same of a part of all contacts, in whole journeys. found: what was looked up among all of them. months: how
    long these span; end: until when contacts are known.
    """
    first = begins(contacts, spec.gap)
    journey = np.cumsum(first) - 1
    sizes = np.bincount(journey) if len(journey) else np.empty(0, np.int64)
    taken, few = paths(contacts, journey, first, spec)
    steps = tuple(_steps(contacts, journey, first, found, months))
    single = int((sizes == 1).sum())
    return Travelled(
        contacts=len(contacts),
        customers=int((np.diff(contacts.customer) != 0).sum()) + bool(len(contacts)),
        journeys=len(sizes),
        single=single,
        open=_open(contacts, first, spec.gap, end),
        steps=steps,
        passages=tuple(passages(contacts, first, spec)),
        paths=tuple(taken),
        bands=tuple(bands(contacts, journey, first, spec)),
        few=few,
        nobody=contacts.nobody,
        months=months,
        gap=spec.gap,
        sentence=sentence(steps, len(sizes), single, spec),
    )


def begins(contacts: Contacts, gap: float) -> Bools:
    """Which contacts begin a journey: the first of a customer, and those after more than `gap` days without any."""
    if not len(contacts):
        return np.empty(0, np.bool_)
    apart = np.diff(contacts.at).astype(np.float64) > gap * 24 * HOUR
    return np.append(True, (contacts.customer[1:] != contacts.customer[:-1]) | apart)


def ends(first: Bools) -> Bools:
    """Which contacts are the last of their journey."""
    return np.append(first[1:], True) if len(first) else first


def _open(contacts: Contacts, first: Bools, gap: float, end: np.datetime64 | None) -> int:
    if end is None or not len(contacts):
        return 0
    left = (end - contacts.at[ends(first)]).astype(np.float64)
    return int((left < gap * 24 * HOUR).sum())


def _steps(
    contacts: Contacts, journey: Ints, first: Bools, found: Returns, months: float
) -> list[JourneyStep]:
    names, last = contacts.step.levels, ends(first)
    counts, again = Counts(contacts), repeated(journey, contacts.step.codes, len(names))
    every, broken = np.ones(len(first), np.bool_), contacts.gave_up == 1
    contacts_, begin, end, repeats = (counts.of(one) for one in (every, first, last, again))
    passed = _known(counts, contacts.passed, contacts.passed > 0)
    gave_up, left = (_known(counts, contacts.gave_up, one) for one in (broken, broken & last))
    wait, effort, hours = (
        counts.mean(one) for one in (contacts.wait, contacts.effort, _hours(contacts, last))
    )
    saved = savings(contacts, found, len(names), months)
    return [
        JourneyStep(
            name=names[i], contacts=contacts_[i], journeys=contacts_[i].times - repeats[i].times, begins=begin[i],
            ends=end[i], repeats=repeats[i], passed=passed[i], gave_up=gave_up[i], left=left[i], wait=wait[0][i],
            waited=wait[1][i], effort=effort[0][i], asked=effort[1][i], hours=hours[0][i], saving=saved[i],
            hand_overs=float(counts.sum(contacts.passed)[i]) if passed[i] else float("nan"),
        )
        for i in range(len(names))
        if contacts_[i].times
    ]  # fmt: skip


def _known(counts: Counts, values: Floats, which: Bools) -> list[Counted | None]:
    """Of the steps that have any value."""
    known = counts.mean(values)[1]
    return [one if n else None for one, n in zip(counts.of(which), known, strict=True)]


def _hours(contacts: Contacts, last: Bools) -> Floats:
    """To the next contact of the journey."""
    if not len(last):
        return np.empty(0)
    return np.where(last, np.nan, np.append(np.diff(contacts.at).astype(np.float64) / HOUR, np.nan))
