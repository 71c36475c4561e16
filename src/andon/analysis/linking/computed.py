"""“How it was computed” and “What cannot be concluded”: every choice, in words."""

from __future__ import annotations

from collections.abc import Iterator

from andon.analysis.linking.spec import FEWEST_BETWEEN, FEWEST_WITHIN, Linked
from andon.plots import words


def lines(found: Linked) -> Iterator[str]:
    """A paragraph for each choice."""
    joined, question = found.joined, found.question
    read = joined.rows
    yield (
        f"{read['employee']:,} rows of work life and {read['customer']:,} of customers were read and brought to one "
        f"value for each unit and {joined.every}, the coarser of both files: a mean, or a sum out of its denominator. "
        "Units were matched without regard to case and spaces."
    )
    yield (
        "Between units: each unit's level over the periods in which both were measured, with what all units share in a "
        "period taken out. r is Pearson's with Fisher's interval. Its chance is by permutation: how often would units "
        f"dealt out anew go together as much, in {question.permutations:,} deals?"
    )
    yield (
        "Within units: what is left when each unit's own level and what all units share in a period, such as a season, "
        "are taken out. The interval is cluster-robust by unit (jackknife); chances are by dealing out whole histories "
        "of units anew."
    )
    yield (
        "So that one unit far out cannot make an association, p is the larger of those of r and of the rank "
        "correlation, and each is told again without the unit that matters most."
    )
    yield (
        f"{words.capital(words.counted(found.looks, 'chance'))} between and within units were adjusted together for "
        f"how many there are (Benjamini and Hochberg), and {words.counted(found.lag_looks, 'chance')} of lags "
        f"together. Of the associations found, at most {words.share(question.fdr)} are expected to be wrong."
    )
    if found.lags:
        yield (
            f"Lags up to {words.counted(found.lags, joined.every)}, both ways, within units: is what comes later "
            "different where the other measure was higher before, at equal earlier values of its own? Without that "
            "last part where there are fewer than five periods to compare. A direction is named only when one way is "
            "clear, the other is not, the two differ clearly, and the lag is at least half as strong as what goes "
            "together in the same period; a lag without such an association must be five times as clear."
        )
    yield (
        f"Fewer than {words.few(FEWEST_BETWEEN)} units say nothing between units, fewer than "
        f"{words.few(FEWEST_WITHIN)} nothing within. “No sign” is said only where the interval of r stays within a "
        "half; else the numbers cannot tell."
    )


def limits(found: Linked) -> Iterator[str]:
    """What no number here can show."""
    yield "That one causes the other: something third may move both. A direction says what came first, not why."
    yield (
        "Anything about a person. Units are teams, sites or organisations, and what holds of teams need not hold of "
        "people."
    )
    yield (
        "That a unit is better than another: units are shown, never ranked, and their mix of customers is not evened "
        "out."
    )
    if any(one.between.verdict == "no sign" or one.within.verdict == "no sign" for one in found.links):
        yield "That there is nothing where there is no sign: only that more than what is said would have shown."
