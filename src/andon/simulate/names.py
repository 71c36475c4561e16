"""Opaque ids, invented names and addresses of customers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .people import ascii_name, name_lists

ALPHABET = np.frombuffer(b"0123456789abcdefghjkmnpqrstvwxyz", dtype=np.uint8)
ID_BITS = 30


def customer_ids(customers: NDArray[np.int64]) -> NDArray[np.str_]:
    """A six-letter id behind "c" for each customer number: one to one, and without an order to read off."""
    mixed = customers.astype(np.uint64)
    mask = np.uint64(2**ID_BITS - 1)
    for factor in (0x2C1B3C6D, 0x297A2D39):
        mixed = (mixed * np.uint64(factor)) & mask
        mixed ^= mixed >> np.uint64(15)
    letters = np.empty((len(customers), 7), dtype=np.uint8)
    letters[:, 0] = ord("c")
    for place in range(6):
        letters[:, place + 1] = ALPHABET[(mixed >> np.uint64(5 * place)) & np.uint64(31)]
    return letters.view("S7").ravel().astype(np.str_)


def customer_name(customer: int) -> str:
    """The same invented name each time the customer writes."""
    given, family = name_lists()
    mixed = customer * 2_654_435_761 % 2**32
    return f"{given[mixed % len(given)]} {family[mixed // len(given) % len(family)]}"


def customer_contact(customer: int, id_: str) -> str:
    """An invented address that belongs to one customer only."""
    return f"{ascii_name(customer_name(customer)).replace('.', '')}.{id_[1:]}@example.net"
