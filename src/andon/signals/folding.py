"""Text as it is searched: no case, no accents, one kind of every character. Plain functions."""

import unicodedata


def fold(text: str) -> str:
    """`text` for searching: "Größe Ｎo. 5" and "grosse no. 5" become the same."""
    if text.isascii():  # most texts, and ten times as quick
        return " ".join(text.lower().split())
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return " ".join(bare.split())


def terms(query: str) -> list[str]:
    """What must all occur: words, and phrases in quotes. An unclosed quote ends with the text."""
    pieces = query.replace("“", '"').replace("”", '"').split('"')
    found = []
    for i, piece in enumerate(pieces):
        found += [piece] if i % 2 else piece.split()
    return [folded for piece in found if (folded := fold(piece))]
