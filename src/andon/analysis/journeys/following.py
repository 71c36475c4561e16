"""Contacts to journeys, and journeys to what is said of each step, passage and path."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from andon.analysis.journeys.paths import distinct, passages, paths
from andon.analysis.journeys.sentences import sentence
from andon.analysis.journeys.spec import JourneySpec, JourneyStep, Travelled
from andon.lake.contacts import Contacts

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
HOUR = 3600.0


def follow(contacts: Contacts, spec: JourneySpec | None = None) -> Travelled:
    """Joins contacts of one customer to journeys and follows them. Contacts are ordered by customer and time."""
    spec = spec or JourneySpec()
    first = begins(contacts, spec.gap)
    journey = np.cumsum(first) - 1
    sizes = np.bincount(journey) if len(journey) else np.empty(0, np.int64)
    taken, few = paths(contacts, journey, first, spec)
    steps = tuple(_steps(contacts, journey, first))
    return Travelled(
        contacts=len(contacts),
        customers=int((np.diff(contacts.customer) != 0).sum()) + bool(len(contacts)),
        journeys=len(sizes),
        single=int((sizes == 1).sum()),
        steps=steps,
        passages=tuple(passages(contacts, first, spec)),
        paths=tuple(taken),
        few=few,
        nobody=contacts.nobody,
        sentence=sentence(steps, len(sizes), int((sizes == 1).sum())),
    )


def begins(contacts: Contacts, gap: float) -> Bools:
    """Which contacts begin a journey: the first of a customer, and those after more than `gap` days without any."""
    if not len(contacts):
        return np.empty(0, np.bool_)
    apart = np.diff(contacts.at).astype(np.float64) > gap * 24 * HOUR
    return np.append(True, (contacts.customer[1:] != contacts.customer[:-1]) | apart)


def repeated(journey: Ints, step: NDArray[np.int32], steps: int) -> Bools:
    """Contacts at a step at which their journey had been before."""
    several = np.flatnonzero(np.bincount(journey)[journey] > 1) if len(journey) else journey
    key = journey[several] * max(steps, 1) + step[several]
    again = np.zeros(len(journey), np.bool_)
    again[several] = True
    again[several[np.unique(key, return_index=True)[1]]] = False
    return again


def _steps(contacts: Contacts, journey: Ints, first: Bools) -> list[JourneyStep]:
    code, names = contacts.step.codes, contacts.step.levels
    last = np.append(first[1:], True) if len(first) else first
    again = repeated(journey, code, len(names))
    broken = contacts.gave_up == 1
    next_hours = np.append(np.diff(contacts.at).astype(np.float64) / HOUR, np.nan)[: len(code)]
    next_hours = np.where(last, np.nan, next_hours)
    avoidable = _avoidable(contacts, first, again, broken)

    def count(which: Bools) -> Ints:
        return np.bincount(code[which], minlength=len(names))

    every = np.ones(len(code), np.bool_)
    numbers = [count(one) for one in (every, first, last, again, broken, broken & last)]
    journeys, customers = count(~again), distinct(code.astype(np.int64), contacts.customer, len(names))
    wait, effort, hours = (
        _mean(one, code, len(names)) for one in (contacts.wait, contacts.effort, next_hours)
    )
    passed = _sum(contacts.passed, code, len(names))
    asked = count(np.isfinite(contacts.effort))
    return [
        JourneyStep(
            names[i], int(numbers[0][i]), int(journeys[i]), int(customers[i]), int(numbers[1][i]), int(numbers[2][i]),
            int(numbers[3][i]), float(passed[i]), int(numbers[4][i]), int(numbers[5][i]), float(wait[i]),
            float(effort[i]), int(asked[i]), float(hours[i]), int(avoidable[i]),
        )
        for i in range(len(names))
        if numbers[0][i]
    ]  # fmt: skip


def _avoidable(contacts: Contacts, first: Bools, again: Bools, broken: Bools) -> Ints:
    """By step: its repeats, and contacts elsewhere right after one here that was passed on or broken off."""
    code = contacts.step.codes
    found = np.bincount(code[again], minlength=len(contacts.step.levels))
    if len(code) < 2:
        return found
    unsettled = (broken | (contacts.passed > 0))[:-1]
    caused = ~first[1:] & ~again[1:] & unsettled & (code[1:] != code[:-1])
    return found + np.bincount(code[:-1][caused], minlength=len(found))


def _mean(values: Floats, code: NDArray[np.int32], steps: int) -> Floats:
    known = np.isfinite(values)
    n = np.bincount(code[known], minlength=steps)
    total = np.bincount(code[known], values[known], steps)
    found: Floats = np.divide(total, n, out=np.full(steps, np.nan), where=n > 0)
    return found


def _sum(values: Floats, code: NDArray[np.int32], steps: int) -> Floats:
    known = np.isfinite(values)
    n = np.bincount(code[known], minlength=steps)
    return np.where(n > 0, np.bincount(code[known], values[known], steps), np.nan)
