"""Which units of two files are the same."""

from __future__ import annotations

import numpy as np

from andon.lake import BadInput
from andon.lake.errors import listing
from andon.lake.linking import Ints, UnitCells, loose_key, unit_key
from andon.plots import words


def matched(cells: tuple[UnitCells, UnitCells]) -> tuple[tuple[Ints, Ints], list[str], list[str]]:
    """For each side, the place of each of its units among those both have, −1 where the other has it not."""
    keys = [[unit_key(name) for name in one.units] for one in cells]
    pairs = _pairs(keys[0], keys[1])
    if not pairs:
        raise BadInput(
            f"No unit is in both files: EMPLOYEE_DATA has {listing(cells[0].units, 3)}, "
            f"CUSTOMER_DATA {listing(cells[1].units, 3)}.",
            "Give the column with the same names or codes in both as --unit (and --unit-customer).",
        )
    places = tuple(np.full(len(one.units), -1, np.int64) for one in cells)
    for place, (left, right) in enumerate(pairs):
        places[0][left], places[1][right] = place, place
    units = [cells[1].units[right] for _, right in pairs]
    loose = [(a, b) for a, b in pairs if keys[0][a] != keys[1][b]]
    notes = []
    if loose:
        a, b = loose[0]
        notes.append(
            f"{words.capital(words.counted(len(loose), 'unit'))} matched although written differently, "
            f"as “{cells[0].units[a]}” and “{cells[1].units[b]}”."
        )
    return (places[0], places[1]), units, notes


def _pairs(left: list[str], right: list[str]) -> list[tuple[int, int]]:
    """Places of units that are the same; what matches nothing is compared by letters and digits alone."""
    there = {key: place for place, key in enumerate(right)}
    pairs = [(place, there[key]) for place, key in enumerate(left) if key in there]
    used = {a for a, _ in pairs}, {b for _, b in pairs}
    rest = [
        _only({place: loose_key(key) for place, key in enumerate(keys) if place not in taken})
        for keys, taken in zip((left, right), used, strict=True)
    ]
    pairs += [(place, rest[1][key]) for key, place in rest[0].items() if key in rest[1]]
    return sorted(pairs, key=lambda pair: right[pair[1]])


def _only(keys: dict[int, str]) -> dict[str, int]:
    """Loose keys that one unit alone has."""
    found: dict[str, list[int]] = {}
    for place, key in keys.items():
        found.setdefault(key, []).append(place)
    return {key: places[0] for key, places in found.items() if key and len(places) == 1}


def unmatched(cells: UnitCells, places: Ints) -> list[str]:
    return [cells.units[i] for i in np.flatnonzero(places < 0).tolist()]
