"""What is said of all journeys: where customers come back, give up, and what a fix at a step would save them."""

from __future__ import annotations

from collections.abc import Sequence

from andon.analysis.journeys.spec import Amount, JourneySpec, JourneyStep, Saving
from andon.plots import words


def sentence(steps: Sequence[JourneyStep], journeys: int, single: int, spec: JourneySpec) -> str:
    """How many needed more than one contact, and the step at which a fix would save most."""
    if not journeys:
        return "There are no journeys."
    more = journeys - single
    said = f"{words.share(more / journeys)} of {words.counted(journeys, 'journey')} needed more than one {spec.noun}."
    told = [(one.name, one.saving) for one in steps if one.saving and one.saving.told]
    if told:
        name, saving = max(told, key=lambda one: one[1].saved.value)
        return f"{said} {of_saving(name, saving, spec.gap)}"
    if any(one.saving for one in steps):
        said += " At no step do more customers come back than come anyway, as far as these numbers can tell."
    return f"{said} {_of_repeats(steps, spec.noun)}"


def of_saving(name: str, saving: Saving, gap: float) -> str:
    """What a fix at a step would save customers."""
    days = words.duration(gap * 86400) if gap < 2 else words.counted(round(gap), "day")
    return (
        f"A fix at “{name}” would save most: up to {words.number(round(saving.saved.value))} contacts a month "
        f"({between(saving.saved)}), as so many more customers come back within {days} of it than come anyway."
    )


def between(amount: Amount) -> str:
    """Its interval; less than nothing is saved nowhere."""
    return f"{words.number(round(max(amount.low, 0)))} to {words.number(round(amount.high))}"


def _of_repeats(steps: Sequence[JourneyStep], noun: str) -> str:
    worst = max(steps, key=lambda one: one.repeats.times)
    if not worst.repeats.times:
        return "Nobody had to come back to a step."
    share = words.share(worst.repeat_share)
    return f"Most come back to “{worst.name}”: {share} of its {noun}s had been there before."
