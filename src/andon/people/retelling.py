"""What was kept in English, said in the language of whoever reads.

Sentences that are computed (what a chart shows, why a condition is not met) are kept as text, in English, the language
of the sources. A reader of another language gets them from the catalogue: the text is matched with the sentences that
Andon can say, places and all, and each place is read in the same way. Of several readings the one counts that explains
most letters; what nothing explains, such as the name of a mechanism, stays as it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andon.people import saying
from andon.people.catalogues import LETTER, PLACE, Catalogue, Pattern, catalogue, plain
from andon.plots import words

MONTH = f"(?P<month>{'|'.join(words.MONTHS)})"
DAY = re.compile(rf"(?P<day>\d{{1,2}}) {MONTH} (?P<year>\d{{4}})(?P<time>, \d\d:\d\d)?")
WHOLE_MONTH = re.compile(rf"{MONTH} (?P<year>\d{{4}})")
FIGURES = re.compile(
    r"[-−+]?\d[\d,]*(\.\d+)?(e[-+]?\d+)?( ?%)?( (trillion|billion|million|min|[dhs]))?( \d+ (h|min|s))*"
)
BORDER = re.compile(r"(?= |,(?!\d)|;|:|\.(?!\d)|\(|$)")
COUNT = {word: n for n, word in enumerate(words.SMALL)}
END = re.compile(r"(?<=[.!?”])\s(?=\W*[A-ZÀ-Þ0-9])")
JOINS = (", or ", ", and ", ", nor ", "; ", ", ", " and ", " or ", ": ", " · ", " = ")
TYPED = {
    "day": DAY,
    "day2": DAY,
    "month": WHOLE_MONTH,
    "year": re.compile(r"\d{4}"),
}
OWN_WORD = re.compile(r"“([^“”]*)”")
NUMBERED = re.compile(r"(\d{1,2}\. )(.+)", re.DOTALL)
UNIT = re.compile(r"(?P<figures>[-−+]?\d[\d,]*(\.\d+)?)(?P<unit> \D+)")
QUOTED = ("“", "”")
SIGNS = {"; ", ", ", ": ", " · ", " = "}
LONGEST = 4000
MOST_WAYS = 60
MOST_KNOWN = 50_000
NEARLY_ALL = 9  # of ten for each letter: better readings are not looked for


@dataclass(frozen=True, slots=True)
class Told:
    """A text in the other language, and how much of it was ours: ten for a letter, less one for each pattern."""

    text: str
    weight: int


def retold(text: Any) -> str:
    """A kept sentence, or several, in the language that is active; as it is where nothing of it is known."""
    text = str(text)
    language = translation.get_language() or "en"
    if not text or language.startswith("en") or len(text) > LONGEST:
        return text
    return "\n".join(_told(line, language).text for line in text.split("\n"))


def retold_if_ours(text: str) -> str:
    """Where somebody may have written it themselves: told only if nearly all of it is a sentence of ours."""
    return retold(text) if share_known(text) >= NEARLY_ALL / 10 else text


def share_known(text: str) -> float:
    """How much of its letters are words of ours in English, from 0 to 1; for tests of pages."""
    told = _told(text, translation.get_language() or "en")
    return max(told.weight, 0) / max(_letters(text), 1)


def _told(text: str, language: str) -> Told:
    reader = _reader(language)
    if len(reader.read) > MOST_KNOWN:
        reader.read.clear()
    return reader.told(text)


@cache
def _reader(language: str) -> "_Reader":
    return _Reader(catalogue(language))


class _Reader:
    """Reads one text; what was read once is known, as pieces recur."""

    def __init__(self, known: Catalogue) -> None:
        self.catalogue = known
        self.read: dict[str, Told] = {}

    def told(self, text: str) -> Told:
        """The reading that explains most."""
        if text not in self.read:
            self.read[text] = Told(text, 0)  # meanwhile: a piece is never read by way of itself
            self.read[text] = self._several(text)
        return self.read[text]

    def _several(self, text: str) -> Told:
        best = self._one(text)
        for found in END.finditer(text):
            first, rest = self._one(text[: found.start()]), self.told(text[found.end() :])
            both = Told(f"{first.text} {rest.text}", first.weight + rest.weight)
            best = max(best, both, key=_weight)
        return best

    def _one(self, text: str) -> Told:
        """As one sentence, one phrase or one word."""
        if text in self.catalogue.fixed:
            return Told(self.catalogue.fixed[text], _letters(text))
        if found := OWN_WORD.fullmatch(text):
            return Told(_("“%(text)s”") % {"text": found[1]}, 0)
        if found := NUMBERED.fullmatch(text):
            rest = self.told(found[2])
            return Told(f"{found[1]}{rest.text}", rest.weight)
        if (figures := _figures(text)) is not None:
            return figures
        best = self._patterns(text, Told(text, 0))
        lower = text[:1].lower() + text[1:]
        if lower != text and (inside := self._lower(lower)).weight > best.weight:
            best = Told(words.capital(inside.text), inside.weight)
        if best.weight < _enough(text):
            best = max(best, self._stopped(text), self._joined(text), key=_weight)
        return best if best.weight else _amount(text)

    def _stopped(self, text: str) -> Told:
        """A phrase that stands as a sentence."""
        if not text.endswith("."):
            return Told(text, 0)
        phrase = self.told(text[:-1])
        return Told(f"{phrase.text}.", phrase.weight - 1)

    def _lower(self, text: str) -> Told:
        """As it would stand inside a sentence."""
        if text in self.catalogue.fixed:
            return Told(self.catalogue.fixed[text], _letters(text) - 1)
        return self._patterns(text, Told(text, 0))

    def _patterns(self, text: str, best: Told) -> Told:
        for one in self.catalogue.candidates(text):
            if best.weight >= _enough(text):
                break
            for values in _fillings(text, one.literals):
                told = self._filled(one, values)
                if told and told.weight > best.weight:
                    best = told
        return best

    def _filled(self, one: Pattern, values: Sequence[str]) -> Told | None:
        weight, given = one.weight - 2 + one.typed, {}
        for i, (place, value) in enumerate(zip(one.places, values, strict=True)):
            if place in TYPED and not TYPED[place].fullmatch(value):
                return None
            told = self._value(value, one.literals[i], one.literals[i + 1])
            given[place] = told.text
            weight += told.weight
        if one.forms is None:
            return Told(one.said % given, weight)
        n = _count(values[0])
        return (
            None if n is None else Told(PLACE.sub(r"%(\1)s", plain(ngettext(*one.forms, n))) % given, weight)
        )

    def _value(self, text: str, before: str, after: str) -> Told:
        """What stands in a place; between quotation marks it is somebody’s own word."""
        if not text or (before.endswith(QUOTED[0]) and after.startswith(QUOTED[1])):
            return Told(text, 0)
        return self.told(text)

    def _joined(self, text: str) -> Told:
        """A list of things of which some are ours."""
        for join in JOINS:
            pieces = text.split(join)
            if len(pieces) > 1:
                told = [self.told(piece) for piece in pieces]
                weight = sum(one.weight for one in told)
                if weight and (join in SIGNS or all(map(_is_ours, pieces, told))):
                    said = self.catalogue.fixed.get(join, join)
                    return Told(said.join(one.text for one in told), weight)
        return Told(text, 0)


def _enough(text: str) -> int:
    return NEARLY_ALL * _letters(text) // 10


def _amount(text: str) -> Told:
    """A figure with a unit of somebody’s own."""
    if found := UNIT.fullmatch(text):
        return Told(f"{saying.figures(found['figures'])}{found['unit']}", 0)
    return Told(text, 0)


def _is_ours(text: str, told: Told) -> bool:
    """Joined with words only where no piece is a name: “Returns and refunds” may be one."""
    return told.weight > 0 or bool(OWN_WORD.fullmatch(text) or FIGURES.fullmatch(text))


def _weight(told: Told) -> int:
    return told.weight


def _count(text: str) -> int | None:
    """A count in words or figures; None where it is none."""
    if text.lower() in COUNT:
        return COUNT[text.lower()]
    plain = text.replace(",", "")
    return int(plain) if plain.isdecimal() else None


def _figures(text: str) -> Told | None:
    """Numbers and days; None where it is neither."""
    if text.lower() in COUNT:
        said = saying.few(COUNT[text.lower()])
        return Told(words.capital(said) if text[0].isupper() else said, _letters(text))
    if FIGURES.fullmatch(text):
        return Told(saying.figures(text), _letters(text))
    if found := DAY.fullmatch(text):
        return Told(f"{saying.day(_date(found))}{found['time'] or ''}", 10 * len(found["month"]))
    if found := WHOLE_MONTH.fullmatch(text):
        month = date(int(found["year"]), 1 + words.MONTHS.index(found["month"]), 1)
        return Told(saying.month(month), 10 * len(found["month"]))
    return None


def _date(found: re.Match[str]) -> date:
    return date(int(found["year"]), 1 + words.MONTHS.index(found["month"]), int(found["day"]))


def _fillings(text: str, literals: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """What may stand in the places, so that text and literals agree; not more ways than are worth a look."""
    if text.startswith(literals[0]):
        yield from islice(_filling(text, len(literals[0]), literals[1:]), MOST_WAYS)


def _filling(text: str, at: int, literals: Sequence[str]) -> Iterator[tuple[str, ...]]:
    first, *rest = literals
    if not rest:
        end = len(text) - len(first)
        if end >= at and text.endswith(first):
            yield (text[at:end],)
        return
    for end in _places(text, first, at):
        for more in _filling(text, end + len(first), rest):
            yield (text[at:end], *more)


def _places(text: str, literal: str, at: int) -> Iterator[int]:
    """Where a literal stands from `at` on; an empty one between two places, at the borders of words."""
    if not literal:
        yield from (found.start() for found in BORDER.finditer(text, at))
        return
    place = text.find(literal, at)
    while place >= 0:
        yield place
        place = text.find(literal, place + 1)


def _letters(text: str) -> int:
    return 10 * len(LETTER.findall(text))
