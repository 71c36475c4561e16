"""The sentences of a language's catalogue as patterns: words of ours, with places between them."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import to_locale

PLACE = re.compile(r"%\((\w+)\)[sd]")
BRACES = re.compile(r"\{(\w+)\}")
WORD = re.compile(r"[^\W\d_]+")
TYPED = {"day", "day2", "month", "year"}
"""Places that hold only what they are called."""
LETTER = re.compile(r"[^\W\d_]")
NO_PATTERN = re.compile(r"<\w|https?:")


@dataclass(frozen=True, slots=True)
class Pattern:
    """`literals` stand before, between and after the `places`; `said` is it in the other language.

    `forms`, where it counts something: one and several of it, as gettext asks for them.
    """

    literals: tuple[str, ...]
    places: tuple[str, ...]
    said: str
    weight: int
    forms: tuple[str, str] | None = None

    @property
    def typed(self) -> int:
        return sum(place in TYPED for place in self.places)

    def may_be(self, text: str) -> bool:
        return text.startswith(self.literals[0]) and text.endswith(self.literals[-1])


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Fixed texts by what they are; patterns by the longest word that each of them holds."""

    fixed: dict[str, str]
    by_word: dict[str, tuple[Pattern, ...]]

    def candidates(self, text: str) -> list[Pattern]:
        """Those that may fit the text, the one with most letters of its own first."""
        found = [one for word in {*WORD.findall(text), ""} for one in self.by_word.get(word, ())]
        return sorted((one for one in found if one.may_be(text)), key=lambda one: (-one.weight, -one.typed))


@cache
def catalogue(language: str) -> Catalogue:
    """As compiled; empty where there is none. German that is English again is no pattern."""
    fixed: dict[str, str] = {}
    patterns: dict[Pattern, None] = {}
    for folder in settings.LOCALE_PATHS:
        path = Path(folder) / to_locale(language) / "LC_MESSAGES" / "django.mo"
        for kept, told in _messages(path.read_bytes()) if path.exists() else ():
            english, said = tuple(map(plain, kept)), tuple(map(plain, told))
            for text in english:
                if not PLACE.search(text):
                    fixed.setdefault(text.replace("%%", "%"), said[0].replace("%%", "%"))
                elif not NO_PATTERN.search(text):
                    patterns[pattern(text, said[0], kept)] = None
    return Catalogue(fixed, _by_word(list(patterns)))


def plain(text: str) -> str:
    """Places in one way of writing them: “{name}” is “%(name)s”."""
    return BRACES.sub(r"%(\1)s", text.replace("%", "%%")) if BRACES.search(text) else text


def pattern(text: str, said: str, forms: tuple[str, ...] = ()) -> Pattern:
    """A sentence of the catalogue, taken apart."""
    text, said = _one_sentence(text.replace("%%", "%"), said)
    parts = PLACE.split(text)
    literals = tuple(parts[::2])
    weight = 10 * sum(len(LETTER.findall(one)) for one in literals)
    counted = (forms[0], forms[1]) if len(forms) > 1 else None
    return Pattern(literals, tuple(parts[1::2]), PLACE.sub(r"%(\1)s", said), weight, counted)


def _one_sentence(text: str, said: str) -> tuple[str, str]:
    """Without the sentences that stand before or after it as places: they are read by themselves, or are missing."""
    for places in (re.compile(r"^%\(\w+\)s (?=[A-Z“])"), re.compile(r"(?<=[.!?]) %\(\w+\)s$")):
        found = places.search(text)
        if found and (said.startswith(found[0]) if found.start() == 0 else said.endswith(found[0])):
            text, said = places.sub("", text), places.sub("", said)
    return (text.rstrip(), said.rstrip()) if text.endswith(". ") else (text, said)


def _by_word(patterns: list[Pattern]) -> dict[str, tuple[Pattern, ...]]:
    found: dict[str, list[Pattern]] = {}
    for one in patterns:
        found.setdefault(max(_whole_words(one), key=len, default=""), []).append(one)
    return {word: tuple(some) for word, some in found.items()}


def _whole_words(one: Pattern) -> Iterator[str]:
    """Words that do not touch a place, where the rest of the word may be."""
    last = len(one.literals) - 1
    for i, literal in enumerate(one.literals):
        for found in WORD.finditer(literal):
            if (i == 0 or found.start()) and (i == last or found.end() < len(literal)):
                yield found[0]


def _messages(mo: bytes) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What and how it is said, of a compiled catalogue; one and several beside each other. Without contexts."""
    many, originals, translated = struct.unpack_from("<3I", mo, 8)
    for i in range(many):
        english, said = (_text(mo, table + 8 * i) for table in (originals, translated))
        if english and "\x04" not in english:
            yield tuple(english.split("\0")), tuple(said.split("\0"))


def _text(mo: bytes, at: int) -> str:
    length, start = struct.unpack_from("<2I", mo, at)
    return mo[start : start + length].decode()
