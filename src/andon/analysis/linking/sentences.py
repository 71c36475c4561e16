"""One honest sentence or two for each pair: what goes with what, how much, which comes first, and what is not known."""

from __future__ import annotations

from andon.analysis.linking.judging import better_together
from andon.analysis.linking.leading import echoed
from andon.analysis.linking.sentences_of_lags import what_comes_first
from andon.analysis.linking.spec import (
    FEWEST_BETWEEN,
    FEWEST_WITHIN,
    Joined,
    Link,
    Step,
    Told,
)
from andon.analysis.linking.wording import SIGNED, amount, named, r_of, signed
from andon.plots import words

TEAMS = "This is about teams, not about persons."


def sentence(link: Link, joined: Joined) -> str:
    """What is known of a pair; never of a person, never that one thing causes the other."""
    parts = [
        _between(link, joined),
        _within(link, joined),
        _simpson(link),
        what_comes_first(link, joined),
        TEAMS,
    ]
    return " ".join(part for part in parts if part)


# Between units


def _between(link: Link, joined: Joined) -> str:
    told, x, y = link.between, named(link.employee), named(link.customer)
    units = words.counted(told.found.units, "unit")
    if told.verdict == "association":
        way = SIGNED[told.found.r > 0]
        return (
            f"Between {units}: association. Where {x} is higher, {y} is {way} ({r_of(told)}); "
            f"{_size(link, told.step)}{_good(link, told.found.r)}."
        )
    if told.verdict == "no sign":
        return f"Between {units}: no sign of an association ({r_of(told)}); {_most(link, told.step)}."
    return f"Between units: cannot tell{_reason(link, told, joined, FEWEST_BETWEEN)}."


def _size(link: Link, step: Step | None) -> str:
    if step is None:
        return "the size is not known"
    more = "more" if step.change > 0 else "less"
    ends = sorted(abs(one) for one in (step.low, step.high))
    span = f" ({words.number(_scaled(link, ends[0]))} to {words.number(_scaled(link, ends[1]))})"
    span = span if step.low * step.high > 0 else ""
    return (
        f"{amount(step.step, link.employee.unit)} more of the first goes with "
        f"{amount(step.change, link.customer.unit)}{span} {more} of the second"
    )


def _scaled(link: Link, x: float) -> float:
    return x * 100 if link.customer.unit == "share" else x


def _most(link: Link, step: Step | None) -> str:
    if step is None:
        return "how much could be hidden is not known"
    most = max(abs(step.low), abs(step.high))
    return (
        f"{amount(step.step, link.employee.unit)} more of the first goes with at most "
        f"{amount(most, link.customer.unit)} of the second, either way"
    )


def _good(link: Link, r: float) -> str:
    together = better_together(link.employee, link.customer, r)
    if together is None:
        return ""
    return ", so better goes with better" if together else ", so better for one goes with worse for the other"


def _reason(link: Link, told: Told, joined: Joined, fewest: int) -> str:
    found, one = told.found, told.found.without_one
    name = f"“{joined.units[one.unit]}”" if one else "one unit"
    left = f"r {signed(one.r)}" if one else ""
    constant = {"first constant": link.employee, "second constant": link.customer}.get(told.why)
    if constant:
        return f", as {named(constant)} does not vary"
    known = f" (r {signed(found.r)}, {signed(found.low)} to {signed(found.high)})" if found.known else ""
    return {
        "few units": (
            f": few units. {_only(found.units)} can be used, and at least {words.few(fewest)} are needed"
        ),
        "few periods": ": there are too few periods in which both were measured",
        "few permutations": ": too few permutations for so small a chance; ask for more with --permutations",
        "one unit makes it": f". {name} alone makes what there is: with it r is {signed(found.r)}, without it {left}",
        "one unit hides it": (
            f". {name} lies far from the others and hides what the rest show: with it r is {signed(found.r)}, "
            f"without it {left}"
        ),
        "many looks": f": clear if it were alone{known}, not among so many looks (adjusted p {told.p_adjusted:.2g})",
        "ranks differ": f": the numbers go together{known}, but their order does not clearly",
        "wide": f": the numbers leave anything open from a clear association to none{known}",
    }.get(told.why, "")


def _only(units: int) -> str:
    return f"Only {words.few(units)}" if units else "None"


# Within units


def _within(link: Link, joined: Joined) -> str:
    told, x, y = link.within, named(link.employee), named(link.customer)
    span = f"over {words.counted(link.periods, joined.every)}"
    if told.verdict == "association":
        moved = "rose" if told.found.r > 0 else "fell"
        return (
            f"Within units, {span}: association. When {x} of a unit rose against the others, {y} {moved} "
            f"({r_of(told)}); {_size(link, told.step)}{_good(link, told.found.r)}."
        )
    if told.verdict == "no sign":
        where = f"in the same {joined.every}"
        return f"Within units, {span}: no sign of an association {where} ({r_of(told)}); {_most(link, told.step)}."
    return f"Within units: cannot tell{_reason(link, told, joined, FEWEST_WITHIN)}."


def _simpson(link: Link) -> str:
    """Where between and within point opposite ways, or all cells thrown together would say the opposite."""
    within = link.within
    if link.simpson:
        return (
            "The two point opposite ways (Simpson's paradox): what differs between units is not what happens when a "
            "unit changes."
        )
    if echoed(within, link.lags, link.direction):
        return ""
    if within.verdict == "association" and link.pooled * within.found.r < 0 and abs(link.pooled) > 0.1:
        return (
            f"All cells thrown together would say the opposite (r {signed(link.pooled)}; Simpson's paradox), as units "
            "differ in other ways too."
        )
    return ""
