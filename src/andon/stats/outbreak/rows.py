"""Some rows of a record of arrays; records may hold records, and None where there is no array."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np

from andon.stats.segments import Bools, Ints


def take[T](record: T, which: Bools | Ints) -> T:
    """The record with only these rows of each array."""
    found: Any = record
    parts = {field.name: getattr(found, field.name) for field in fields(found)}
    some = {
        name: take(part, which) if is_dataclass(part) else part[which]
        for name, part in parts.items()
        if part is not None
    }
    taken: T = replace(found, **some)
    return taken


def put[T](record: T, which: Ints, other: T) -> None:
    """Write the rows of another record into these rows."""
    found: Any = record
    for field in fields(found):
        mine, theirs = getattr(record, field.name), getattr(other, field.name)
        if isinstance(mine, np.ndarray):
            mine[which] = theirs
        else:
            put(mine, which, theirs)
