"""Invented names, addresses and opaque ids."""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

from .mechanisms import load

ALPHABET = np.frombuffer(b"0123456789abcdefghjkmnpqrstvwxyz", dtype=np.uint8)
ID_LETTERS, LETTER_BITS = 6, 5


def staff_names(rng: np.random.Generator, count: int) -> list[str]:
    """`count` names that are all different, also once they are written as an address."""
    given, family = _lists()
    pairs = rng.permutation(len(given) * len(family))
    names = [f"{given[pair % len(given)]} {family[pair // len(given)]}" for pair in pairs[:count]]
    more = (count - 1) // len(pairs)
    return names + [f"{name} {round_ + 2}" for round_ in range(more) for name in names][: count - len(names)]


def ascii_name(name: str) -> str:
    """A name as it stands before the @ of an address."""
    plain = unicodedata.normalize("NFKD", name.replace("ø", "o").replace("ł", "l"))
    return plain.encode("ascii", "ignore").decode().lower().replace(" ", ".")


def customer_ids(customers: NDArray[np.int64]) -> NDArray[np.str_]:
    """A six-letter id behind "c" for each customer number: one to one, and without an order to read off."""
    mixed = customers.astype(np.uint64)
    mask = np.uint64(2 ** (ID_LETTERS * LETTER_BITS) - 1)
    for odd in (0x2C1B3C6D, 0x297A2D39):
        mixed = (mixed * np.uint64(odd)) & mask
        mixed ^= mixed >> np.uint64(15)
    letters = np.empty((len(customers), ID_LETTERS + 1), dtype=np.uint8)
    letters[:, 0] = ord("c")
    for place in range(ID_LETTERS):
        letters[:, place + 1] = ALPHABET[(mixed >> np.uint64(LETTER_BITS * place)) & np.uint64(31)]
    ids: NDArray[np.str_] = letters.view(f"S{ID_LETTERS + 1}").ravel().astype(np.str_)
    return ids


def customer_name(customer: int) -> str:
    """The same invented name each time the customer writes."""
    given, family = _lists()
    mixed = customer * 2_654_435_761 % 2**32
    return f"{given[mixed % len(given)]} {family[mixed // len(given) % len(family)]}"


def customer_contact(customer: int, id_: str) -> str:
    """An invented address that belongs to one customer only."""
    return f"{ascii_name(customer_name(customer)).replace('.', '')}.{id_[1:]}@example.net"


@cache
def _lists() -> tuple[list[str], list[str]]:
    names = load("names.toml")
    return names["given"], names["family"]
