"""Names and addresses out of a field, one pass, whatever is in it: quotes, comments, groups, semicolons."""

import re
from collections.abc import Iterator

from andon.signals.mail.letter import Address
from andon.signals.mail.words import decode_words

MOST = 2000  # mailboxes of one field that are read
ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'`|«»“”„]{1,120}@[^\s<>()\[\],;:\"'`|«»“”„@]{1,250}")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|<[^<>]*>?|[,;:()]|\\.|[^",;:()<\\]+', re.DOTALL)
_EMPTY_ROUTE = re.compile(r"^@[^:]*:")


def addresses(field: str) -> tuple[Address, ...]:
    """Every mailbox of an address list, in order; group names are left out."""
    found = (_mailbox(*pieces) for pieces in _mailboxes(field))
    return tuple(address for address, _n in zip((a for a in found if a), range(MOST), strict=False))


def mailbox(text: str) -> Address:
    """One mailbox, however a mail client writes it: `A <a@b>`, `a@b [mailto:a@b]`, `"B, A" <a@b<mailto:a@b>>`."""
    text = decode_words(text).strip()
    address = ADDRESS.search(re.sub(r"(?i)mailto:", " ", text))
    name = re.split(r"[<\[(]", text, maxsplit=1)[0]
    if address and address[0] in name:
        name = name.replace(address[0], " ")
    return Address(_name(name), _tidy(address[0]) if address else "")


def _mailboxes(field: str) -> Iterator[tuple[str, str, str]]:
    words, angle, comment, depth = "", "", "", 0
    for piece in _TOKEN.findall(field):
        if piece in "()":
            depth = max(depth + (1 if piece == "(" else -1), 0)
        elif depth:
            comment += piece
        elif piece in (",", ";"):
            yield words, angle, comment
            words, angle, comment = "", "", ""
        elif piece == ":":
            words, angle = "", ""  # the name of a group, which holds people and is none
        elif piece.startswith("<"):
            angle = piece.strip("<>")
        else:
            words += piece
    yield words, angle, comment


def _mailbox(words: str, angle: str, comment: str) -> Address:
    """Of a name, what stood in angle brackets and what in round ones; a bare address stands among the words."""
    words, comment = decode_words(words), decode_words(comment)
    if angle:
        return Address(_name(words) or _name(comment), _tidy(_EMPTY_ROUTE.sub("", decode_words(angle))))
    bare = ADDRESS.search(words)
    if not bare:
        return Address(_name(words))
    return Address(_name(words.replace(bare[0], " ")) or _name(comment), _tidy(bare[0]))


def _tidy(address: str) -> str:
    return re.sub(r"(?i)^mailto:|\s", "", address).strip("<>.,;:'\"[]").lower()


def _name(text: str) -> str:
    name = re.sub(r"\\(.)", r"\1", " ".join(text.split()))
    for _layer in range(3):
        name = name.strip(" \t*,;:-|").strip("\"'«»“”„`").strip()
    return name if any(letter.isalnum() for letter in name) else ""
