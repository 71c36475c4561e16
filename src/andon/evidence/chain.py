"""How an entry of the ledger becomes a hash: the encoding, as docs/reference/ledger.md gives it. Pure.

An entry is ten lines of text; its hash is the SHA-256 of them. What was said is not among them, only the salted
digest of it, so that the words can be erased and the chain still be walked.
"""

import hashlib
import json
import re
from datetime import UTC, datetime
from typing import Any, NamedTuple

FORMAT = "andon-ledger-1"
NOTHING = "0" * 64
"""What stands for the hash before the first."""

ERASED = "content.erased"
WHAT = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+\Z")
LONGEST_WHAT = 80
LARGEST_BODY = 1_000_000


class Link(NamedTuple):
    """What the hash of an entry is taken over. `about` and `by` are pseudonyms, or empty for nobody.

    `nth` counts the entries about the same subject from 1; `previous_about` is the hash of the one before of these.
    """

    seq: int
    at: str
    what: str
    about: str
    by: str
    nth: int
    previous: str
    previous_about: str
    content: str


def instant(at: datetime) -> str:
    """UTC to the microsecond, always of the same length: 2026-03-02T09:00:00.000000Z."""
    if at.tzinfo is None:
        raise ValueError("A moment without its zone is no moment: give an aware datetime.")
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def encode(link: Link) -> bytes:
    """The ten lines, each ended by a line feed."""
    return "\n".join((FORMAT, *map(str, link), "")).encode()


def hash_of(link: Link) -> str:
    return hashlib.sha256(encode(link)).hexdigest()


def content_digest(salt: str, body: str) -> str:
    """Of what was said: SHA-256 over the salt and the body, both as text. The salt is 32 hexadecimal digits."""
    return hashlib.sha256(f"{salt}\n{body}".encode()).hexdigest()


def canonical(value: Any) -> str:
    """JSON with sorted keys and nothing between the signs: equal things give equal text.

    Raises ValueError for what JSON cannot say alike everywhere: other types, NaN, keys that are no text.
    """
    _demand_plain(value)
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("The text holds a sign that is no character, so it cannot be kept.") from None
    return text


def _demand_plain(value: Any) -> None:
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("Every name in the body of an entry is text.")
        for inner in value.values():
            _demand_plain(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _demand_plain(inner)
    elif not isinstance(value, (str, int, float, type(None))):
        raise ValueError(f"The body of an entry cannot hold a {type(value).__name__}: write it as text.")


def pseudonym(salt: str, key: int) -> str:
    """What a person is called in the chain. It can be checked with the salt, and guessed by nobody without."""
    return hashlib.sha256(f"{salt}\nperson {key}".encode()).hexdigest()[:32]
