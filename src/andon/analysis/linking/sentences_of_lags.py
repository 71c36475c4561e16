"""What may be said of which of two measures comes first."""

from __future__ import annotations

from andon.analysis.linking.judging import step
from andon.analysis.linking.leading import echoed, strongest
from andon.analysis.linking.spec import Joined, Link, Side, ToldLag
from andon.analysis.linking.wording import SIGNED, amount, named, r_of, signed
from andon.plots import words


def what_comes_first(link: Link, joined: Joined) -> str:
    if link.direction in ("employee first", "customer first"):
        leader: Side = "employee" if link.direction == "employee first" else "customer"
        lag = strongest(link.lags, leader)
        return _first(link, lag, joined) if lag else ""
    if link.direction == "unknown":
        return f"Direction unknown: {_unknown(link)}."
    if "association" in (link.between.verdict, link.within.verdict):
        return "Direction unknown: differences between units do not tell what comes first."
    return ""


def _first(link: Link, lag: ToldLag, joined: Joined) -> str:
    ahead, behind = (
        (link.employee, link.customer) if lag.leads == "employee" else (link.customer, link.employee)
    )
    way = SIGNED[lag.found.r > 0]
    return (
        f"{words.capital(named(ahead))} comes first: when it is higher in a unit, {named(behind)} is {way} "
        f"{words.counted(lag.lag, joined.every)} later ({r_of(lag)}{_later(link, lag)})"
        f"{_reverse(link, lag)}.{_echo(link)}"
    )


def _echo(link: Link) -> str:
    """What goes together at once, where it is the weaker opposite of what comes first."""
    if link.within.verdict == "association" and echoed(link.within, link.lags, link.direction):
        return " What goes together at once points the other way and is weaker; it may be an echo of that."
    return ""


def _later(link: Link, lag: ToldLag) -> str:
    """How much later, for a round step of what comes first."""
    size = step(lag.found)
    if size is None:
        return ""
    ahead, behind = (
        (link.employee, link.customer) if lag.leads == "employee" else (link.customer, link.employee)
    )
    more = "more" if size.change > 0 else "less"
    return f"; {amount(size.step, ahead.unit)} more goes with {amount(size.change, behind.unit)} {more}"


def _reverse(link: Link, lag: ToldLag) -> str:
    other = strongest(link.lags, "customer" if lag.leads == "employee" else "employee")
    if other is None:
        return ", and not the other way round"
    kind = "in the opposite sense" if other.found.r * lag.found.r < 0 else "in the same sense"
    return f"; the other way round there is less, {kind} (r {signed(other.found.r)})"


def _unknown(link: Link) -> str:
    if not link.lags and link.periods > 2:
        return "no lags were looked at"
    if not any(lag.found.known for lag in link.lags):
        return "there are too few periods or units to see which comes first"
    clear = {lag.leads for lag in link.lags if lag.clear}
    if len(clear) == 2:
        return "each comes before the other"
    return "no lag tells clearly which comes first"
