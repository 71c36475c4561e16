"""Contacts told apart otherwise: rare steps as one, and rows of a log as visits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from andon.analysis.journeys.counting import distinct
from andon.analysis.journeys.following import begins, ends
from andon.lake.cells import Factor
from andon.lake.contacts import Contacts


def pooled(contacts: Contacts, most: int, rare: int, other: str) -> Contacts:
    """With the steps of fewer than `rare` customers, and those beyond the `most` frequent, as one step `other`."""
    code, names = contacts.step.codes, contacts.step.levels
    n = distinct(code.astype(np.int64), contacts.customer, len(names))
    order = np.argsort(-n, kind="stable")
    kept = sorted(i for i in order[:most].tolist() if n[i] >= rare)
    if len(kept) == np.count_nonzero(n):
        return contacts
    place = np.full(len(names), len(kept))
    place[kept] = np.arange(len(kept))
    step = Factor(place[code].astype(np.int32), [*(names[i] for i in kept), other])
    return replace(contacts, step=step)


def visits(contacts: Contacts, gap: float) -> Contacts:
    """Rows of a log as visits: those in a row at one step of a journey are one, which begins with the first of them and
    is as the last of them says. A visit after which the journey goes on, elsewhere then, was passed on.
    """
    first = begins(contacts, gap)
    code = contacts.step.codes
    here = first | np.append(True, code[1:] != code[:-1])[: len(code)]
    rows = np.flatnonzero(here)
    last = contacts.take(np.append(rows[1:], len(code))[: len(rows)] - 1)
    on = ~ends(first[here])
    return replace(last, at=contacts.at[rows], passed=on.astype(np.float64))
