"""How a column of texts is to be read as numbers or as yes and no: pure decisions on a sample of its
values.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from andon.lake.missing import is_nothing

YES = ("yes", "y", "true", "t", "1", "1.0", "ja", "j", "oui", "sí", "si", "sim", "tak")
NO = ("no", "n", "false", "f", "0", "0.0", "nein", "nee", "nej", "non", "não", "nao", "nie")
"""As exports in other languages say it too."""

_DOT = re.compile(r"^[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d*)?([eE][+-]?\d+)?$")
_COMMA = re.compile(r"^[+-]?(\d+|\d{1,3}([.  ' ]\d{3})+)?(,\d*)?$")
_DURATION = re.compile(r"^-?\d{1,4}:[0-5]\d(:[0-5]\d(\.\d+)?)?$")
_DECORATION = re.compile(r"^[$£€¥]\s*|\s*[$£€¥%]$")
MOSTLY = 0.5  # a column is of a kind when more than half of its values are; the rest are refused row by row


@dataclass(frozen=True, slots=True)
class NumberReading:
    """How to turn a column into numbers. `how` is "typed", "truth", "number" or "duration"."""

    how: str
    decimal: str = "."
    percent: bool = False
    described: str = ""


def is_truth(text: str) -> bool:
    return text.strip().casefold() in YES + NO


def _bare(text: str) -> str:
    return _DECORATION.sub("", text.strip())


def _share(texts: list[str], fits: object) -> float:
    return sum(bool(fits(text)) for text in texts) / len(texts) if texts else 0.0  # type: ignore[operator]


def _fits(pattern: re.Pattern[str], text: str) -> bool:
    bare = _bare(text)
    return any(letter.isdigit() for letter in bare) and pattern.match(bare) is not None


def _decimal_mark(texts: list[str]) -> str:
    """A comma is the decimal mark when more values make sense that way; thousands need three digits after
    it.
    """
    dot = sum(_fits(_DOT, text) for text in texts)
    comma = sum(_fits(_COMMA, text) for text in texts)
    return "," if comma > dot else "."


def _ambiguous(texts: list[str], decimal: str) -> bool:
    return decimal == "." and any("," in t for t in texts) and all(_fits(_COMMA, t) for t in texts)


def read_texts(texts: Iterable[str]) -> NumberReading | None:
    """How texts are numbers: yes/no, numbers with a point or a comma, percentages, money, h:mm:ss. None if
    not.
    """
    texts = [text for text in texts if not is_nothing(text)]
    if not texts:
        return NumberReading("number", described="empty")
    truth = _share(texts, is_truth)
    if truth > MOSTLY and truth >= _share(
        texts, lambda text: _fits(_DOT, text)
    ):  # answers 1 to 5 are no yes or no
        return NumberReading("truth", described="yes or no")
    if _share(texts, lambda text: _DURATION.match(text.strip())) > MOSTLY:
        return NumberReading("duration", described="durations, in seconds")
    decimal = _decimal_mark(texts)
    if _share(texts, lambda text: _fits(_COMMA if decimal == "," else _DOT, text)) <= MOSTLY:
        return None
    percent = _share(texts, lambda text: text.strip().endswith("%")) > MOSTLY
    return NumberReading("number", decimal, percent, _words(texts, decimal, percent))


def _words(texts: list[str], decimal: str, percent: bool) -> str:
    mark = "numbers with a decimal comma" if decimal == "," else "numbers"
    mark = "numbers with commas between thousands" if _ambiguous(texts, decimal) else mark
    return mark + (", per cent" if percent else "")
