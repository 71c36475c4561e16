"""One estimate in words that a person would want to read about themselves."""

import re
from dataclasses import dataclass

from andon.attribution.models import Estimate
from andon.attribution.outcomes import plain
from andon.plots import words
from andon.web.system.ranges import Range, scale_over

TITLES = {
    "below standard": "Below the standard, by more than chance and the work explain.",
    "meets standard": "You meet the standard.",
    "cannot tell": "The numbers cannot tell.",
    "cannot be separated": "You and the work cannot be told apart.",
}
MEANS = {
    "below standard": "This is a statement of numbers about cases, and no more. It says nothing of why. It decides "
    "nothing: people do, after they have looked at the work first and heard you.",
    "meets standard": "Whatever a raw number says, on the same work you do as well as the standard asks.",
    "cannot tell": "That is an answer, and a common one. Nobody may read more into your raw number than this.",
    "cannot be separated": "Nobody may take your raw number for yours: it is as much the work’s. Only cases in "
    "other work, or other people in yours, could tell the two apart.",
}
CHIPS = {
    "meets standard": "good",
    "below standard": "calm",
}  # never the colour of the cord: nobody is an alarm
TO_YOU = (
    (r"\bthis person\b", "you"),
    (r"\bThey share their\b", "You share your"),
    (r"\bwhat is theirs\b", "what is yours"),
    (r"\bfollows the person\b", "follows you"),
)


@dataclass(frozen=True, slots=True)
class Card:
    """`facts` are (name, words); `raw` says what the raw number is, and why it misleads."""

    estimate: Estimate
    name: str
    title: str
    means: str
    why: str
    verdict: str
    chip: str
    facts: list[tuple[str, str]]
    raw: str
    range: Range | None
    ends: tuple[str, str]


def card(estimate: Estimate) -> Card:
    drawn, ends = _drawn(estimate)
    agreed = not estimate.separation.standard_basis
    told = (TITLES[estimate.verdict], MEANS[estimate.verdict], addressed(estimate.why), estimate.verdict)
    title, means, why, verdict = told if agreed else map(without_standard, told)
    return Card(
        estimate=estimate,
        name=words.capital(plain(estimate.separation.outcome)),
        title=title,
        means=means,
        why=why,
        verdict=verdict,
        chip=CHIPS.get(estimate.verdict, "open"),
        facts=facts(estimate),
        raw=raw(estimate),
        range=drawn,
        ends=ends,
    )


def addressed(why: str) -> str:
    """The same sentences, to the person they are about."""
    for pattern, you in TO_YOU:
        why = re.sub(pattern, you, why)
    return why


def without_standard(text: str) -> str:
    """Where nobody has agreed a standard there is a line only, to compare with."""
    return re.sub(
        r"\bthe standard\b", "the line", re.sub(r"\b(below|meets) standard\b", r"\1 the line", text)
    )


def facts(estimate: Estimate) -> list[tuple[str, str]]:
    separation = estimate.separation
    unit = separation.unit
    return [
        ("Cases you served", f"{estimate.n:,}, in {words.counted(estimate.mechanisms, 'mechanism')}"),
        ("On the usual mix of work", _amount(estimate.adjusted, unit)),
        ("As well anything from", _interval(estimate, unit)),
        ("The usual person", _amount(separation.usual, unit)),
        ("The line" if separation.standard_basis else "The standard", _amount(separation.standard, unit)),
        ("Chance of being on its wrong side", _chance(estimate.p_below)),
        ("How much the cases tell", _told(estimate.reliability)),
    ]


def raw(estimate: Estimate) -> str:
    """Your raw number, and what is in it besides you."""
    unit = estimate.separation.unit
    if estimate.raw is None:
        return ""
    told = (
        f"Your raw number is {_amount(estimate.raw, unit)}. It holds what you did together with what came your way: "
        "which mechanisms, which team, which weeks, which customers, and luck."
    )
    if estimate.adjusted is None or estimate.verdict == "cannot be separated":
        return told
    apart = estimate.raw - estimate.adjusted
    if abs(apart) < 1e-9:
        return told
    size = (
        words.share(abs(apart)).replace(" %", " points") if unit == "share" else _amount(abs(apart), unit, 0)
    )
    side = "lower" if apart < 0 else "higher"
    return f"{told} It lies {size} {side} than what you would reach on the usual mix; that part is the work and chance."


def _drawn(estimate: Estimate) -> tuple[Range | None, tuple[str, str]]:
    """Everything on one scale; nothing is drawn where person and work cannot be told apart."""
    separation = estimate.separation
    low, high, value = estimate.low, estimate.high, estimate.adjusted
    scale = scale_over([low, high, value, separation.usual, separation.standard, estimate.raw])
    if scale is None or low is None or high is None or estimate.verdict == "cannot be separated":
        return None, ("", "")
    drawn = Range(
        scale.at(value), scale.at(low), scale.at(high),
        scale.at(separation.usual), scale.at(separation.standard), scale.at(estimate.raw),
    )  # fmt: skip
    worse, better = ("worse", "better") if separation.good == "high" else ("better", "worse")
    ends = (_amount(end, separation.unit, 0) for end in (scale.low, scale.high))
    return drawn, tuple(f"{end} · {side}" for end, side in zip(ends, (worse, better), strict=True))


def _interval(estimate: Estimate, unit: str) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    return f"{_amount(estimate.low, unit)} to {_amount(estimate.high, unit)}"


def _chance(p: float | None) -> str:
    if p is None:
        return ""
    return "below 1 in 1,000" if p < 0.001 else "above 999 in 1,000" if p > 0.999 else words.share(p)


def _told(reliability: float | None) -> str:
    """Of the differences between people, the share that these cases can show."""
    return (
        "" if reliability is None else f"{words.share(reliability)} of what would be known with endless cases"
    )


def _amount(x: float | None, unit: str, more: int = 1) -> str:
    return "" if x is None else words.value(x, "" if unit == "score" else unit, more)
