"""The bytes of mail, each in a file named by its digest: written once, flushed to the disk, never changed.

Also when two of them are the same message. Plain functions, nothing of Django.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TELLING = (  # what its writer set, and no server on the way adds or changes
    b"message-id", b"from", b"to", b"cc", b"date", b"subject", b"content-type", b"content-transfer-encoding",
)  # fmt: skip
FLUSHED_TOGETHER = 8
ENVELOPE = re.compile(rb">?From |\s*$")
FIELD = re.compile(rb"^([!-9;-~]+)[ \t]*:(.*)$", re.DOTALL)


def path(folder: Path, sha256: str) -> Path:
    """In folders by the first letters, as a folder of a million files is slow."""
    return folder / sha256[:2] / f"{sha256}.eml"


def keep(raws: Sequence[bytes], folder: Path) -> list[str]:
    """The digests of `raws`, each of which lies on the disk for good when this returns. Raises OSError.

    Several are flushed at a time: the disk takes them together, which is ten times as fast as one by one.
    """
    names = [hashlib.sha256(raw).hexdigest() for raw in raws]
    once = dict(zip(names, raws, strict=True))
    with ThreadPoolExecutor(min(FLUSHED_TOGETHER, len(once) or 1)) as threads:
        written = threads.map(lambda name: _write(path(folder, name), once[name]), once)
        touched = {parent for parents in written for parent in parents}
        list(threads.map(_flush, touched))
    return names


def _write(file: Path, raw: bytes) -> tuple[Path, ...]:
    """The folders that must be flushed as well; none when the very same bytes lie there already."""
    if file.exists():
        return ()
    new = not file.parent.exists()
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(raw)
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return (file.parent, file.parent.parent) if new else (file.parent,)


def _flush(folder: Path) -> None:
    """A new name in a folder outlives a power cut only when the folder is flushed too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def identity(raw: bytes) -> str:
    """A digest that a message keeps on its way, and that no other message has.

    Of what its writer set (Message-ID, From, To, Date, Subject ...) and of the body; not of what servers add, nor
    of how lines end. So a redelivery is recognised, while a reused or missing Message-ID with other content is
    another message.
    """
    whole = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    head, body = _apart(whole)
    fields = dict(_fields(head))
    told = [b" ".join(fields.get(name, b"").split()) for name in TELLING]
    body = _strays(head) + body if any(told) else whole  # without a head all of it is what was written
    digest = hashlib.sha256()
    for piece in (*told, body.strip()):
        digest.update(len(piece).to_bytes(8) + piece)
    return digest.hexdigest()


def _strays(head: bytes) -> bytes:
    """Lines of a head that are no field: the text, where its writer forgot the empty line above it."""
    lines = re.split(rb"\n(?![ \t])", head)
    return b"\n".join(line for line in lines if not FIELD.match(line) and not ENVELOPE.match(line))


def _apart(raw: bytes) -> tuple[bytes, bytes]:
    head, _, body = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\n").partition(b"\n\n")
    return head, body


def _fields(head: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Header fields, the first of a name last, so that it holds."""
    for line in reversed(re.split(rb"\n(?![ \t])", head)):
        if found := FIELD.match(line):
            yield found[1].lower(), found[2]
