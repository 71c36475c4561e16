"""An HTML text as plain text: nothing run, nothing fetched, in one pass without a tree, however deep it is.

Quoted passages (`<blockquote>`) get "> " in front, as plain-text mail has it, so that both are read alike.
"""

import re
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt",
    "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "html", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul", "li", "hr",
}  # fmt: skip
_SPACED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "blockquote", "pre"}
_UNSEEN = {"script", "style", "title", "template"}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_TAG = re.compile(r"<[^<>]{0,5000}>")
_SCRIPT = re.compile(r"(?is)<(script|style)\b.*?(?:</\1\s*>|\Z)")
_LAYERS = 20  # "> " in front at most


def page_text(html: str) -> str:
    """The words of a page, a line a block. What no parser can read loses its tags only."""
    try:
        writer = _Writer()
        parser = etree.HTMLParser(target=writer, encoding="utf-8", no_network=True, remove_comments=True)
        parser.feed(_UNFIT.sub(" ", html).encode("utf-8", "replace"))
        text = str(parser.close())
    except (etree.Error, ValueError, AssertionError):
        text = ""
    return text if text.strip() or not html.strip() else _without_tags(html)


def _without_tags(html: str) -> str:
    """Only where nothing readable was found: a page of one picture has no words, a torn page has some."""
    return _TAG.sub(" ", _SCRIPT.sub(" ", html)).strip()


class _Writer:
    """What the parser calls with each tag and each run of text."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quoted = self.unseen = self.pre = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.unseen += tag in _UNSEEN
        self.break_line(tag)
        self.quoted += tag == "blockquote"
        self.pre += tag == "pre"
        if tag == "br":
            self.end_line()
        elif tag == "li":
            self.line.append("* ")
        elif tag == "img" and attributes.get("alt") and not self.unseen:
            self.line.append(f" {attributes['alt'].strip()[:200]} ")

    def end(self, tag: str) -> None:
        self.unseen = max(self.unseen - (tag in _UNSEEN), 0)
        if tag in ("td", "th"):
            self.line.append("\t")
        self.break_line(tag)
        self.quoted = max(self.quoted - (tag == "blockquote"), 0)
        self.pre = max(self.pre - (tag == "pre"), 0)

    def data(self, text: str) -> None:
        if self.unseen:
            return
        if not self.pre:
            self.line.append(_SPACE.sub(" ", text))
            return
        *lines, last = text.split("\n")
        for line in lines:
            self.line.append(line)
            self.end_line()
        self.line.append(last)

    def comment(self, text: str) -> None:
        """Nothing of a comment is for reading."""

    def pi(self, target: str, data: Any = None) -> None:
        """Nor of a processing instruction."""

    def close(self) -> str:
        self.break_line("p")
        text = re.sub(r"(\n(?:> )*[ \t]*){3,}", "\n\n", "\n".join(self.lines))
        return re.sub(r"(?:\n(?:> ?)*[ \t]*)+\Z", "", text.lstrip("\n"))

    def break_line(self, tag: str) -> None:
        """A block begins and ends a line; a paragraph has an empty one beside it."""
        if tag not in _BLOCKS:
            return
        if "".join(self.line).strip():
            self.end_line()
        self.line.clear()
        if tag in _SPACED and self.lines and self.lines[-1].strip("> "):
            self.lines.append(self.prefix.rstrip())

    def end_line(self) -> None:
        line = "".join(self.line)
        self.line.clear()
        self.lines.append((self.prefix + (line if self.pre else line.strip())).rstrip())

    @property
    def prefix(self) -> str:
        return "> " * min(self.quoted, _LAYERS)
