"""The head of a message or part: fields as they came, found by name in any case, unfolded when asked for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from andon.signals.mail.charsets import decode
from andon.signals.mail.words import decode_words

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:[ \t]*([^\n]*(?:\n[ \t]+[^\s][^\n]*)*)(?:\n|\Z)")
_BLANK = re.compile(rb"[ \t]*\r?(?:\n|\Z)")
_FROM_LINE = re.compile(rb">?From [^\n]*(?:\n|\Z)")
_FOLD = re.compile(r"\r?\n[ \t]*|\r")
LONGEST = 200_000  # characters of one field that are looked at; a head of megabytes is somebody's attack


@dataclass(frozen=True)
class Headers:
    """The fields of one head, topmost first: (name in lower case, value as bytes, still folded)."""

    fields: tuple[tuple[str, bytes], ...] = ()

    def all(self, name: str) -> Iterator[bytes]:
        """Every value of this field, topmost first."""
        return (value for field, value in self.fields if field == name)

    def raw(self, name: str) -> str:
        """The topmost value, unfolded, encoded words still encoded; "" where there is none."""
        return next((unfolded(value) for value in self.all(name)), "")

    def text(self, name: str) -> str:
        """The topmost value that says anything, readable."""
        values = (decode_words(unfolded(value)).strip() for value in self.all(name))
        return next((value for value in values if value), "")

    def __contains__(self, name: object) -> bool:
        return any(field == name for field, _value in self.fields)


def unfolded(value: bytes) -> str:
    text, _note = decode(value[:LONGEST])
    return _FOLD.sub(" ", text).strip()


def read_head(raw: bytes, start: int, end: int) -> tuple[Headers, int]:
    """The fields from `start`, and where the body begins.

    A line that is no field ends the head as an empty one would: some senders forget the empty line.
    """
    fields: list[tuple[str, bytes]] = []
    at = _skip(raw, start, end)
    while at < end:
        field = _FIELD.match(raw, at, end)
        if field:
            fields.append((field[1].decode("ascii").lower(), field[2]))
            at = field.end()
            continue
        blank = _BLANK.match(raw, at, end)
        if blank and not (blank.end() - at > 2 and _FIELD.match(raw, blank.end(), end)):
            return Headers(tuple(fields)), blank.end()
        if not blank:
            return Headers(tuple(fields)), at
        at = blank.end()
    return Headers(tuple(fields)), end


def _skip(raw: bytes, at: int, end: int) -> int:
    """Past the "From " line of an mbox, a byte order mark and empty lines on top."""
    if raw.startswith(b"\xef\xbb\xbf", at):
        at += 3
    for _line in range(20):
        found = _FROM_LINE.match(raw, at, end) or re.compile(rb"[ \t\r]*\n").match(raw, at, end)
        if not found or found.end() == at:
            break
        at = found.end()
    return at
