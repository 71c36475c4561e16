"""What Outlook puts into a winmail.dat (TNEF, MS-OXTNEF): the text and the files, where they can be read."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from andon.signals.mail.charsets import decode
from andon.signals.mail.letter import Attachment

SIGNATURE = 0x223E9F78
BODY, FILE_DATA, FILE_TITLE, FILE_BEGINS = 0x800C, 0x800F, 0x8010, 0x9002
PROPERTIES, FILE_PROPERTIES, CODEPAGE = 0x9003, 0x9005, 0x9007
PR_BODY, PR_HTML, PR_LONG_NAME, PR_NAME, PR_MIME, PR_DATA = 0x1000, 0x1013, 0x3707, 0x3704, 0x370E, 0x3701
_FIXED = {1: 0, 2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_VARIABLE = {0x0D, 0x1E, 0x1F, 0x102}
MOST_FILES = 1000


@dataclass
class Bundle:
    """The text, HTML and files of one winmail.dat."""

    text: str = ""
    html: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass
class _File:
    name: str = ""
    media_type: str = "application/octet-stream"
    data: bytes = b""

    def attachment(self) -> Attachment:
        return Attachment(self.name[:255], self.media_type, len(self.data), read=partial(bytes, self.data))


def read_bundle(data: bytes) -> Bundle | None:
    """:returns: None for what is no TNEF, or where nothing in it can be read."""
    if len(data) < 6 or struct.unpack_from("<I", data)[0] != SIGNATURE:
        return None
    bundle, files, charset = Bundle(), list[_File](), "cp1252"
    for attribute, value in _attributes(data):
        if attribute == CODEPAGE and len(value) >= 4:
            charset = f"cp{struct.unpack_from('<I', value)[0]}"
        elif attribute == BODY:
            bundle.text = bundle.text or _string(value, charset)
        elif attribute == PROPERTIES:
            _take_properties(bundle, value, charset)
        elif attribute == FILE_BEGINS and len(files) < MOST_FILES:
            files.append(_File())
        elif files:
            _take_file(files[-1], attribute, value, charset)
    bundle.attachments = tuple(file.attachment() for file in files if file.data or file.name)
    return bundle if bundle.text or bundle.html or bundle.attachments else None


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(id, value): level, id, type and length stand before each, a checksum after it."""
    at = 6
    while at + 11 <= len(data):
        _level, attribute, _kind, length = struct.unpack_from("<BHHI", data, at)
        yield attribute, data[at + 9 : at + 9 + length]
        at += 11 + length


def _take_properties(bundle: Bundle, value: bytes, charset: str) -> None:
    found = dict(_properties(value, charset))
    bundle.text = bundle.text or _said(found.get(PR_BODY), charset)
    bundle.html = bundle.html or _said(found.get(PR_HTML), charset)


def _take_file(file: _File, attribute: int, value: bytes, charset: str) -> None:
    if attribute == FILE_DATA:
        file.data = value
    elif attribute == FILE_TITLE:
        file.name = file.name or _string(value, charset)
    elif attribute == FILE_PROPERTIES:
        found = dict(_properties(value, charset))
        file.name = _said(found.get(PR_LONG_NAME), charset) or file.name or _said(found.get(PR_NAME), charset)
        file.media_type = _said(found.get(PR_MIME), charset).lower() or file.media_type
        data = found.get(PR_DATA)
        file.data = file.data or (data if isinstance(data, bytes) else b"")


def _properties(data: bytes, charset: str) -> Iterator[tuple[int, str | bytes]]:
    """(id, value) of those that hold text or bytes. Ends where the data make no sense."""
    try:
        at = 4
        for _property in range(struct.unpack_from("<I", data)[0]):
            kind, name = struct.unpack_from("<HH", data, at)
            at = _past_name(data, at + 4) if name >= 0x8000 else at + 4
            values, at = _values(data, at, kind)
            if values:
                yield name, _typed(values[0], kind & 0xFFF, charset)
    except (struct.error, ValueError):
        return


def _typed(value: bytes, kind: int, charset: str) -> str | bytes:
    if kind == 0x1F:
        return _string(value, "utf-16-le")
    return _string(value, charset) if kind == 0x1E else value


def _past_name(data: bytes, at: int) -> int:
    """Past the GUID and the number or name of a named property."""
    kind, length = struct.unpack_from("<II", data, at + 16)
    return at + 24 + (_padded(length) if kind == 1 else 0)


def _values(data: bytes, at: int, kind: int) -> tuple[list[bytes], int]:
    base, several = kind & 0xFFF, bool(kind & 0x1000)
    if base not in _VARIABLE:
        count = struct.unpack_from("<I", data, at)[0] if several else 1
        return [], at + (4 if several else 0) + count * _FIXED[base] if base in _FIXED else _unknown(base)
    count, at = struct.unpack_from("<I", data, at)[0], at + 4
    values: list[bytes] = []
    for _value in range(min(count, 10_000)):
        length = struct.unpack_from("<I", data, at)[0]
        values.append(data[at + 4 : at + 4 + length])
        at += 4 + _padded(length)
    return values, at


def _unknown(kind: int) -> int:
    raise ValueError(f"type {kind:#x} is not known")


def _padded(length: int) -> int:
    return (length + 3) // 4 * 4


def _string(value: bytes, charset: str) -> str:
    if charset == "utf-16-le":
        return value.decode(charset, "replace").split("\0")[0]
    return decode(value.split(b"\0")[0], charset)[0]


def _said(value: str | bytes | None, charset: str) -> str:
    return value if isinstance(value, str) else _string(value or b"", charset)
