"""Where a text stops being its sender's and another message begins."""

import re
from dataclasses import dataclass
from typing import Literal

from andon.signals.mail.addresses import mailbox
from andon.signals.mail.forwards import phrases
from andon.signals.mail.forwards.blocks import Block, read_block, read_unknown, read_unmarked
from andon.signals.mail.forwards.labels import labelled
from andon.signals.mail.forwards.lines import Line, lines_of
from andon.signals.mail.letter import NOBODY, Address

LOOKED_AT = 200_000  # characters: what stands below is somebody's log file
How = Literal["announced", "original", "fields", "wrote"]
_DIGIT = re.compile(r"\d")
_QUOTED_NAME = re.compile(r"[\"„“«']\s*([^\"“”»„«']{2,80}?)\s*[\"“”»']")
_STOPS = {
    "am", "pm", "um", "at", "schrieb", "skrev", "heeft", "użytkownik", "používateľ", "пользователь",
    "időpontban", "wrote", "a", "écrit", "escribió", "scritto", "ha", "den", "d.", "à", "às", "kl.",
    "klo", "uhr", "le", "el", "il", "on", "op", "gmt", "utc", "cet", "cest", "em", "dne", "dnia",
    "vid", "från", "fra", "uur",
}  # fmt: skip


@dataclass(frozen=True)
class Boundary:
    """What introduces the other message, the lines it takes, and what it says of that message.

    `how`: "announced" (a line says that it is forwarded), "original" ("Original message", or a rule: said of
    forwards and answers alike), "fields" (nothing but its fields), "wrote" ("Ada wrote:").
    """

    how: How
    begins: int
    ends: int
    depth: int
    sender: Address = NOBODY
    fields: tuple[tuple[str, str], ...] = ()

    def field(self, role: str) -> str:
        return dict(self.fields).get(role, "")


@dataclass(frozen=True)
class Opening:
    """The beginning of a text as lines, where another message begins in it, and what is too far below to look at."""

    lines: list[Line]
    met: Boundary | None
    rest: str = ""

    @classmethod
    def of(cls, text: str) -> "Opening":
        cut = len(text) if len(text) <= LOOKED_AT else text.rfind("\n", 0, LOOKED_AT) + 1 or LOOKED_AT
        lines = lines_of(text[:cut])
        return cls(lines, first_boundary(lines), text[cut:])


def first_boundary(lines: list[Line], at: int = 0) -> Boundary | None:
    """The first from this line on, or None where all is one message."""
    for index in range(at, len(lines)):
        said = lines[index].said
        if said:
            found = (
                _announced(lines, index, said) or _fields(lines, index, said) or _wrote(lines, index, said)
            )
            if found:
                return found
    return None


def _announced(lines: list[Line], at: int, said: str) -> Boundary | None:
    line = phrases.dashed(said)
    if line:
        return _dashed(lines, at, *line)
    if phrases.announces_forward(said):
        block = _sound(read_block(lines, at + 1)) or read_unknown(lines, at + 1)
        return _of_block("announced", at, block) if block else None
    if said.endswith(phrases.COLONS) or phrases.is_rule(said):
        return _ruled(lines, at, said)
    return None


def _dashed(lines: list[Line], at: int, phrase: str, rest: str) -> Boundary | None:
    """What is between the dashes says "forwarded"; anything else above fields is said of answers too."""
    listed = read_block(lines, at + 1, rest)
    block = listed or read_unmarked(lines, at + 1) or read_unknown(lines, at + 1)
    forwarded = bool(phrases.FORWARDED.search(phrase))
    known = forwarded or bool(phrases.ORIGINAL.search(phrase))
    how: How = "announced" if forwarded else "original"
    if block and (known or not listed or block.sound):
        return _of_block(how, at, block)
    return Boundary(how, at, at + 1, lines[at].depth) if known else None


def _ruled(lines: list[Line], at: int, said: str) -> Boundary | None:
    """A rule above fields is Outlook's; a line with a colon above quoted fields announces a forward."""
    block = _sound(read_block(lines, at + 1))
    if not block:
        return None
    if phrases.is_rule(said):
        return _of_block("original", at, block)
    announced = block.depth > 0 and len(said) < 90 and not labelled(said)
    return _of_block("announced", at, block) if announced else None


def _fields(lines: list[Line], at: int, said: str) -> Boundary | None:
    if not labelled(said):
        return None
    block = _sound(read_block(lines, at))
    return _of_block("fields", at, block) if block else None


def _sound(block: Block | None) -> Block | None:
    return block if block and block.sound else None


def _of_block(how: How, at: int, block: Block) -> Boundary:
    return Boundary(how, at, block.ends, block.depth, block.sender, tuple(block.fields.items()))


def _wrote(lines: list[Line], at: int, said: str) -> Boundary | None:
    """Of one line, or of up to three that a mail program wrapped."""
    if not _may_begin(said) and not said.endswith(phrases.COLONS):
        return None
    text, depth = said, lines[at].depth
    for last in range(at, min(at + 3, len(lines))):
        if lines[last].depth != depth or not lines[last].said or len(text) > phrases.LONGEST:
            return None
        text = said if last == at else f"{text} {lines[last].said}"
        if text.endswith(phrases.COLONS) and phrases.introduces_quote(
            text, _quoted_after(lines, last, depth)
        ):
            return Boundary("wrote", at, last + 1, depth, writer(text), (("date", _date(text)),))
    return None


def _quoted_after(lines: list[Line], at: int, depth: int) -> bool:
    """Whether the next words below are quoted more deeply."""
    return next((line.depth > depth for line in lines[at + 1 : at + 5] if line.said), False)


def _may_begin(text: str) -> bool:
    """Only a line with a date or an address is tried together with the next."""
    return "<" in text or "@" in text or _DIGIT.search(text) is not None


def writer(text: str) -> Address:
    """Who wrote, out of "On Monday, 3 May 2021, "Ada Byron" <ada@example.com> wrote:"."""
    found = mailbox(re.sub(r"[«»„“”]", '"', text))
    quoted = _QUOTED_NAME.search(text)
    if quoted and not quoted[1].strip().isdigit():
        return Address(quoted[1].strip(), found.address)
    before = re.split(r"[<(\[]", text, maxsplit=1)[0] if re.search(r"[<(\[]", text) else _without_verb(text)
    return Address(_last_words(before), found.address)


def _without_verb(text: str) -> str:
    verb = phrases.WROTE.search(text)
    return text[: verb.start()] if verb and verb.start() > 3 else text


def _last_words(text: str) -> str:
    words: list[str] = []
    for word in reversed(text.replace(",", " , ").split()):
        stops = (
            any(sign.isdigit() for sign in word)
            or word.casefold() in _STOPS
            or (word == "," and len(words) > 1)
        )
        if stops and words:
            break
        if not stops and word != ",":
            words.append(word)
    return " ".join(reversed(words)).strip(" :\"'")[:120]


def _date(text: str) -> str:
    found = re.search(r"\d[\d./: ,-]{5,30}\d", text)
    return found[0] if found else ""
