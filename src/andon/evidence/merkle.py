"""A tree of hashes over the subjects of the ledger, so that one root says how many entries each has. Pure.

The tree of RFC 6962, section 2.1: leaves and nodes are told apart by a first byte, and a lone one moves up as it
is. Leaves are in the order of their pseudonyms.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Leaf(NamedTuple):
    """The last entry about a subject: its count and its hash."""

    about: str
    nth: int
    hash: str


class Proof(NamedTuple):
    """Where a leaf stands among how many, and the hashes beside its way up, from below."""

    index: int
    subjects: int
    path: tuple[str, ...]


def leaf_hash(leaf: Leaf) -> bytes:
    return hashlib.sha256(b"\x00" + f"{leaf.about}\n{leaf.nth}\n{leaf.hash}\n".encode()).digest()


def root_of(hashes: Iterable[bytes]) -> str:
    """Of the hashes of the leaves in order; of none, the hash of nothing."""
    level = list(hashes)
    if not level:
        return hashlib.sha256(b"").hexdigest()
    while len(level) > 1:
        level = _above(level)
    return level[0].hex()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _above(level: Sequence[bytes]) -> list[bytes]:
    up = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return [*up, level[-1]] if len(level) % 2 else up


def prove(leaves: Sequence[Leaf], about: str) -> Proof:
    """How to get from the leaf of `about` to the root. Raises KeyError when there is none."""
    names = [leaf.about for leaf in leaves]
    if about not in names:
        raise KeyError(about)
    place = index = names.index(about)
    level, path = [leaf_hash(leaf) for leaf in leaves], []
    while len(level) > 1:
        beside = place ^ 1
        if beside < len(level):
            path.append(level[beside].hex())
        level, place = _above(level), place // 2
    return Proof(index, len(leaves), tuple(path))


def climb(leaf: Leaf, proof: Proof) -> str | None:
    """The root that leaf and proof lead to; None when they do not fit together."""
    if not 0 <= proof.index < proof.subjects:
        return None
    found, place, width, path = leaf_hash(leaf), proof.index, proof.subjects, list(proof.path)
    while width > 1:
        if place ^ 1 < width:
            if not path:
                return None
            beside = _bytes(path.pop(0))
            if beside is None:
                return None
            found = _node(beside, found) if place % 2 else _node(found, beside)
        place, width = place // 2, (width + 1) // 2
    return None if path else found.hex()


def _bytes(text: str) -> bytes | None:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return None
