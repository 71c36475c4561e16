"""The tree of a message's parts, as places in its bytes: nothing is copied and nothing decoded before it is asked for.

Why not the standard library's parser: it copies each line as many times as parts are nested, gives up on
some malformed heads with exceptions, and recurses as deep as the mail asks for. This one takes time in the
length of the mail, whatever is in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from andon.signals.mail.charsets import decode
from andon.signals.mail.headers import Headers, read_head
from andon.signals.mail.parameters import Value, parse
from andon.signals.mail.transfer import unwrap, unwrapped_size

DEEPEST, MOST = 40, 5_000  # parts in parts, and parts in all: more is an attack, and stays one undivided part
_GUESSED = re.compile(rb"\s*--([!-~][ -~]{0,69}?)[ \t]*\r?\n(?=[!-~]{1,60}:|\r?\n)")
_TYPE = re.compile(r"^[\w.+-]+/[\w.+-]+$")


@dataclass(frozen=True)
class Part:
    """One part: its head, and from where to where its body lies in `raw`."""

    raw: bytes = field(repr=False)
    headers: Headers
    start: int
    end: int
    children: tuple["Part", ...] = ()
    default_type: str = "text/plain"

    @cached_property
    def content_type(self) -> Value:
        return parse(self.headers.raw("content-type"))

    @cached_property
    def disposition(self) -> Value:
        return parse(self.headers.raw("content-disposition"))

    @cached_property
    def media_type(self) -> str:
        """Type and subtype in lower case; what makes no sense is read as plain text, as RFC 2045 5.2 says."""
        named = self.content_type.value
        if _TYPE.match(named):
            return named
        return {"text": "text/plain", "html": "text/html", "": self.default_type}.get(named, "text/plain")

    @cached_property
    def encoding(self) -> str:
        return self.headers.raw("content-transfer-encoding").lower()

    @cached_property
    def filename(self) -> str:
        named = self.disposition.parameters.get("filename") or self.content_type.parameters.get("name", "")
        return re.sub(r"[\x00-\x1f\x7f]", " ", named).strip()[:255]

    @property
    def content_id(self) -> str:
        return self.headers.raw("content-id").strip("<> ")

    @property
    def size(self) -> int:
        return unwrapped_size(self.raw, self.start, self.end, self.encoding)

    def content(self) -> bytes:
        """The bytes inside, unwrapped."""
        return unwrap(self.raw[self.start : self.end], self.encoding)[0]

    def text(self) -> tuple[str, tuple[str, ...]]:
        """The readable text with `\\n` at its line ends, and what was mended."""
        data, torn = unwrap(self.raw[self.start : self.end], self.encoding)
        text, charset = decode(data, self.content_type.parameters.get("charset", ""))
        return text.replace("\r\n", "\n").replace("\r", "\n"), tuple(note for note in (torn, charset) if note)

    def walk(self) -> Iterator["Part"]:
        """This part and all within, in order; not into attached messages."""
        yield self
        for child in self.children:
            yield from child.walk()


def parse_message(raw: bytes) -> Part:
    """The tree of one message."""
    if b"\n" not in raw and b"\r" in raw:
        raw = raw.replace(b"\r", b"\n")  # lines of old Macintoshes
    return _part(raw, 0, len(raw), "text/plain", 0, [0])


def _part(raw: bytes, start: int, end: int, default: str, depth: int, count: list[int]) -> Part:
    headers, body = read_head(raw, start, end)
    part = Part(raw, headers, body, end, default_type=default)
    if not part.media_type.startswith("multipart/") or depth >= DEEPEST:
        return part
    boundary = part.content_type.parameters.get("boundary", "").encode("utf-8", "replace").rstrip()
    inner = "message/rfc822" if part.media_type == "multipart/digest" else "text/plain"
    places = _places(raw, body, end, boundary, count)
    children = tuple(_part(raw, begin, until, inner, depth + 1, count) for begin, until in places)
    return Part(raw, headers, body, end, children, default)


def _places(raw: bytes, start: int, end: int, boundary: bytes, count: list[int]) -> list[tuple[int, int]]:
    """From where to where the parts between these boundaries lie; [] where the boundary is never met."""
    marks = list(_marks(raw, start, end, boundary)) if boundary else []
    if not marks:
        guessed = _GUESSED.match(raw, start, end)
        marks = list(_marks(raw, start, end, guessed[1])) if guessed and guessed[1] != boundary else []
    places: list[tuple[int, int]] = []
    for index, (_at, after, last) in enumerate(marks):
        if last and places:
            break
        full = count[0] + len(places) >= MOST
        places.append((after, end if full or index + 1 == len(marks) else marks[index + 1][0]))
        if full:
            break
    count[0] += len(places)
    return places


def _marks(raw: bytes, start: int, end: int, boundary: bytes) -> Iterator[tuple[int, int, bool]]:
    """(where a boundary's line begins with the line end before it, where it ends, whether it is the last one)."""
    needle, at, met = b"--" + boundary, start, 0
    while met <= MOST and (at := raw.find(needle, at, end)) >= 0:
        after = at + len(needle)
        line_end = raw.find(b"\n", after, end)
        line_end = end if line_end < 0 else line_end
        rest = raw[after : min(line_end, after + 80)].strip()
        if (at == start or raw[at - 1] == 10) and rest in (b"", b"--"):
            met += 1
            yield _before(raw, start, at), min(line_end + 1, end), rest == b"--"
        at = after


def _before(raw: bytes, start: int, at: int) -> int:
    """The line end before a boundary belongs to the boundary."""
    if at > start and raw[at - 1] == 10:
        at -= 1
        if at > start and raw[at - 1] == 13:
            at -= 1
    return at
