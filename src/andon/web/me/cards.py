"""One estimate in words that a person would want to read about themselves."""

from dataclasses import dataclass

from andon.attribution.models import Estimate
from andon.plots import words
from andon.web.system.listing import plain

TITLES = {
    "below standard": "Below the standard, more than chance and the work explain",
    "meets standard": "Meets the standard",
    "cannot tell": "The numbers cannot tell",
    "cannot be separated": "You and the work cannot be told apart",
}


@dataclass(frozen=True, slots=True)
class Card:
    """`facts` are (name, words); `raw_number` says what a raw number would have said, and why that misleads."""

    name: str
    title: str
    estimate: Estimate
    facts: list[tuple[str, str]]
    raw_number: str


def card(estimate: Estimate) -> Card:
    separation = estimate.separation
    return Card(
        plain(separation.outcome), TITLES[estimate.verdict], estimate, facts(estimate), raw_number(estimate)
    )


def facts(estimate: Estimate) -> list[tuple[str, str]]:
    separation = estimate.separation
    return [
        ("Cases you served", f"{estimate.n:,}, in {words.counted(estimate.mechanisms, 'mechanism')}"),
        ("On the usual mix of work", _with_interval(estimate)),
        ("The usual person", _amount(separation.usual, separation.unit)),
        (
            "The standard",
            f"{_amount(separation.standard, separation.unit)} {separation.standard_basis}".strip(),
        ),
    ]


def raw_number(estimate: Estimate) -> str:
    unit = estimate.separation.unit
    return f"Your raw number is {_amount(estimate.raw, unit)}."


def _with_interval(estimate: Estimate) -> str:
    unit = estimate.separation.unit
    if estimate.adjusted is None:
        return ""
    low, high = _amount(estimate.low, unit), _amount(estimate.high, unit)
    return f"{_amount(estimate.adjusted, unit)}, and as well anything from {low} to {high}"


def _amount(x: float | None, unit: str) -> str:
    return words.MISSING if x is None else words.value(x, unit)
