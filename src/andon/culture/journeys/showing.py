"""What of a slice may be shown, as data to keep. Pure.

What fewer than five customers did is left out, or counted with what is rare like it. All that is counted is rounded to
five: whatever is subtracted from whatever, steps, ways, stretches of time or yesterday's page, what is left is known to
within a few customers only (conventional rounding; Willenborg & de Waal 2001, Elements of Statistical Disclosure
Control, ch. 9).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from math import isfinite
from typing import Any

from andon.analysis.journeys.spec import FEWEST, Amount, Band, Counted, JourneyStep, Saving, Travelled
from andon.culture.journeys.slicing import OTHER

BASE = 5
PATHS, PASSAGES = 15, 300  # of a slice, the most frequent
TOTALS = ("contacts", "customers", "journeys", "single", "open")
COUNTS = ("begins", "ends", "repeats", "passed", "gave_up", "left")


def rounded(n: float) -> int:
    """To the nearest five."""
    return BASE * int((n + BASE / 2) // BASE)


def shown(one: Travelled, fewest: int = FEWEST) -> dict[str, Any]:
    """As data to keep."""
    passages = [each for each in one.passages if each.customers >= fewest][:PASSAGES]
    paths = [each for each in one.paths if each.customers >= fewest and len(each.steps) > 1][:PATHS]
    return {
        **{name: rounded(getattr(one, name)) for name in TOTALS},
        "months": one.months,
        "steps": [_step(each, one.months, fewest) for each in one.steps if each.contacts.customers >= fewest],
        "passages": [
            {
                "start": each.start,
                "end": each.end,
                "times": rounded(each.times),
                "hours": round(each.hours, 1),
            }
            for each in passages
        ],
        "paths": [
            {"steps": each.steps, "journeys": rounded(each.journeys), "more": each.more} for each in paths
        ],
        "bands": [
            {"place": each.place, "start": each.start, "end": each.end, "journeys": rounded(each.journeys)}
            for each in together(one.bands, fewest)
        ],
    }


def together(bands: Iterable[Band], fewest: int) -> list[Band]:
    """Bands of enough customers; rare ones count as to other steps, or from other steps to others."""
    bands = list(bands)
    for rare in (
        lambda band: (band.place, band.start, OTHER if band.end else ""),
        lambda band: (band.place, OTHER, OTHER if band.end else ""),
    ):
        sums: dict[tuple[int, str, str], list[int]] = defaultdict(lambda: [0, 0])
        for band in bands:
            key = (band.place, band.start, band.end) if band.customers >= fewest else rare(band)
            sums[key][0] += band.journeys
            sums[key][1] += band.customers
        bands = [Band(*key, *counts) for key, counts in sums.items()]
    return [band for band in bands if band.customers >= fewest]


def _step(step: JourneyStep, months: float, fewest: int) -> dict[str, Any]:
    counts: dict[str, Counted | None] = {name: getattr(step, name) for name in COUNTS}
    few = [name for name, one in counts.items() if one and 0 < one.customers < fewest]
    return {
        "name": step.name,
        "contacts": rounded(step.contacts.times),
        "customers": rounded(step.contacts.customers),
        **{name: rounded(one.times) if one and name not in few else None for name, one in counts.items()},
        "few": few,
        "wait": _mean(step.wait, step.waited, fewest),
        "effort": _mean(step.effort, step.asked, fewest),
        "hours": _mean(step.hours, step.contacts.times - step.ends.times, fewest),
        "saving": _saving(step.saving, months, fewest),
    }


def _mean(value: float, of: int, fewest: int) -> float | None:
    return round(value, 2) if isfinite(value) and of >= fewest else None


def _saving(saving: Saving | None, months: float, fewest: int) -> dict[str, Any] | None:
    """Amounts a month, as they follow from rounded counts."""
    if saving is None or saving.returns * months < fewest:
        return None

    def monthly(x: float) -> float:
        return rounded(x * months) / months

    def amount(one: Amount) -> Amount:
        return Amount(*map(monthly, (one.value, one.low, one.high)))

    numbers = (monthly(x) for x in (saving.contacts, saving.returns, saving.anyway))
    return asdict(Saving(*numbers, amount(saving.saved), amount(saving.days)))
