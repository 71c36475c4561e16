"""What a question is called."""

import re
from collections.abc import Iterable

TITLE_WORDS = 80


def title_of(words: str, names: Iterable[str] = ()) -> str:
    """The first words of what a customer said, for a heading.

    Addresses, long numbers and the given names are masked, as it also stands in subjects of mails.
    """
    text = " ".join(words.split())
    text = re.sub(r"\S+@\S+", "…", text)
    text = re.sub(r"\+?\d[\d\s().\-/]{3,}\d", "…", text)
    for name in filter(lambda name: len(name) > 2, names):
        text = re.sub(rf"\b{re.escape(name)}\b", "…", text, flags=re.IGNORECASE)
    return shorten(text, TITLE_WORDS)


def shorten(text: str, longest: int) -> str:
    """Cut at a word, with a sign that it goes on."""
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[longest // 2 :] else head).rstrip(",;:. ") + "…"
