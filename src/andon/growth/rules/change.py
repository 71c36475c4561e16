"""Before and after: how much of a change would have come anyway.

A stretch that is looked at because it was bad is, on average, followed by a better one, whatever anybody does:
regression to the mean. What would have come is forecast from the history of the measure itself.
"""

from django.utils.translation import gettext as _

from andon.stats.returning import Forecast


def told(after: float | None, expected: Forecast | None, spell) -> str:
    """What may be read into a before and an after. `spell` writes a number in the unit of the measure."""
    first = _(
        "Part of a change would have come anyway: what is looked at because it was unusual tends to be more "
        "usual the next time, whatever anybody does."
    )
    if expected is None:
        return f"{first} " + _("There are too few data here to say how much.")
    numbers = {"value": spell(expected.expected), "low": spell(expected.low), "high": spell(expected.high)}
    second = _(
        "From the history of this measure one would have expected %(value)s, or anything from %(low)s to %(high)s."
    )
    told = f"{first} {second % numbers}"
    if after is None:
        return told
    if expected.holds(after):
        return f"{told} " + _(
            "What came lies within that, so the numbers alone cannot show what your part was."
        )
    return f"{told} " + _("What came lies outside that, so more happened than the measure does by itself.")
