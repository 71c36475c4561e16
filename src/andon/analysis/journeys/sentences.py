"""What is said of all journeys: where customers come back, give up, and what a step costs them."""

from __future__ import annotations

from collections.abc import Sequence

from andon.analysis.journeys.spec import JourneyStep
from andon.plots import words


def sentence(steps: Sequence[JourneyStep], journeys: int, single: int) -> str:
    """How many needed more than one contact, and the step at which a fix would save most."""
    if not journeys:
        return "There are no journeys."
    more = journeys - single
    said = f"{words.share(more / journeys)} of {words.counted(journeys, 'journey')} needed more than one contact."
    worst = max(steps, key=lambda one: one.avoidable)
    if not worst.avoidable:
        return f"{said} Nobody had to come back to a step."
    return f"{said} {of_step(worst)}"


def of_step(step: JourneyStep) -> str:
    """What a fix at a step would save customers."""
    saved = words.counted(step.avoidable, "contact")
    parts = [f"{words.share(step.repeat_share)} of its contacts come back to it"]
    if step.left:
        parts.append(
            f"{words.counted(step.left, 'journey ends', 'journeys end')} with the customer giving up"
        )
    return f"Most would be saved at “{step.name}”: up to {saved}. Of this step, {', and '.join(parts)}."
