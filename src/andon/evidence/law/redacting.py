"""Third parties leave a text that one person takes away: names, addresses and numbers of others are replaced.

Everybody is found by their whole name, and by their first name where it is no word that means something else; whom the
person works with by each part of their name. Whoever is addressed as Mr or Ms is somebody, known or not. A short staff
number is no mere count only behind a word that says so.

Whoever appears twice has the same mark, so that the text can still be followed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

ADDRESS = re.compile(r"[\w.+\-]+@[\w\-]+(\.[\w\-]+)+")
SHORTEST_PART, SHORTEST_NUMBER = 3, 5
ADDRESSED = re.compile(r"\b((?:Mrs|Mr|Ms|Mx|Miss|Dr|Prof|Herrn?|Frau)\b\.?)\s+(?!\[)([^\W\d_][\w'’-]+)")
NUMBERED = re.compile(
    r"((?:staff|employee|agent|worker|colleague|personnel|number|id|no|nr|mitarbeiter(?:in)?|personalnummer|nummer)\b\.?"
    r"(?:[ ](?:number|id|no\.?|nr\.?))?[ :#]*|#)(\d{1,4})\b",
    re.IGNORECASE,
)
MEANS_ELSE = frozenset(
    {
        "may",
        "april",
        "june",
        "august",
        "march",
        "mai",
        "juni",
        "juli",
        "will",
        "mark",
        "hope",
        "joy",
        "bill",
        "grant",
    }
    | {
        "rich",
        "grace",
        "faith",
        "old",
        "new",
        "the",
        "one",
        "two",
        "agent",
        "manager",
        "service",
        "customer",
        "team",
    }
)
"""First names that are words, or the like of words: of whom the person does not work with they are left alone."""


class Named(str):
    """A name that is told on purpose: who wrote something or read it. It is left as it is."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody else who may occur in a text. Whom the person works with is also found by first or last name."""

    key: int
    name: str
    email: str
    number: str
    near: bool = False


@dataclass
class Redactor:
    """Replaces everybody in `others`, and every e-mail address but the person's own."""

    name: str
    email: str
    others: Iterable[Known]
    marks: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._who: dict[str, int] = {}
        own = set(self.name.casefold().split())
        for other in self.others:
            for form in _forms(other, own):
                self._who.setdefault(form, other.key)
        self._pattern = _any_of(self._who)
        parts = {first: other.key for other in self.others for first in _first(other, own)}
        parts |= {part: other.key for other in self.others if other.near for part in _parts(other, own)}
        self._parts, self._part = parts, _any_of(parts, exact=True)
        self._numbers = {other.number: other.key for other in self.others if other.number.isdigit()}

    def text(self, said: str) -> str:
        """The text without others."""
        said = ADDRESS.sub(self._address, said)
        if self._pattern:
            said = self._pattern.sub(lambda found: self._mark(self._who[_folded(found[0])]), said)
        if self._part:
            said = self._part.sub(lambda found: self._mark(self._parts[found[0]]), said)
        said = NUMBERED.sub(self._number, said)
        return ADDRESSED.sub(self._addressed, said)

    def _number(self, found: re.Match) -> str:
        key = self._numbers.get(found[2])
        return found[0] if key is None else found[1] + self._mark(key)

    def _addressed(self, found: re.Match) -> str:
        own = set(self.name.casefold().split())
        if not found[2][0].isupper() or found[2].strip().casefold() in own:
            return found[0]
        return f"{found[1]} " + _("[a name]")

    def anything(self, value: Any) -> Any:
        """The same in lists and dicts, whatever they hold."""
        if isinstance(value, Named):
            return str(value)
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self.anything(inner) for key, inner in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.anything(inner) for inner in value]
        return value

    def _address(self, found: re.Match) -> str:
        return found[0] if found[0].casefold() == self.email.casefold() else _("[an address]")

    def _mark(self, key: int) -> str:
        number = len(self.marks) + 1
        return self.marks.setdefault(key, _("[person %(number)d]") % {"number": number})


def _forms(other: Known, own: set[str]) -> Iterable[str]:
    """Ways in which somebody is written: in full, last name first, and by number where that is no mere count."""
    words = other.name.split()
    if len(words) > 1:
        yield _folded(other.name)
        yield _folded(f"{words[-1]}, {' '.join(words[:-1])}")
    elif words and len(words[0]) >= SHORTEST_PART and words[0].casefold() not in own:
        yield _folded(other.name)
    if len(other.number) >= SHORTEST_NUMBER or (len(other.number) > 2 and not other.number.isdigit()):
        yield _folded(other.number)


def _first(other: Known, own: set[str]) -> Iterable[str]:
    """The first name, of people with more than one."""
    words = other.name.split()
    if len(words) > 1 and words[0][0].isupper():
        first = words[0]
        if len(first) >= SHORTEST_PART and first.casefold() not in own | MEANS_ELSE:
            yield first


def _parts(other: Known, own: set[str]) -> Iterable[str]:
    for word in other.name.split():
        if len(word) >= SHORTEST_PART and word.casefold() not in own:
            yield word


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _loose(text: str) -> str:
    return r"\s+".join(re.escape(word) for word in text.split())


def _any_of(forms: Iterable[str], exact: bool = False) -> re.Pattern | None:
    """Longest first, as whole words; in any case and with any blanks unless `exact`."""
    longest = sorted(forms, key=len, reverse=True)
    if not longest:
        return None
    inner = "|".join(re.escape(form) if exact else _loose(form) for form in longest)
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)", re.NOFLAG if exact else re.IGNORECASE)
