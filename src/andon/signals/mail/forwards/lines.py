"""A text as lines that know how deeply they are quoted."""

import re
from typing import NamedTuple

LONGEST = 3000  # characters of a line that are looked at for labels and phrases
_QUOTES = re.compile(r"(?:[ \t]{0,3}>){1,60}[ \t]?")
_ODD = re.compile("[\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]")


class Line(NamedTuple):
    """`depth` marks of quoting stood before `text`; `said` is what rules look at: trimmed, without odd signs."""

    depth: int
    text: str
    said: str


def lines_of(text: str) -> list[Line]:
    """Every line, in order."""
    return [_line(line) for line in text.split("\n")]


def joined(lines: list[Line], depth: int) -> str:
    """The text of these lines with `depth` marks of quoting taken off."""
    return "\n".join(
        "> " * (line.depth - depth) + line.text if line.depth > depth else line.text for line in lines
    )


def _line(line: str) -> Line:
    marks = _QUOTES.match(line) if ">" in line[:4] else None
    text = line[marks.end() :] if marks else line
    said = text[:LONGEST].strip()
    if not said.isascii():
        said = _ODD.sub("", said).replace("\xa0", " ").strip()
    return Line(marks[0].count(">") if marks else 0, text, said)
