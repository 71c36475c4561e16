"""Plain decisions: who is too few to be shown, and which months or weeks to tell apart."""

from collections.abc import Sequence
from datetime import timedelta

FEWEST = 5  # people in a team that is shown: what is said of fewer is said of persons
FEWEST_COUNTED = 20  # people of whom verdicts are counted for everybody to read
LONG = timedelta(days=180)


def small(sizes: Sequence[int], fewest: int = FEWEST) -> set[int]:
    """Which groups are not shown, as places in `sizes`: those of fewer than `fewest` people.

    When these are fewer than that together, the smallest of the others stays out too: what is missing from a total
    could be told by subtracting.
    """
    order = sorted(range(len(sizes)), key=lambda place: sizes[place])
    hidden = {place for place in order if sizes[place] < fewest}
    for place in order:
        if not hidden or sum(sizes[i] for i in hidden) >= fewest:
            break
        hidden.add(place)
    return hidden


def period_of(span: timedelta | None) -> str:
    """How finely time is told apart: months where the data span at least half a year, else weeks."""
    return "month" if span is not None and span >= LONG else "week"
