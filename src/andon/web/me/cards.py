"""One estimate in words that a person would want to read about themselves."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from andon.attribution.models import Estimate
from andon.attribution.outcomes import plain
from andon.people import saying
from andon.plots import words
from andon.web.system.ranges import Range, scale_over

TITLES = {
    "below standard": gettext_lazy("Below the standard, by more than chance and the work explain."),
    "meets standard": gettext_lazy("You meet the standard."),
    "cannot tell": gettext_lazy("The numbers cannot tell."),
    "cannot be separated": gettext_lazy("You and the work cannot be told apart."),
}
MEANS = {
    "below standard": gettext_lazy(
        "This is a statement of numbers about cases, and no more. It says nothing of why. It decides nothing: "
        "people do, after they have looked at the work first and heard you."
    ),
    "meets standard": gettext_lazy(
        "Whatever a raw number says, on the same work you do as well as the standard asks."
    ),
    "cannot tell": gettext_lazy(
        "That is an answer, and a common one. Nobody may read more into your raw number than this."
    ),
    "cannot be separated": gettext_lazy(
        "Nobody may take your raw number for yours: it is as much the work’s. Only cases in other work, or other "
        "people in yours, could tell the two apart."
    ),
}
VERDICTS = {
    "below standard": gettext_lazy("below standard"),
    "meets standard": gettext_lazy("meets standard"),
    "cannot tell": gettext_lazy("cannot tell"),
    "cannot be separated": gettext_lazy("cannot be separated"),
}
# Where nobody has agreed a standard there is a line only, to compare with.
LINE_TITLES = TITLES | {
    "below standard": gettext_lazy("Below the line, by more than chance and the work explain."),
    "meets standard": gettext_lazy("You meet the line."),
}
LINE_MEANS = MEANS | {
    "meets standard": gettext_lazy(
        "Whatever a raw number says, on the same work you do as well as the line asks."
    ),
}
LINE_VERDICTS = VERDICTS | {
    "below standard": gettext_lazy("below the line"),
    "meets standard": gettext_lazy("meets the line"),
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
    told = (TITLES, MEANS, VERDICTS) if agreed else (LINE_TITLES, LINE_MEANS, LINE_VERDICTS)
    title, means, verdict = (str(said[estimate.verdict]) for said in told)
    why = addressed(estimate.why)
    return Card(
        estimate=estimate,
        name=words.capital(plain(estimate.separation.outcome)),
        title=title,
        means=means,
        why=why if agreed else without_standard(why),
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
        (_("Cases you served"), _served(estimate)),
        (_("On the usual mix of work"), _amount(estimate.adjusted, unit)),
        (_("As well anything from"), _interval(estimate, unit)),
        (_("The usual person"), _amount(separation.usual, unit)),
        (
            _("The line") if separation.standard_basis else _("The standard"),
            _amount(separation.standard, unit),
        ),
        (_("Chance of being on its wrong side"), _chance(estimate.p_below)),
        (_("How much the cases tell"), _told(estimate.reliability)),
    ]


def _served(estimate: Estimate) -> str:
    told = ngettext("%(n)s, in %(few)s mechanism", "%(n)s, in %(few)s mechanisms", estimate.mechanisms)
    return told % {"n": saying.thousands(estimate.n), "few": saying.few(estimate.mechanisms)}


def raw(estimate: Estimate) -> str:
    """Your raw number, and what is in it besides you."""
    unit = estimate.separation.unit
    if estimate.raw is None:
        return ""
    told = _(
        "Your raw number is %(raw)s. It holds what you did together with what came your way: which mechanisms, "
        "which team, which weeks, which customers, and luck."
    ) % {"raw": _amount(estimate.raw, unit)}
    if estimate.adjusted is None or estimate.verdict == "cannot be separated":
        return told
    apart = estimate.raw - estimate.adjusted
    return told if abs(apart) < 1e-9 else f"{told} {_beside(apart, unit)}"


def _beside(apart: float, unit: str) -> str:
    size = {"size": _points(apart) if unit == "share" else _amount(abs(apart), unit, 0)}
    if apart < 0:
        return (
            _(
                "It lies %(size)s lower than what you would reach on the usual mix; that part is the work and "
                "chance."
            )
            % size
        )
    return (
        _(
            "It lies %(size)s higher than what you would reach on the usual mix; that part is the work and chance."
        )
        % size
    )


def _points(apart: float) -> str:
    return _("%(n)s points") % {"n": saying.value(abs(apart), "share").removesuffix(" %")}


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
    sides = (_("worse"), _("better"))
    ends = (_amount(end, separation.unit, 0) for end in (scale.low, scale.high))
    return drawn, tuple(
        f"{end} · {side}"
        for end, side in zip(ends, sides if separation.good == "high" else sides[::-1], strict=True)
    )


def _interval(estimate: Estimate, unit: str) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    ends = {"low": _amount(estimate.low, unit), "high": _amount(estimate.high, unit)}
    return _("%(low)s to %(high)s") % ends


def _chance(p: float | None) -> str:
    if p is None:
        return ""
    if p < 0.001:
        return _("below 1 in 1,000")
    return _("above 999 in 1,000") if p > 0.999 else saying.value(p, "share")


def _told(reliability: float | None) -> str:
    """Of the differences between people, the share that these cases can show."""
    if reliability is None:
        return ""
    share = saying.value(reliability, "share")
    return _("%(share)s of what would be known with endless cases") % {"share": share}


def _amount(x: float | None, unit: str, more: int = 1) -> str:
    return "" if x is None else saying.value(x, "" if unit == "score" else unit, more)
