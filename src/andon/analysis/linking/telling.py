"""The whole in a line: for the top of the report and the terminal."""

from __future__ import annotations

from andon.analysis.linking.spec import Linked
from andon.plots import words


def headline(found: Linked) -> str:
    """How many pairs go together, and whether it is known which comes first."""
    pairs = len(found.links)
    together = [
        one
        for one in found.links
        if "association" in (one.between.verdict, one.within.verdict) or one.direction
    ]
    if not together:
        verdicts = {told.verdict for one in found.links for told in (one.between, one.within)}
        if "cannot tell" in verdicts:
            return "The numbers cannot tell whether work life and customers' experience go together."
        return "No sign that work life and customers' experience go together."
    first = sum(one.direction in ("employee first", "customer first") for one in together)
    known = (
        f"; of {words.few(first)} it is known which comes first"
        if first
        else "; which comes first is not known"
    )
    if pairs == 1:
        one = together[0]
        leads = {"employee first": "the work life first", "customer first": "the customers first"}.get(
            one.direction
        )
        return f"They go together{f', {leads}' if leads else '; which comes first is not known'}."
    return f"{words.capital(words.few(len(together)))} of {words.few(pairs)} pairs go together{known}."


def lead(found: Linked) -> str:
    joined = found.joined
    span = f"{joined.periods[0]} to {joined.periods[-1]}" if len(joined.periods) > 1 else joined.periods[0]
    return (
        f"{words.counted(len(joined.units), 'unit')}, {words.counted(len(joined.periods), joined.every)} ({span}) · "
        f"{words.counted(len(found.links), 'pair')} of measures"
    )
