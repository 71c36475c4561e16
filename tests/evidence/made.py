"""Ledgers made without a database, to alter and check."""

from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from andon.evidence import chain, seals
from andon.evidence.chain import NOTHING, Link
from andon.evidence.keys import public_of
from andon.evidence.merkle import Leaf, leaf_hash, root_of
from andon.evidence.seals import Statement
from andon.evidence.walking import Row, Sealed

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SUBJECTS = ("a" * 32, "b" * 32, "c" * 32)


def make(subjects, every=4) -> tuple[list[Row], list[Sealed]]:
    """A ledger with an entry about each of `subjects` in turn, sealed after `every` entries."""
    rows, sealed, last = [], [], {}
    for seq, about in enumerate(subjects, 1):
        nth, before = last.get(about, (0, NOTHING))
        rows.append(_row(seq, about, nth + 1, rows[-1].hash if rows else NOTHING, before))
        last[about] = nth + 1, rows[-1].hash
        if seq % every == 0:
            sealed.append(_seal(rows, last, sealed))
    return rows, sealed


def _row(seq, about, nth, previous, before) -> Row:
    salt, body = f"{seq:032x}", chain.canonical({"said": f"number {seq}"})
    at = chain.instant(BEGAN + timedelta(minutes=seq))
    digest = chain.content_digest(salt, body)
    link = Link(seq, at, "coaching.spoken", about, "d" * 32, nth, previous, before, digest)
    return Row(link, chain.hash_of(link), salt, body)


def _seal(rows, last, sealed) -> Sealed:
    leaves = sorted(Leaf(about, *end) for about, end in last.items())
    statement = Statement(
        number=len(sealed) + 1,
        ledger=rows[0].hash,
        seq=rows[-1].link.seq,
        hash=rows[-1].hash,
        subjects=len(leaves),
        root=root_of(map(leaf_hash, leaves)),
        at=rows[-1].link.at,
        previous=seals.after(sealed[-1].signature if sealed else None),
        key=public_of(KEY),
    )
    return Sealed(statement, seals.sign(statement, KEY))
