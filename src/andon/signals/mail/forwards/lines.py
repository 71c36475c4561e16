"""A text as lines that know how deeply they are quoted."""

import re
from typing import NamedTuple

LONGEST = 3000  # characters of a line that are looked at for labels and phrases
_QUOTES = re.compile(r"(?:[ \t]{0,3}>){1,60}[ \t]?")
_ODD = re.compile("[\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]")


class Line(NamedTuple):
    """`depth` marks of quoting stood before `text`."""

    depth: int
    text: str

    @property
    def said(self) -> str:
        """What a rule looks at: trimmed, spaces alike, invisible signs left out."""
        return _ODD.sub("", self.text[:LONGEST]).replace("\xa0", " ").strip()


def lines_of(text: str) -> list[Line]:
    """Every line, in order."""
    return [_line(line) for line in text.split("\n")]


def joined(lines: list[Line], depth: int) -> str:
    """The text of these lines with `depth` marks of quoting taken off."""
    return "\n".join(
        "> " * (line.depth - depth) + line.text if line.depth > depth else line.text for line in lines
    )


def _line(line: str) -> Line:
    marks = _QUOTES.match(line)
    if not marks:
        return Line(0, line)
    return Line(marks[0].count(">"), line[marks.end() :])
