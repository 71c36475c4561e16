"""`Content-Type` and `Content-Disposition`: a value and its parameters, also continued and encoded (RFC 2231)."""

import re
import urllib.parse
from typing import NamedTuple

from andon.signals.mail.charsets import decode
from andon.signals.mail.words import decode_words

_PARAMETER = re.compile(r';\s*([^\s=;"]{1,60})\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)', re.DOTALL)
_NUMBERED = re.compile(r"^([^*]+)\*(?:(\d{1,3})\*?)?$")


class Value(NamedTuple):
    """`value` in lower case; parameters by name in lower case, readable."""

    value: str
    parameters: dict[str, str]


def parse(field: str) -> Value:
    """Of a field's unfolded text. Comments are left out; what makes no sense gives an empty value."""
    value = re.split(r"[;(\s]", field.strip(), maxsplit=1)[0].lower()
    found: dict[str, str] = {}
    numbered: dict[str, list[tuple[int, str, bool]]] = {}
    for name, text in _PARAMETER.findall(field):
        many = _NUMBERED.match(name.lower())
        if many:
            numbered.setdefault(many[1], []).append((int(many[2] or 0), _bare(text), name.endswith("*")))
        else:
            found.setdefault(name.lower(), decode_words(_bare(text)))
    return Value(value, found | {name: _joined(pieces) for name, pieces in numbered.items()})


def _bare(text: str) -> str:
    text = text.strip()
    return re.sub(r"\\(.)", r"\1", text.strip('"')) if text.startswith('"') else text


def _joined(pieces: list[tuple[int, str, bool]]) -> str:
    """The pieces in order; an encoded first one begins with charset'language'."""
    pieces.sort(key=lambda piece: piece[0])
    charset, data = "", b""
    for index, (_number, text, encoded) in enumerate(pieces):
        if index == 0 and encoded and text.count("'") >= 2:
            charset, _language, text = text.split("'", 2)
        data += urllib.parse.unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace")
    return decode(data, charset)[0]
