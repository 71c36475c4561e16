"""Words on a page that nobody marked for translation: found by reading the templates as Django and a browser do."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.template.base import Lexer, Token, TokenType

SPOKEN = {
    "alt",
    "aria-description",
    "aria-label",
    "aria-roledescription",
    "data-label",
    "placeholder",
    "title",
}
"""Attributes that are read, seen or heard."""
SILENT = {"script", "style", "code", "svg"}
NAMED = re.compile(
    r"""\b(?:title|text|label|caption|words|note|about|why|what)=(?P<q>["'])(?P<said>.*?)(?P=q)"""
)
FILTERED = re.compile(r"""\|(?:default|default_if_none|yesno|pluralize):(?P<q>["'])(?P<said>.*?)(?P=q)""")
WORD = re.compile(r"[^\W\d_]{2,}")
UNSEEN = {"block page_class"}
"""Blocks whose content is no word on the page."""
BEGIN, END = ("translate", "trans"), ("blocktranslate", "blocktrans")
ALLOWED = {"Andon", "CSV", "MB", "SVG", "QR", "CSAT", "NPS", "CES", "PDF", "OKR", "HR", "https"}


def unmarked(source: str) -> list[str]:
    """What of a template is seen or heard by people and stands outside translate tags."""
    reader = _Reader()
    said: list[str] = []
    page = []
    for token in _outside_marked(Lexer(source).tokenize()):
        if token.token_type == TokenType.TEXT:
            page.append(token.contents)
        elif token.token_type == TokenType.VAR:
            page.append("\0")
            said += _literals(FILTERED, token.contents)
        else:
            said += _literals(FILTERED, token.contents)
            said += _literals(NAMED, token.contents) if token.contents.startswith(("include", "with")) else []
    reader.feed("".join(page))
    reader.close()
    return [words for words in said + reader.said if _english(words)]


def _outside_marked(tokens: list[Token]) -> Iterator[Token]:
    """Without translate tags, and without what stands between blocktranslate and its end, or in comments."""
    until = ""
    for token in tokens:
        name = token.contents.split(maxsplit=1)[0] if token.contents.strip() else ""
        if token.token_type == TokenType.BLOCK and until:
            until = "" if name == until else until
        elif token.token_type == TokenType.BLOCK and name in (*END, "comment"):
            until = f"end{name}"
        elif token.token_type == TokenType.BLOCK and token.contents in UNSEEN:
            until = "endblock"
        elif not until and token.token_type != TokenType.COMMENT and name not in BEGIN:
            yield token


def _literals(pattern: re.Pattern, contents: str) -> list[str]:
    return [found["said"] for found in pattern.finditer(contents)]


def _english(words: str) -> bool:
    return any(word not in ALLOWED for word in WORD.findall(words))


class _Reader(HTMLParser):
    """Collects what is seen or heard."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in SILENT:
            self.silent.append(tag)
        spoken = SPOKEN | ({"content"} if tag == "meta" and given.get("name") == "description" else set())
        self.said += [value for name, value in attrs if name in spoken and value]

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silent:
            self.silent.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data.strip())
