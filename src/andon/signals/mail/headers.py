"""The head of a message or part: fields as they came, found by name in any case, unfolded when asked for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from andon.signals.mail.charsets import decode
from andon.signals.mail.words import decode_words

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:[ \t]*([^\n]*(?:\n[ \t]+[^\s][^\n]*)*)(?:\n|\Z)")
_BLANK = re.compile(rb"[ \t]*\r?(?:\n|\Z)")
_FROM_LINE = re.compile(rb">?From [^\n]*(?:\n|\Z)")
_EMPTY = re.compile(rb"[ \t\r]*\n")
_FOLD = re.compile(r"\r?\n[ \t]*|\r")
_KNOWN = re.compile(
    rb"(?i)(?:from|to|cc|subject|date|received|message-id|reply-to|in-reply-to|references|return-path|delivered-to"
    rb"|sender|mime-version|content-[a-z-]{2,30}|x-[a-z0-9-]{2,40}|list-[a-z]{2,20})[ \t]*:"
)
_CHARSET = re.compile(rb"(?i)charset\s*=\s*\"?([\w.-]{2,40})")
TORN = 5  # lines that are no field and yet do not end a head
LONGEST = 200_000  # characters of one field that are looked at; a head of megabytes is somebody's attack


@dataclass(frozen=True)
class Headers:
    """The fields of one head, topmost first: (name in lower case, value as bytes, still folded)."""

    fields: tuple[tuple[str, bytes], ...] = ()

    @cached_property
    def charset(self) -> str:
        """What 8-bit text in the head is probably written in: as the body is."""
        found = next((match for value in self.all("content-type") if (match := _CHARSET.search(value))), None)
        named = found[1].decode("ascii", "replace").lower() if found else ""
        return (
            "" if named.startswith(("utf", "iso-2022", "hz")) else named
        )  # those need no help, or do not fit

    def all(self, name: str) -> Iterator[bytes]:
        """Every value of this field, topmost first."""
        return iter(self._by_name.get(name, ()))

    @cached_property
    def _by_name(self) -> dict[str, list[bytes]]:
        found: dict[str, list[bytes]] = {}
        for field, value in self.fields:
            found.setdefault(field, []).append(value)
        return found

    def every(self, name: str) -> Iterator[str]:
        """Every value, unfolded, encoded words still encoded."""
        return (unfolded(value, self.charset) for value in self.all(name))

    def raw(self, name: str) -> str:
        """The topmost value, unfolded, encoded words still encoded; "" where there is none."""
        return next(self.every(name), "")

    def text(self, name: str) -> str:
        """The topmost value that says anything, readable."""
        values = (decode_words(value).strip() for value in self.every(name))
        return next((value for value in values if value), "")

    def __contains__(self, name: object) -> bool:
        return name in self._by_name


def unfolded(value: bytes, charset: str = "") -> str:
    """One line of text, at most LONGEST bytes of it."""
    text, _note = decode(value[:LONGEST], charset)
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
        resumes = _resumes(raw, at, end) if fields and not (blank and blank.end() - at <= 2) else None
        if resumes is None:
            return Headers(tuple(fields)), blank.end() if blank else at
        fields[-1] = (fields[-1][0], fields[-1][1] + b"\n " + raw[at:resumes].strip())
        at = resumes
    return Headers(tuple(fields)), end


def _resumes(raw: bytes, at: int, end: int) -> int | None:
    """Where the head goes on after a line that is no field: at the next well-known field, if that is near."""
    for _line in range(TORN):
        line_end = raw.find(b"\n", at, end)
        if line_end < 0:
            return None
        at = line_end + 1
        if _KNOWN.match(raw, at, end):
            return at
        if raw[at : at + 1] == b"\n" or raw[at : at + 2] == b"\r\n":
            return None
    return None


def _skip(raw: bytes, at: int, end: int) -> int:
    """Past the "From " line of an mbox, a byte order mark and empty lines on top."""
    if raw.startswith(b"\xef\xbb\xbf", at):
        at += 3
    for _line in range(20):
        found = _FROM_LINE.match(raw, at, end) or _EMPTY.match(raw, at, end)
        if not found or found.end() == at:
            break
        at = found.end()
    return at
