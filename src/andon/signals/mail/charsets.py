"""Bytes to readable text, whatever charset they claim or lack.

The order follows what goes wrong in the wild: valid UTF-8 with bytes above 127 is UTF-8 whatever is declared,
"iso-8859-1" and "us-ascii" are windows-1252 (as browsers read them), Chinese, Japanese and Korean names are
read as the larger sets that contain them. Every byte becomes a character; a guess is said in a note.
"""

import codecs
import re

from andon.signals.mail.guessing import guess

READ_AS = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso8859-1": "cp1252", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030", "euc-cn": "gb18030",
    "ks_c_5601-1987": "cp949", "ks_c_5601-1989": "cp949", "euc-kr": "cp949", "ksc5601": "cp949",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext", "big5": "big5hkscs", "x-big5": "big5hkscs", "iso-8859-8-i": "iso-8859-8",
    "unicode-1-1-utf-7": "utf-7", "unicode": "utf-16", "utf8": "utf-8", "utf-8mb4": "utf-8", "utf_8": "utf-8",
    "x-mac-roman": "mac-roman", "macintosh": "mac-roman", "cp-850": "cp850", "x-unknown": "", "unknown-8bit": "",
    "default": "", "charset": "", "binary": "", "x-user-defined": "", "_iso-2022-jp$esc": "iso2022_jp_ext",
}  # fmt: skip
ESCAPES = re.compile(rb"\x1b(?:\$[@AB(]|\([BIJ])")
_UNWANTED = re.compile("[\0\ufeff\ud800-\udfff]")
SEVEN_BIT_PLUS = {"utf-7", "hz", "iso2022_jp_ext", "iso2022_kr"}


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """The text, and a sentence where it is not what was declared ("" otherwise)."""
    name = READ_AS.get(declared.strip().strip("\"'").lower(), declared.strip().strip("\"'").lower())
    if data.isascii() and name not in SEVEN_BIT_PLUS and not name.startswith("utf-16"):
        return _ascii(data)
    text, note = _decode(data, name, declared)
    return clean(text), note


def clean(text: str) -> str:
    """No lone surrogate (no database takes one), no NUL, no byte order mark."""
    if text.isascii() and "\0" not in text:
        return text
    return _UNWANTED.sub(lambda sign: "\ufffd" if sign[0] >= "\ud800" and sign[0] != "\ufeff" else "", text)


def _ascii(data: bytes) -> tuple[str, str]:
    if ESCAPES.search(data):
        return clean(data.decode("iso2022_jp_ext", "replace")), ""
    return clean(data.decode("ascii")), ""


def _decode(data: bytes, name: str, declared: str) -> tuple[str, str]:
    if name not in SEVEN_BIT_PLUS and not name.startswith("utf-16"):
        as_unicode = _strictly(data, "utf-8")
        if as_unicode is not None:
            wrong = bool(name) and name not in ("utf-8", "cp1252")
            return as_unicode, f"said {declared}, was UTF-8" if wrong else ""
    text = _strictly(data, name) if name and name != "utf-8" else None
    if text is not None:
        return text, ""
    return _nearest(data, name, declared)


def _strictly(data: bytes, name: str) -> str | None:
    """:returns: None where the bytes are not of this charset, or the charset is none."""
    try:
        codec = codecs.lookup(name)
        return codec.decode(data)[0] if codec._is_text_encoding else None
    except (UnicodeError, LookupError, ValueError, TypeError, AttributeError):
        return None


def _nearest(data: bytes, name: str, declared: str) -> tuple[str, str]:
    if name in ("utf-8", "gb18030", "cp949", "cp932", "big5hkscs", *SEVEN_BIT_PLUS) and _mostly(data, name):
        return data.decode(name, "replace"), f"some bytes were no {declared}"
    guessed = guess(data)
    said = f"said {declared!r}" if declared else "named no charset"
    return one_byte(data, guessed), f"{said}, read as {guessed}"


def _mostly(data: bytes, name: str) -> bool:
    """Whether a torn or truncated text is still this charset: at most one character in twenty is lost."""
    text = data.decode(name, "replace")
    return text.count("\ufffd") * 20 <= sum(1 for letter in text if letter > "\x7f")


def one_byte(data: bytes, name: str) -> str:
    """A charset's text; bytes it does not know become what Latin-1 makes of them, so that none is lost."""
    return data.decode(name, "andon-latin-1")


def _as_latin(problem: UnicodeError) -> tuple[str, int]:
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    return problem.object[problem.start : problem.end].decode("latin-1"), problem.end


codecs.register_error("andon-latin-1", _as_latin)
