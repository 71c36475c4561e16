"""A seal as text, signed and checked. Pure."""

import hashlib
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from andon.evidence.chain import NOTHING

FORMAT = "andon-seal-1"


class Statement(NamedTuple):
    """What is signed: up to entry `seq` of a ledger, whose hash is `hash`; `root` is over its `subjects`."""

    number: int
    ledger: str
    seq: int
    hash: str
    subjects: int
    root: str
    at: str
    previous: str
    key: str


def encode(statement: Statement) -> bytes:
    """Ten lines, each ended by a line feed."""
    return "\n".join((FORMAT, *map(str, statement), "")).encode()


def sign(statement: Statement, key: Ed25519PrivateKey) -> str:
    return key.sign(encode(statement)).hex()


def is_signed(text: bytes, signature: str, key: str) -> bool:
    """Whether the holder of `key` (hexadecimal digits) signed `text`."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), text)
    except (InvalidSignature, ValueError):
        return False
    return True


def after(signature: str | None) -> str:
    """What the next seal names as the one before it."""
    return hashlib.sha256(signature.encode()).hexdigest() if signature else NOTHING


def fingerprint(key: str) -> str:
    """Short enough to be read aloud: the first 16 digits of the SHA-256 of the key, in fours."""
    digits = hashlib.sha256(bytes.fromhex(key)).hexdigest()[:16]
    return " ".join(digits[i : i + 4] for i in range(0, 16, 4))
