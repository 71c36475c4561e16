"""What a reader should know before trusting any of it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from andon.analysis.linking.spec import FEWEST_BETWEEN, Linked, Side
from andon.lake.errors import listing
from andon.plots import words

FEW_PERIODS = 6
MANY = 20
ONLY: dict[Side, str] = {"employee": "EMPLOYEE_DATA", "customer": "CUSTOMER_DATA"}


def warnings(found: Linked) -> Iterator[str]:
    """Sentences, those about all pairs first."""
    yield from _units(found)
    yield from _periods(found)
    yield from _cells(found)
    if len(found.links) >= MANY:
        yield (
            f"{len(found.links):,} pairs were looked at. Chances are adjusted for that; the more pairs, the clearer "
            "one must be."
        )


def _units(found: Linked) -> Iterator[str]:
    joined = found.joined
    if len(joined.units) < FEWEST_BETWEEN:
        yield (
            f"Few units: only {words.counted(len(joined.units), 'unit')} {'is' if len(joined.units) == 1 else 'are'} "
            f"in both files. Below {words.few(FEWEST_BETWEEN)}, nothing can be said of differences between units."
        )
    for side, names in joined.alone.items():
        if names:
            are = "is" if len(names) == 1 else "are"
            yield (
                f"{words.capital(words.counted(len(names), 'unit'))} {are} only in {ONLY[side]} and left out: "
                f"{listing(names, 5)}."
            )


def _periods(found: Linked) -> Iterator[str]:
    count, every = len(found.joined.periods), found.joined.every
    if count < 2:
        yield f"There is one {every} only: changes within units and what comes first cannot be seen."
    elif count < FEW_PERIODS:
        yield (
            f"Few periods: {words.counted(count, every)}. Small changes within units cannot be seen, and what comes "
            "first only roughly."
        )


def _cells(found: Linked) -> Iterator[str]:
    joined = found.joined
    whole = len(joined.units) * len(joined.periods)
    for measure in (*joined.employee, *joined.customer):
        missing = 1 - float(np.isfinite(measure.values).sum()) / whole
        if missing > 0.1:
            yield f"“{measure.name}” is missing in {words.share(missing)} of the units' {joined.every}s."
