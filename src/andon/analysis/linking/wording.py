"""Numbers and names as the sentences of links say them."""

from __future__ import annotations

from andon.analysis.linking.spec import Measure, Told, ToldLag
from andon.plots import words

SIGNED = {True: "higher", False: "lower"}


def amount(x: float, unit: str) -> str:
    """A difference in units of a measure, without its sign."""
    if unit == "share":
        points = words.number(abs(x) * 100)
        return f"{points} percentage {'point' if points == '1' else 'points'}"
    return words.number(abs(x))


def r_of(told: Told | ToldLag) -> str:
    found = told.found
    return f"r {signed(found.r)}, {signed(found.low)} to {signed(found.high)}, {chance(told.p_adjusted)}"


def signed(x: float) -> str:
    return f"{x:.2f}".replace("-0.00", "0.00").replace("-", "−")


def chance(p: float) -> str:
    if p != p:
        return "p unknown"
    return "adjusted p below 0.001" if p < 0.001 else f"adjusted p {p:.2g}"


def named(measure: Measure) -> str:
    return f"“{measure.name}”"
