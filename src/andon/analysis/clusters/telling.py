"""What was found, in words."""

from collections.abc import Sequence

import numpy as np

from andon.plots import words

FEW_TERMS = 3


def span(begin: np.datetime64, end: np.datetime64) -> str:
    """From 15 to 21 June 2026; in July 2025; on 8 September 2026, from 09:00 to 15:00."""
    last = end - np.timedelta64(1, "s")
    first_day, last_day = begin.astype("datetime64[D]"), last.astype("datetime64[D]")
    if begin != first_day.astype("datetime64[s]") or end != (last_day + np.timedelta64(1, "D")).astype(
        "datetime64[s]"
    ):
        return f"from {words.date(begin)} to {words.date(end)}"
    months = begin.astype("datetime64[M]"), last.astype("datetime64[M]")
    after = (months[1] + np.timedelta64(1, "M")).astype("datetime64[s]")
    whole = begin == months[0].astype("datetime64[s]") and end == after
    if whole and months[0] == months[1]:
        return f"in {words.period(begin, 'month')}"
    if whole:
        return f"from {words.period(begin, 'month')} to {words.period(last, 'month')}"
    if first_day == last_day:
        return f"on {words.date(begin)}"
    return f"from {words.date(begin)} to {words.date(last_day)}"


def quoted(terms: Sequence[str], most: int = FEW_TERMS) -> str:
    """“descaling light”, “kettle” and 3 more."""
    shown = [f"“{term}”" for term in terms[:most]]
    more = len(terms) - len(shown)
    if more > 0:
        return f"{', '.join(shown)} and {more} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def of_slice(slice_: dict[str, str]) -> str:
    """product = Tidewell kettle and region = Germany."""
    return " and ".join(f"{name} = {value}" for name, value in slice_.items())


def times_as_many(ratio: float) -> str:
    """3.4 times as many."""
    return f"{words.number(ratio) if ratio < 10 else f'{ratio:,.0f}'} times as many"


def cluster_sentence(
    noun: str,
    slice_: dict[str, str],
    terms: Sequence[str],
    when: tuple[np.datetime64, np.datetime64],
    observed: float,
    expected: float,
    after: bool,
    outcome: str = "",
) -> str:
    """42 customers with product = Tidewell kettle wrote of “descaling light” from ...; 0.4 were expected, ..."""
    many = f"{words.number(observed)} {noun if observed != 1 else noun.removesuffix('s')}"
    having = [part for part in (of_slice(slice_), outcome) if part]
    of = f" with {' and '.join(having)}" if having else ""
    about = f" about {quoted(terms)}" if terms else ""
    everything = ", over everything," if not slice_ and not terms else ""
    return f"{many}{of}{about}{everything} {span(*when)}: {_against(observed, expected, after)}."


def _against(observed: float, expected: float, after: bool) -> str:
    """Against 0.4 expected, 105 times as many."""
    source = "by what came after" if after else "by what was before"
    if expected < 0.05:
        return f"hardly any would be expected {source}"
    times = observed / expected
    return f"{words.number(expected)} would be expected {source}, so these are {times_as_many(times)}"


def part_sentence(name: str, observed: float, expected: float) -> str:
    """A part of a cluster: what, how many, of how many expected."""
    return f"Of it, {name}: {words.number(observed)}, where {words.number(expected)} would be expected."


def repeated_sentence(
    name: str, contacts: int, usual: float, begin: np.datetime64, end: np.datetime64, alike: int
) -> str:
    """One customer wrote 86 times."""
    text = f" {alike} of them are nearly the same text." if alike > 1 else ""
    often = f", usually {words.number(usual)} in a window" if usual >= 0.05 else ""
    return (
        f"One customer ({name}) wrote {contacts:,} times {span(begin, end)}{often}.{text} "
        "This is one customer to call, not a cluster of customers."
    )
