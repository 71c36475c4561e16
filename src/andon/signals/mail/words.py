"""Encoded words (RFC 2047) as they are really written: torn between words, quoted, in any charset, or raw."""

import binascii
import re

from andon.signals.mail.charsets import clean, decode
from andon.signals.mail.transfer import unwrap

_WORD = re.compile(r"=\?([^?\s*]{1,60})(?:\*[^?\s]*)?\?([bBqQ])\?([^?\n]*(?:\?(?!=)[^?\n]*){0,8})\?=")
_BETWEEN = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")


def decode_words(text: str) -> str:
    """The readable text. A character torn between two words of one charset is put together again."""
    if "=?" not in text:
        return text
    out: list[str] = []
    held, charset, at = b"", "", 0
    text = _BETWEEN.sub(r"\1", text)
    for word in _WORD.finditer(text):
        if held and (word.start() > at or word[1].lower() != charset):
            out.append(decode(held, charset)[0])
            held = b""
        out.append(text[at : word.start()])
        held, charset, at = held + _bytes(word[3], word[2]), word[1].lower(), word.end()
    out += [decode(held, charset)[0], text[at:]]
    return clean("".join(out))


def _bytes(payload: str, kind: str) -> bytes:
    data = payload.encode("utf-8", "replace")
    if kind in "bB":
        return unwrap(data, "base64")[0]
    return binascii.a2b_qp(data.replace(b"_", b" "), header=True)
