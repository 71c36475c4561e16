"""Journeys over channels, and what the customer got by how many contacts it took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from andon.analysis.journeys.following import begins, ends
from andon.lake.contacts import Contacts

LONGEST = 5
"""Contacts of a journey from which all longer ones count together."""


@dataclass(frozen=True, slots=True)
class Channels:
    """contacts: how many came by each, the most frequent first. several: journeys over more than one of `journeys`.
    changes: passages from one channel to another, of `passages`.
    """

    contacts: tuple[tuple[str, int], ...]
    journeys: int
    several: int
    passages: int
    changes: int


@dataclass(frozen=True, slots=True)
class Got:
    """Of journeys of so many contacts (LONGEST: or more): the mean outcome of the last contact that has one."""

    contacts: int
    journeys: int
    outcome: float


def channels(contacts: Contacts, gap: float) -> Channels | None:
    """None where nobody asked for channels."""
    if contacts.channel is None or not len(contacts):
        return None
    code, names, first = contacts.channel.codes, contacts.channel.levels, begins(contacts, gap)
    n = np.bincount(code, minlength=len(names))
    changed = np.append(False, code[1:] != code[:-1]) & ~first
    several = np.unique((np.cumsum(first) - 1)[changed])
    order = np.argsort(-n, kind="stable")
    return Channels(
        tuple((names[i], int(n[i])) for i in order.tolist() if n[i]), int(first.sum()), len(several),
        int((~first).sum()), int(changed.sum()),
    )  # fmt: skip


def got(contacts: Contacts, gap: float) -> Sequence[Got]:
    """What customers had in the end, by how many contacts it took. Empty where nobody asked for an outcome."""
    if contacts.outcome is None or not len(contacts):
        return ()
    first = begins(contacts, gap)
    size = np.minimum(np.bincount(np.cumsum(first) - 1), LONGEST)
    last = _last_known(contacts.outcome, first)
    return [
        Got(n, int(known.sum()), float(last[known].mean()))
        for n in range(1, LONGEST + 1)
        if (known := (size == n) & np.isfinite(last)).any()
    ]


def _last_known(outcome: NDArray[np.float64], first: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Of each journey, NaN where none of its contacts has one."""
    place = np.where(np.isfinite(outcome), np.arange(len(outcome)), -1)
    latest = np.maximum.accumulate(place)[ends(first)]
    starts = np.flatnonzero(first)
    return np.where(latest >= starts, outcome[latest], np.nan)


def by_step(contacts: Contacts) -> dict[str, float]:
    """Mean outcome of the contacts at each step that have one."""
    if contacts.outcome is None:
        return {}
    known = np.isfinite(contacts.outcome)
    n = np.bincount(contacts.step.codes[known], minlength=len(contacts.step.levels))
    total = np.bincount(contacts.step.codes[known], contacts.outcome[known], len(contacts.step.levels))
    return {name: float(total[i] / n[i]) for i, name in enumerate(contacts.step.levels) if n[i]}
