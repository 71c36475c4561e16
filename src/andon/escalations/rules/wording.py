"""What to ask instead where a text speaks of somebody: the same in terms of the mechanism. It never stops anybody.

Pure: a text, the names that were found in it, and the mechanism in; a question to put in their place out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST = 20_000  # characters that are looked at

SOMEBODY = (
    r"he|she|they|agent|colleague|operator|clerk|employee|temp|trainee|newcomer|manager|somebody|someone|who(?:ever)?"
    r"|er|sie|jemand|mitarbeiter(?:in)?|kolleg(?:e|in)|wer"
)
PATTERNS: tuple[tuple[str, Lazy], ...] = (
    (
        r"forgot(?:ten)?|overlooked|missed|did(?: not|n['’]t) (?:notice|check|see|remember)|vergessen|übersehen",
        gettext_lazy("What would have made it impossible to miss this step in %(mechanism)s?"),
    ),
    (
        r"did(?: not|n['’]t) know|was(?: not|n['’]t) (?:told|trained)|had no idea|wusste nicht|kannte nicht",
        gettext_lazy("Where would %(mechanism)s have told whoever does this work what they needed to know?"),
    ),
    (
        r"too slow|took too long|was late|let (?:it|them|her|him) wait|zu langsam|zu spät",
        gettext_lazy("What made this take longer in %(mechanism)s than customers can wait?"),
    ),
    (
        r"ignored|refused|would(?: not|n['’]t)|did(?: not|n['’]t) (?:care|follow|use|bother)|skipped|bypassed"
        r"|ignoriert|nicht befolgt|umgangen",
        gettext_lazy("What made it sensible, at that moment, to go past %(mechanism)s?"),
    ),
    (
        r"mistakes?|wrong(?:ly)?|error|mixed up|confused|mistyped|entered|careless|fault|to blame|blames?"
        r"|falsch|verwechselt|fehler|schuld",
        gettext_lazy("What in %(mechanism)s made this easy to get wrong, and hard to notice?"),
    ),
)
INSTEAD = gettext_lazy("What did %(mechanism)s let happen?")
COMPILED = tuple((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), instead) for words, instead in PATTERNS)
ABOUT_SOMEBODY = re.compile(rf"\b(?:{SOMEBODY})\b[^.!?\n]{{0,60}}", re.IGNORECASE)
BLAME = re.compile(r"\b(?:fault|to blame|blames?|careless|schuld)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Offer:
    """Who is named, and what could be asked instead; `names` is empty where somebody is meant without a name."""

    names: tuple[str, ...]
    instead: str


def offer(text: str, names: Sequence[str], mechanism: str = "") -> Offer | None:
    """What to offer for this text; None where it speaks of what happened."""
    text = text[:LONGEST]
    said = _sentences_about(text, names)
    if not said:
        return None
    about = {"mechanism": mechanism or _("the process")}
    found = next((instead for words, instead in COMPILED if any(words.search(one) for one in said)), None)
    if not names and found is None:
        return None
    return Offer(tuple(names), str(found or INSTEAD) % about)


def _sentences_about(text: str, names: Sequence[str]) -> list[str]:
    """The sentences in which somebody is named, else those where somebody is said to have done something."""
    sentences = re.split(r"(?<=[.!?])\s+|\n+", text)
    if names:
        named = re.compile("|".join(re.escape(name) for name in names), re.IGNORECASE)
        return [one for one in sentences if named.search(one)]
    return [one for one in sentences if _somebody_did(one) or BLAME.search(one)]


def _somebody_did(sentence: str) -> bool:
    return any(
        words.search(about[0]) for about in ABOUT_SOMEBODY.finditer(sentence) for words, _instead in COMPILED
    )
