"""Encoding, separator and columns of a text table, from its first lines."""

import codecs
import csv
import gzip
import io
import itertools
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from andon.lake.errors import BadInput
from andon.lake.files import READABLE, File

_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
SEPARATORS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text table is written. `names` are its columns, made unique."""

    encoding: str
    separator: str
    names: tuple[str, ...]
    skipped: int = 0


@contextmanager
def opened(file: File) -> Iterator[BinaryIO]:
    """The bytes of a text file, unpacked. Raises BadInput where a gzip file breaks off."""
    try:
        with cast(BinaryIO, gzip.open(file.path)) if file.kind == "gzip" else file.path.open("rb") as stream:
            yield stream
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise BadInput(
            f"{file.path} is a gzip file that is cut short or damaged.", "Copy or export it again."
        ) from None


def _unmarked_utf16(head: bytes) -> str:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) / 8 and odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) / 8 and even > 4 * odd else ""


def _is_utf8(file: File) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with opened(file) as stream:
        try:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def encoding_of(file: File) -> str:
    """The encoding: by its mark, by its zeros, UTF-8 if the whole file is valid, or else Windows-1252."""
    with opened(file) as stream:
        head = stream.read(4096)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if found := _unmarked_utf16(head):
        return found
    if b"\x00" in head:
        raise BadInput(f"{file.path} is not a text file.", READABLE)
    return "utf-8" if _is_utf8(file) else "cp1252"


def _first_lines(file: File, encoding: str, most: int = 60) -> list[str]:
    lines: list[str] = []
    with opened(file) as stream:
        for line in io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline=""):
            lines.append(line)
            if len(lines) >= most:
                break
    return lines


def _rows(lines: list[str], separator: str) -> list[list[str]]:
    try:
        return [row for row in csv.reader(lines, delimiter=separator) if any(cell.strip() for cell in row)]
    except csv.Error:
        return []


def _consistency(lines: list[str], separator: str) -> tuple[float, int]:
    """How many rows are as wide as the header, and how wide that is."""
    rows = _rows(lines, separator)
    if not rows or len(rows[0]) < 2:
        return (0.0, 1)
    width = len(rows[0])
    return (sum(len(row) == width for row in rows) / len(rows), width)


def _separator(lines: list[str]) -> str:
    """The one that gives most rows the width of the header; with ties the widest; a header alone counts as
    well.
    """
    scores = {separator: _consistency(lines, separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: (round(scores[separator][0], 1), scores[separator][1]))
    return best if scores[best][1] > 1 else ","


def unique(names: list[str]) -> Iterator[str]:
    """Names as columns need them: trimmed, numbered where empty, told apart where equal (also but for
    case).
    """
    taken: set[str] = set()
    for position, raw in enumerate(names, 1):
        yield told_apart(" ".join(raw.replace("\ufeff", "").split()) or f"column {position}", taken)


def told_apart(name: str, taken: set[str]) -> str:
    """`name`, with a number if it is `taken` (without case) already; taken from now on."""
    numbered = (f"{name} ({i})" for i in itertools.count(2))
    free = next(one for one in itertools.chain([name], numbered) if one.casefold() not in taken)
    taken.add(free.casefold())
    return free


def dialect_of(file: File) -> Dialect:
    """Encoding, separator and column names. Raises BadInput for a file without a line of names."""
    encoding = encoding_of(file)
    lines = _first_lines(file, encoding)
    separator = _separator(lines)
    rows = _rows(lines, separator)
    if not rows:
        raise BadInput(f"{file.path} has no line of column names.", "The first line must name the columns.")
    blank = next(i for i, line in enumerate(lines) if line.strip())
    return Dialect(encoding, separator, tuple(unique(rows[0])), blank)


def as_utf8(file: File, encoding: str, to: Path) -> Path:
    """The same text written as UTF-8, a piece at a time."""
    with opened(file) as stream, to.open("w", encoding="utf-8", newline="") as out:
        reader = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
        while piece := reader.read(_CHUNK):
            out.write(piece)
    return to
