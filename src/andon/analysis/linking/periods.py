"""Which periods two files have in common: the coarser of both, however either is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np

from andon.analysis.linking.spec import LinkEvery
from andon.lake import BadInput
from andon.lake.linking import Base, Ints, UnitCells
from andon.lake.linking_plan import UnitPlan

ORDER: tuple[str, ...] = ("second", "hour", "day", "week", "month", "quarter", "year")
MONTHS = {"month": 1, "quarter": 3, "year": 12}
YEARLY, QUARTERLY = (
    10,
    3,
)  # months from one answer to the next, from which a measure is one of years, of quarters
FISCAL = 4  # April


@dataclass(frozen=True, slots=True)
class Calendar:
    """How long a period is, and in which month years begin."""

    every: LinkEvery
    begins: int

    def number(self, periods: Ints, yearly: bool) -> Ints:
        """Of each month (or week): the period it lies in. `yearly`: a year is written as its January."""
        if self.every == "year":
            return periods // 12 if yearly else (periods - (self.begins - 1)) // 12
        return periods // MONTHS.get(self.every, 1)

    def label(self, number: int) -> str:
        if self.every == "year":
            return str(number) if self.begins == 1 else f"{number}/{(number + 1) % 100:02}"
        if self.every == "week":
            return str(np.datetime64(int(number) * 7 - 3, "D"))
        if self.every == "quarter":
            return f"{number // 4}-Q{number % 4 + 1}"
        return f"{number // 12}-{number % 12 + 1:02}"


def base_of(plans: tuple[UnitPlan, UnitPlan], asked: LinkEvery | None) -> Base:
    """Weeks only where they are asked for, or where weeks are the coarser of both."""
    coarser = max(plans[0].grain, plans[1].grain, key=ORDER.index)
    if asked:
        for plan in plans:
            if ORDER.index(plan.grain) > ORDER.index(asked) and plan.grain in MONTHS:
                raise BadInput(
                    f"“{plan.spec.at}” holds {plan.grain}s, which cannot be told apart by {asked}.",
                    f"Ask for --every {plan.grain}, or leave --every out.",
                )
    return "week" if (asked or coarser) == "week" else "month"


def calendar_of(
    plans: tuple[UnitPlan, UnitPlan], cells: tuple[UnitCells, UnitCells], base: Base, asked: LinkEvery | None,
    begins: int | None,
) -> Calendar:  # fmt: skip
    """The period that both can be told apart by: no finer than the times are written, nor than they come."""
    month = begins or (FISCAL if any(plan.written == "fiscal" for plan in plans) else 1)
    if asked or base == "week":
        return Calendar(asked or "week", month)
    seen = [_cadence(plan, one) for plan, one in zip(plans, cells, strict=True)]
    once = "year" if any(seen) else max("month", *(plan.grain for plan in plans), key=ORDER.index)
    return Calendar(cast("LinkEvery", max((one or once for one in seen), key=ORDER.index)), month)


def _cadence(plan: UnitPlan, cells: UnitCells) -> str | None:
    """How often a unit is measured: a survey dated each October is one of years. None where each was measured once."""
    if plan.grain in ("quarter", "year"):
        return plan.grain
    same = cells.codes[1:] == cells.codes[:-1]
    gaps = np.diff(cells.periods)[same]
    if not len(gaps):
        return "month" if len(np.unique(cells.periods)) > 1 and plan.grain != "month" else None
    usual = float(np.median(gaps))
    return "year" if usual >= YEARLY else "quarter" if usual >= QUARTERLY else "month"


def partial(calendar: Calendar, plan: UnitPlan, cells: UnitCells, numbers: Ints) -> dict[str, int]:
    """Periods at either end that hold fewer months than usual: their label and how many."""
    whole = MONTHS.get(calendar.every, 1)
    if whole == 1 or plan.grain in ("quarter", "year"):
        return {}
    months = {
        int(number): len(np.unique(cells.periods[numbers == number]))
        for number in np.unique(numbers).tolist()
    }
    usual = int(np.median(list(months.values())))
    return {calendar.label(number): count for number, count in months.items() if count < usual}
