"""The key that seals are signed with: made on first need, in a file that only its owner reads."""

import os
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PRIVATE, PUBLIC = "ledger.pem", "ledger.pub"


def signer(folder: Path) -> Ed25519PrivateKey:
    """The private key in `folder`; the first who asks makes it, and the others find it whole."""
    path = folder / PRIVATE
    if not path.exists():
        _make(folder)
    return _read(path)


def public_of(key: Ed25519PrivateKey) -> str:
    raw = serialization.Encoding.Raw, serialization.PublicFormat.Raw
    return key.public_key().public_bytes(*raw).hex()


def published(folder: Path) -> set[str]:
    """Public keys that `folder` knows; former ones may stay there as other files that end in .pub."""
    files = folder.glob("*.pub") if folder.is_dir() else ()
    return {path.read_text(errors="replace").strip().lower() for path in files}


def _read(path: Path) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path} holds no Ed25519 key. Put the right one back from a backup.")
    return key


def _make(folder: Path) -> None:
    """Written whole beside its place and then linked, so that of two who make one only the first one's counts."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = Ed25519PrivateKey.generate()
    pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    part = folder / f".{PRIVATE}.{os.getpid()}.{os.urandom(4).hex()}"
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key.private_bytes(*pem))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(part, folder / PRIVATE)
    except FileExistsError:
        pass  # another process was first; its key is the key
    finally:
        part.unlink()
    (folder / PUBLIC).write_text(public_of(_read(folder / PRIVATE)) + "\n")


def trusted(given: str) -> str:
    """What somebody gave as a key to trust: the key, its fingerprint, or a file that holds the key.

    Raises ValueError with a sentence.
    """
    path = Path(given)
    text = path.read_text(errors="replace") if path.is_file() else given
    digits = "".join(text.split()).lower()
    if len(digits) not in (16, 64) or not set(digits) <= set("0123456789abcdef"):
        raise ValueError(
            f"{given} is no key: give its 64 digits, its fingerprint of 16, or the file ledger.pub."
        )
    return digits
