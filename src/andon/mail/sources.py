"""Where messages lie: files, folders, Maildir, mbox, and what comes through a pipe. Plain functions.

One message is in memory at a time, whatever the size of the folder or the mbox.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

PIPE = "-"
ENDINGS = (".eml", ".mbox", ".msg822")
MAILDIR = ("cur", "new")
ENVELOPE = b"From "
HEADERS = re.compile(rb"\A(?:>?From [^\n]*\n)?((?:[!-9;-~]+[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+)")
NAMES = re.compile(rb"^([!-9;-~]+)[ \t]*:", re.MULTILINE)
TRAVELLED = {b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to"}
BEGINNING = 16_384  # bytes of a file that are looked at to tell whether it is a message


class Source(NamedTuple):
    """A message and what to call it: its path, that of its mbox with its number, or "-" for the pipe."""

    name: str
    raw: bytes


class MissingError(Exception):
    """A path that holds nothing that can be read; the sentence says what to do."""


def messages(paths: Iterable[str], pipe: BinaryIO | None = None) -> Iterator[Source]:
    """Every message of `paths`, in the order of names. Raises MissingError at one that cannot be read."""
    for path in paths or [PIPE]:
        if path == PIPE:
            yield Source(PIPE, (pipe or sys.stdin.buffer).read().removeprefix(b"\n"))
        else:
            yield from _at(path)


def _at(path: str) -> Iterator[Source]:
    place = Path(path)
    try:
        if place.is_dir():
            for file in sorted(_inside(place)):
                yield from _of_file(str(file), file)
        else:
            yield from _of_file(path, place)
    except OSError as error:
        raise MissingError(
            f"“{path}” cannot be read: {error.strerror}. Check its name and who may read it."
        ) from None


def _inside(folder: Path) -> Iterator[Path]:
    """Messages in a folder and in those below it: by their ending, lying as in a Maildir, or by their headers."""
    for file in folder.rglob("*"):
        if file.name.startswith(".") or not file.is_file():
            continue
        stored = file.parent.name in MAILDIR and _is_maildir(file.parent.parent)
        if stored or file.suffix.lower() in ENDINGS or _is_message(file):
            yield file


def _is_message(file: Path) -> bool:
    """Whether it begins with headers of which one shows that it travelled: people keep mail under any name."""
    with file.open("rb") as opened:
        found = HEADERS.match(opened.read(BEGINNING).replace(b"\r\n", b"\n"))
    names = {name.lower() for name in NAMES.findall(found[1])} if found else set()
    return bool(names & TRAVELLED) and bool(names & {b"from", b"to", b"subject", b"date"})


def _is_maildir(folder: Path) -> bool:
    return all((folder / name).is_dir() for name in MAILDIR)


def _of_file(name: str, file: Path) -> Iterator[Source]:
    with file.open("rb") as opened:
        if _is_mbox(opened, file):
            for number, raw in enumerate(_split(opened), start=1):
                yield Source(f"{name}#{number}", raw)
        else:
            yield Source(name, opened.read())


def _is_mbox(opened: BinaryIO, file: Path) -> bool:
    """By what is in it: a single message with an envelope line, as pipes write it, is no mbox."""
    if not opened.peek(len(ENVELOPE)).startswith(ENVELOPE):  # type: ignore[attr-defined]
        return False
    if file.suffix.lower() == ".mbox":
        return True
    found = sum(1 for _ in _split(opened))
    opened.seek(0)
    return found > 1


def _split(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The messages of an mbox, without its envelope lines; ">From " is "From " again (mboxrd)."""
    held: list[bytes] | None = None
    blank = True
    for line in lines:
        if blank and _is_envelope(line):
            if held is not None:
                yield _joined(held)
            held = []
        elif held is not None:
            held.append(
                line[1:] if line.startswith(b">") and line.lstrip(b">").startswith(ENVELOPE) else line
            )
        blank = not line.strip(b"\r\n")
    if held is not None:
        yield _joined(held)


def _is_envelope(line: bytes) -> bool:
    """ "From somebody Mon Jan  1 ..." and not a line of text: an envelope tells a year and a time."""
    return line.startswith(ENVELOPE) and line.count(b":") >= 2


def _joined(held: list[bytes]) -> bytes:
    """Without the blank line that only stands between two messages."""
    if held and not held[-1].strip(b"\r\n"):
        held.pop()
    return b"".join(held)
