"""A small grammar of what customers write: topic, tone and language in, one text out.

The word lists lie in `data/words/`, one file a language. `{a|b}` takes one of the alternatives, `<name>`
is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import numpy as np

from .mechanisms import load

LANGUAGES = ("en", "de", "es", "fr", "nl")
COMPLAINING = ("furious", "polite", "terse", "rambling", "sarcastic")
TONE_SHARES = (0.22, 0.27, 0.20, 0.17, 0.14)
INNERMOST = re.compile(r"\{([^{}]*)\}")
NO_LETTERS = re.compile(r"[\W\d_]+")
SLOT = re.compile(r"<(\w+)>")
CURRENCY = {"en": "£{}", "de": "{} Euro", "es": "{} euros", "fr": "{} euros", "nl": "{} euro"}
Choice = TypeVar("Choice")


class Dice:
    """Random choices from a generator, drawn in blocks because single draws are slow."""

    def __init__(self, rng: np.random.Generator, block: int = 4096) -> None:
        self._draws = self._stream(rng, block)

    @staticmethod
    def _stream(rng: np.random.Generator, block: int) -> Iterator[float]:
        while True:
            yield from rng.random(block).tolist()

    def pick(self, choices: Sequence[Choice]) -> Choice:
        return choices[int(next(self._draws) * len(choices))]

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` up to and with `high`."""
        return low + int(next(self._draws) * (high - low + 1))

    def chance(self, share: float) -> bool:
        return next(self._draws) < share


@dataclass(frozen=True, slots=True)
class Wish:
    """What a text is to be about."""

    topic: str
    tone: str
    language: str
    product: str
    order: str


class Writer:
    """Writes texts, seldom twice the same: one that differs in numbers or product only is tried again."""

    def __init__(self, dice: Dice, tries: int = 6) -> None:
        self.dice, self._tries = dice, tries
        self._seen: set[str] = set()

    def write(self, wish: Wish) -> str:
        """A text for a wish; the caller's alone are meant to be alike."""
        text = compose(wish, self.dice)
        for _ in range(self._tries if wish.topic != "caller" else 0):
            if self._gist(text, wish) not in self._seen:
                break
            text = compose(wish, self.dice)
        self._seen.add(self._gist(text, wish))
        return text

    @staticmethod
    def _gist(text: str, wish: Wish) -> str:
        return NO_LETTERS.sub("", text.lower().replace(wish.product.lower(), ""))


def compose(wish: Wish, dice: Dice) -> str:
    """One text. An unknown topic, tone or language raises KeyError."""
    words = _words(wish.language)
    if wish.topic == "caller":
        return _fill(_words("en")["caller"], wish, dice)
    parts = [pattern for pattern in _parts(words, wish, dice) if pattern]
    sentences = [_capital(_fill(pattern, wish, dice).strip()) for pattern in parts]
    joint = "\n" if wish.tone == "polite" and dice.chance(0.6) else " "
    return _roughen(joint.join(sentence for sentence in sentences if sentence), wish.tone, dice)


def phrases() -> dict[str, str]:
    """The phrase that came into the signals with the new product, by language."""
    return {language: _words(language)["phrase"] for language in LANGUAGES}


@cache
def _words(language: str) -> dict[str, Any]:
    return load(f"words/{language}.toml")


def _parts(words: dict[str, Any], wish: Wish, dice: Dice) -> list[str]:
    tone, more = words["tones"][wish.tone], words["more"]
    core = dice.pick(words["topics"][wish.topic])
    opening, closing = dice.pick(tone["open"]), dice.pick(tone["close"])
    if wish.tone in ("terse", "thankful") or wish.topic in ("praise", "question"):
        return [opening, core, closing]
    aside, consequence, detail = (dice.pick(more[kind]) for kind in ("asides", "consequences", "details"))
    if wish.tone == "rambling":
        return [opening, aside, core, detail, consequence, closing]
    middle = [core, detail if dice.chance(0.5) else "", consequence if dice.chance(0.45) else ""]
    return [opening if dice.chance(0.7) else "", *middle, closing if dice.chance(0.7) else ""]


def _fill(pattern: str, wish: Wish, dice: Dice) -> str:
    while True:
        pattern, found = INNERMOST.subn(lambda match: dice.pick(match[1].split("|")), pattern)
        if not found:
            return SLOT.sub(lambda match: SLOTS[match[1]](wish, dice), pattern)


def _amount(wish: Wish, dice: Dice) -> str:
    decimals = dice.pick(("", ".50", ".90", ".95"))
    amount = f"{dice.between(9, 240)}{decimals}"
    return CURRENCY[wish.language].format(amount if wish.language == "en" else amount.replace(".", ","))


SLOTS: dict[str, Callable[[Wish, Dice], str]] = {
    "product": lambda wish, dice: wish.product,
    "order": lambda wish, dice: wish.order,
    "days": lambda wish, dice: str(dice.between(2, 19)),
    "minutes": lambda wish, dice: str(dice.between(11, 75)),
    "n": lambda wish, dice: str(dice.between(2, 6)),
    "nth": lambda wish, dice: dice.pick(("second", "third", "fourth", "fifth")),
    "time": lambda wish, dice: (
        f"{dice.between(8, 20)}:{dice.pick(('00', '10', '15', '20', '30', '40', '45', '50'))}"
    ),
    "weekday": lambda wish, dice: dice.pick(_words(wish.language)["weekdays"]),
    "amount": _amount,
}


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _roughen(text: str, tone: str, dice: Dice) -> str:
    """People shout, skip capitals and mistype."""
    if tone == "furious" and dice.chance(0.25):
        text = _shout(text, dice)
    elif tone == "terse" and dice.chance(0.3):
        text = text.lower().rstrip(".")
    return _mistype(text, dice) if dice.chance(0.12) else text


def _shout(text: str, dice: Dice) -> str:
    words = text.split(" ")
    place = dice.between(0, len(words) - 1)
    words[place : place + 3] = [word.upper() for word in words[place : place + 3]]
    return " ".join(words).rstrip(".") + "!" * dice.between(1, 3)


def _mistype(text: str, dice: Dice) -> str:
    place = dice.between(1, max(1, len(text) - 3))
    if not text[place : place + 2].isalpha():
        return text
    return text[:place] + text[place + 1 : place + 2] + text[place] + text[place + 2 :]
