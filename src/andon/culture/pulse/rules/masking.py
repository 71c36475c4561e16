"""Names, addresses and numbers that would tell who wrote, or whom it is about, are taken out of a comment."""

import re
from collections.abc import Iterable

GAP = "[…]"
ADDRESS = re.compile(r"\S+@\S+\.\w+")
NUMBER = re.compile(r"(?:\+|\b)\d[\d /().-]{4,}\d\b")
SHORTEST = 3


def masked(text: str, names: Iterable[str]) -> str:
    """`names` are full names of people who work here; each part of one counts where it begins with a capital."""
    text = NUMBER.sub(GAP, ADDRESS.sub(GAP, text))
    parts = {part for name in names for part in re.findall(r"[^\W\d_]+", name) if len(part) >= SHORTEST}
    text = re.sub(r"[^\W\d_]+", lambda found: GAP if _is_name(found[0], parts) else found[0], text)
    return re.sub(r"\[…\](?:[\s-]+\[…\])+", GAP, text)


def _is_name(word: str, parts: set[str]) -> bool:
    return word in parts or (word[:1].isupper() and word.capitalize() in parts)
