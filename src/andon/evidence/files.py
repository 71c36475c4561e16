"""A ledger, or one person's part of it, as a JSON file that anybody may check. Pure.

docs/reference/ledger.md holds the format.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from andon.evidence import seals
from andon.evidence.chain import FORMAT, Link, canonical
from andon.evidence.keys import public_of
from andon.evidence.merkle import Proof
from andon.evidence.seals import Statement
from andon.evidence.walking import Row, Sealed

FULL, EXTRACT, DOSSIER = "full", "extract", "dossier"
ATTACHMENT = "ledger.json"


class Unreadable(Exception):  # noqa: N818
    """The file is no ledger at all; the sentence says why."""


def write(out: BinaryIO, parts: dict[str, Any], rows: Iterable[Row], key: Ed25519PrivateKey) -> None:
    """Writes the file in its canonical form, an entry at a time, and signs what was written.

    `parts` are `kind`, `about`, `made_at`, `seals` (Sealed) and `proof`.
    """
    digest = hashlib.sha256()
    for piece in _pieces(parts, rows, public_of(key)):
        digest.update(piece)
        out.write(piece)
    digest.update(b"}")
    signature = key.sign(to_sign(digest.hexdigest())).hex()
    out.write(f',"signature":"{signature}"}}'.encode())


def to_sign(digest: str) -> bytes:
    return f"andon-file-1\n{digest}\n".encode()


def _pieces(parts: dict[str, Any], rows: Iterable[Row], key: str) -> Iterator[bytes]:
    """All but the signature and the last brace; names in the order of the alphabet, as in every canonical text."""
    yield f'{{"about":{canonical(parts["about"])},"entries":['.encode()
    comma = ""
    for row in rows:
        yield (comma + canonical(_entry(row))).encode()
        comma = ","
    proof = parts["proof"]
    rest = {
        "format": FORMAT,
        "key": key,
        "kind": parts["kind"],
        "made_at": parts["made_at"],
        "proof": proof._asdict() if proof else None,
        "seals": [one.statement._asdict() | {"signature": one.signature} for one in parts["seals"]],
    }
    yield b"]," + canonical(rest)[1:-1].encode()


def _entry(row: Row) -> dict[str, Any]:
    return row.link._asdict() | {
        "hash": row.hash, "salt": row.salt, "body": row.body, "withheld": row.withheld
    }  # fmt: skip


class Document:
    """What a file holds, once it could be read. Raises Unreadable with a sentence."""

    def __init__(self, raw: bytes) -> None:
        found = _parse(raw)
        self.is_signed = _is_signed(found)
        try:
            self.kind, self.about, self.key = _text(found, "kind"), found["about"], _text(found, "key")
            self.made_at = _text(found, "made_at")
            self.rows = [_row(entry) for entry in found["entries"]]
            self.seals = [_seal(dict(one)) for one in found["seals"]]
            self.proof = _proof(found["proof"])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Unreadable(f"A part of the file is missing or of another kind: {error}.") from None


def _parse(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise Unreadable("This is no JSON, or it was cut off.") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise Unreadable(f"This is no ledger of Andon: its format is not {FORMAT}.")
    if found.get("kind") not in (FULL, EXTRACT, DOSSIER):
        raise Unreadable("The file does not say whether it is a whole ledger or an extract.")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name twice would let two readers see two things."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is given twice")
    return found


def _is_signed(found: dict[str, Any]) -> bool:
    rest = {name: value for name, value in found.items() if name != "signature"}
    try:
        digest = hashlib.sha256(canonical(rest).encode()).hexdigest()
    except ValueError:
        return False
    signature, key = found.get("signature"), found.get("key")
    both = isinstance(signature, str) and isinstance(key, str)
    return both and seals.is_signed(to_sign(digest), signature, key)


KINDS = {"seq": int, "nth": int, "number": int, "subjects": int, "index": int}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Whole numbers are whole numbers and everything else is text."""
    for name, value in values.items():
        if type(value) is not KINDS.get(name, str):
            raise TypeError(name)
    return values


def _text(found: dict[str, Any], name: str) -> str:
    if not isinstance(found[name], str):
        raise TypeError(name)
    return found[name]


def _row(entry: dict[str, Any]) -> Row:
    link = Link(**_plain({name: entry[name] for name in Link._fields}))
    salt, body = entry["salt"], entry["body"]
    if not all(value is None or isinstance(value, str) for value in (salt, body)):
        raise TypeError("body")
    return Row(link, _text(entry, "hash"), salt, body, entry["withheld"] is True)


def _seal(one: dict[str, Any]) -> Sealed:
    signature = one.pop("signature")
    return Sealed(Statement(**_plain(one)), str(signature))


def _proof(found: dict[str, Any] | None) -> Proof | None:
    if found is None:
        return None
    path = tuple(str(step) for step in found["path"])
    return Proof(path=path, **_plain({"index": found["index"], "subjects": found["subjects"]}))
