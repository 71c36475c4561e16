"""The box that answers lie in while a wave is open: sealed with a key that is a file, and not in the database.

Whoever reads the database, or a copy of it, sees one row whose bytes change. The key is deleted when the wave is
counted, and with it the last trace of who has answered. AES-256-GCM with a new nonce each time; padded, so that its
length does not count the answers; no time stamp. Everything in it is mixed whenever something is added.
"""

import hashlib
import hmac
import json
import os
import random
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

FOLDER = "pulse"
NONCE = 12  # bytes, NIST SP 800-38D
SMALLEST = 64 * 1024  # bytes that even an empty box takes
LENGTH = 4  # bytes that say how long the content is


class LostKeyError(Exception):
    """The key of a wave is not there, or not the right one: what was answered cannot be read by anybody."""


@dataclass(slots=True)
class Contents:
    """`tickets` of those who answered, sorted; `ballots` and `comments` as (cell, …), in no order."""

    tickets: list[str] = field(default_factory=list)
    ballots: list[tuple[int, list[int | None]]] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)

    def mix(self, rng: random.Random) -> None:
        self.tickets.sort()
        rng.shuffle(self.ballots)
        rng.shuffle(self.comments)


def folder() -> Path:
    return Path(settings.HOME) / FOLDER


def path_of(name: str) -> Path:
    return folder() / f"{name}.key"


def make_key(name: str) -> bytes:
    """Readable by the account of the application only; on the disk before it is used."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    key = secrets.token_bytes(32)
    handle = os.open(path_of(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return key


def key_of(name: str) -> bytes:
    try:
        key = path_of(name).read_bytes()
    except OSError as error:
        raise LostKeyError from error
    if len(key) != 32:
        raise LostKeyError
    return key


def forget_key(name: str) -> None:
    path_of(name).unlink(missing_ok=True)


def ticket(key: bytes, whose: str) -> str:
    """What says that somebody has answered, to whoever has the key, and nothing to anybody else."""
    return hmac.new(key, f"ticket:{whose}".encode(), hashlib.sha256).hexdigest()[:32]


def seal(contents: Contents, key: bytes) -> bytes:
    said = json.dumps([contents.tickets, contents.ballots, contents.comments]).encode()
    plain = len(said).to_bytes(LENGTH, "big") + said
    size = SMALLEST
    while size < len(plain):
        size *= 2
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain.ljust(size, b"\0"), None)


def unseal(sealed: bytes, key: bytes) -> Contents:
    """Raises LostKeyError where the key does not fit."""
    sealed = bytes(sealed)
    try:
        plain = AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], None)
    except (InvalidTag, ValueError) as error:
        raise LostKeyError from error
    end = LENGTH + int.from_bytes(plain[:LENGTH], "big")
    tickets, ballots, comments = json.loads(plain[LENGTH:end])
    return Contents(tickets, [(c, a) for c, a in ballots], [(c, text) for c, text in comments])
