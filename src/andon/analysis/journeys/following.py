"""Contacts to journeys, and journeys to what is said of each step, passage and path."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from andon.analysis.journeys.bands import bands
from andon.analysis.journeys.counting import Counts, repeated
from andon.analysis.journeys.paths import passages, paths
from andon.analysis.journeys.returning import Returns, months_of, returns, savings
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
    end = contacts.at.max() if len(contacts) else None
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
        sentence=sentence(steps, len(sizes), single, spec.gap),
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
    code, names, last = contacts.step.codes, contacts.step.levels, ends(first)
    counts, broken = Counts(contacts), contacts.gave_up == 1
    every = np.ones(len(code), np.bool_)
    again = repeated(journey, code, len(names))
    counted = [counts.of(one) for one in (every, first, last, again, contacts.passed > 0)]
    counted += [counts.of(one) for one in (broken, broken & last)]
    wait, waited = counts.mean(contacts.wait)
    effort, asked = counts.mean(contacts.effort)
    hours, passed = counts.mean(_hours(contacts, last))[0], counts.sum(contacts.passed).tolist()
    saved = savings(contacts, found, len(names), months)
    known = [counts.mean(one)[1] for one in (contacts.passed, contacts.gave_up)]
    return [
        JourneyStep(
            names[i], counted[0][i], counted[0][i].times - counted[3][i].times, *(counted[k][i] for k in (1, 2, 3)),
            _known(counted[4][i], known[0][i]), passed[i] if known[0][i] else float("nan"),
            _known(counted[5][i], known[1][i]), _known(counted[6][i], known[1][i]), wait[i], waited[i], effort[i], asked[i], hours[i], saved[i],
        )
        for i in range(len(names))
        if counted[0][i].times
    ]  # fmt: skip


def _known(counted: Counted, known: int) -> Counted | None:
    return counted if known else None


def _hours(contacts: Contacts, last: Bools) -> Floats:
    """To the next contact of the journey."""
    if not len(last):
        return np.empty(0)
    return np.where(last, np.nan, np.append(np.diff(contacts.at).astype(np.float64) / HOUR, np.nan))
