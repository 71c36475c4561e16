"""Where messages lie: files, folders, Maildir, mbox, and what comes through a pipe. Plain functions.

One message is in memory at a time, whatever the size of the folder or the mbox.
"""

import io
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


HEAD = {b"from", b"to", b"subject", b"date"}
PACKED = {b"\x1f\x8b": "gunzip", b"PK\x03\x04": "unzip", b"BZh": "bunzip2", b"\xfd7zXZ": "unxz"}


class Source(NamedTuple):
    """A message and what to call it: its path, that of its mbox with its number, or "-" for the pipe."""

    name: str
    raw: bytes


def messages(paths: Iterable[str], missing: list[str], pipe: BinaryIO | None = None) -> Iterator[Source]:
    """Every message of `paths`, in the order of names.

    :param missing: takes a sentence for each path that cannot be read; the others are read all the same.
    """
    for path in paths or [PIPE]:
        if path == PIPE:
            yield from _piped((pipe or sys.stdin.buffer).read().removeprefix(b"\n"))
        else:
            yield from _at(path, missing)


def _piped(raw: bytes) -> Iterator[Source]:
    """One message, as mail servers give it, also under an envelope line; or a whole mbox.

    A message may quote an mbox, so what stands below each envelope must be the head of a message.
    """
    several = list(_split(io.BytesIO(raw))) if raw.startswith(ENVELOPE) else []
    if len(several) > 1 and all(_names(one) & HEAD for one in several):
        for number, one in enumerate(several, start=1):
            yield Source(f"{PIPE}#{number}", one)
    else:
        yield Source(PIPE, raw)


def _at(path: str, missing: list[str]) -> Iterator[Source]:
    place = Path(path)
    folder = place.is_dir()
    for name, file in _inside(place, missing) if folder else [(path, place)]:
        try:
            yield from _of_file(name, file)
        except OSError as error:
            missing.append(_unread(name, error))
        except PackedError as error:
            missing.append(str(error))


def _unread(name: str, error: OSError) -> str:
    return f"“{name}” cannot be read: {error.strerror}. Check its name and who may read it."


def _inside(folder: Path, missing: list[str]) -> Iterator[tuple[str, Path]]:
    """Messages in a folder and in those below it: by their ending, lying as in a Maildir, or by their headers."""

    def closed(error: OSError) -> None:
        missing.append(_unread(str(error.filename), error))

    for place, folders, names in folder.walk(on_error=closed):
        folders.sort()
        for file in (place / name for name in sorted(names) if not name.startswith(".")):
            try:
                if _is_kept_as_mail(file):
                    yield str(file), file
            except OSError as error:
                missing.append(_unread(str(file), error))


def _is_kept_as_mail(file: Path) -> bool:
    if not file.is_file():
        return False
    stored = file.parent.name in MAILDIR and _is_maildir(file.parent.parent)
    return stored or file.suffix.lower() in ENDINGS or _is_message(file)


def _is_message(file: Path) -> bool:
    """Whether it begins with headers of which one shows that it travelled: people keep mail under any name."""
    with file.open("rb") as opened:
        names = _names(opened.read(BEGINNING))
    return bool(names & TRAVELLED) and bool(names & HEAD)


def _names(raw: bytes) -> set[bytes]:
    """The names of the fields that it begins with."""
    found = HEADERS.match(raw[:BEGINNING].replace(b"\r\n", b"\n"))
    return {name.lower() for name in NAMES.findall(found[1])} if found else set()


def _is_maildir(folder: Path) -> bool:
    return all((folder / name).is_dir() for name in MAILDIR)


class PackedError(Exception):
    """A file whose messages have to be unpacked first; the sentence says how."""


def _of_file(name: str, file: Path) -> Iterator[Source]:
    with file.open("rb") as opened:
        _demand_unpacked(name, opened.peek(8))
        if _is_mbox(opened, file):
            for number, raw in enumerate(_split(opened), start=1):
                yield Source(f"{name}#{number}", raw)
        else:
            yield Source(name, opened.read())


def _demand_unpacked(name: str, begins: bytes) -> None:
    """Nothing is unpacked here: a small archive may hold more than any disk."""
    for mark, program in PACKED.items():
        if begins.startswith(mark):
            raise PackedError(f"“{name}” is an archive. Unpack it ({program}), and give what comes out.")


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
