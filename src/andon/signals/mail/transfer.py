"""What a part was wrapped in for its journey: base64, quoted-printable, uuencode, or nothing."""

import binascii
import re

_NOT_BASE64 = bytes(
    set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
)
_BEGIN = re.compile(rb"(?m)^begin(?:-base64)? [0-7]{3,4} ?[^\n]*\n")
_TEXT = re.compile(rb"[^A-Za-z0-9+/=\s]|(?<=\S) (?=\S)")


def unwrap(body: bytes, encoding: str) -> tuple[bytes, str]:
    """The bytes inside, and a sentence where they are not wrapped as was said. Never larger than the wrapping."""
    kind = encoding.strip().strip("\"'").lower().split(";")[0].strip()
    if kind == "base64":
        return _base64(body)
    if kind == "quoted-printable" or kind.replace(" ", "") == "quoted-printable":
        return binascii.a2b_qp(body), ""
    if kind in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _uuencode(body)
    return body, ""


def unwrapped_size(body: bytes, start: int, end: int, encoding: str) -> int:
    """Bytes of a part once unwrapped, without unwrapping it (to the byte where it is well made)."""
    size = end - start
    if encoding.strip().lower() != "base64":
        return size
    blank = sum(body.count(space, start, end) for space in (b"\n", b"\r", b" ", b"\t"))
    padding = body.count(b"=", max(start, end - 8), end)
    return max((size - blank) * 3 // 4 - padding, 0)


def _base64(body: bytes) -> tuple[bytes, str]:
    if len(_TEXT.findall(body[:4000])) * 10 > len(body[:4000]):
        return body, "said base64, was not"
    kept = body.translate(None, _NOT_BASE64)
    pieces = [_piece(piece) for piece in re.split(rb"=+", kept) if piece]
    note = "base64 was damaged" if any(torn for _piece, torn in pieces) else ""
    return b"".join(piece for piece, _torn in pieces), note


def _piece(piece: bytes) -> tuple[bytes, bool]:
    torn = len(piece) % 4 == 1
    piece = piece[:-1] if torn else piece
    return binascii.a2b_base64(piece + b"=" * (-len(piece) % 4)), torn


def _uuencode(body: bytes) -> tuple[bytes, str]:
    begin = _BEGIN.search(body)
    lines = body[begin.end() if begin else 0 :].splitlines()
    out: list[bytes] = []
    for line in lines:
        if line.strip() in (b"end", b"`"):
            break
        out.append(_uu_line(line))
    return b"".join(out), "" if begin else "uuencode without its first line"


def _uu_line(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:  # some writers get the length wrong: what the length says is what is there
        count = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
        try:
            return binascii.a2b_uu(line[:count])
        except binascii.Error:
            return line
