"""Which counts are too small to show, and which others go with them, as they would give them away by subtracting."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from heapq import nsmallest


def hidden[Key: Hashable](
    sizes: Mapping[Key, int], sums: Iterable[Sequence[Key]], fewest: int
) -> frozenset[Key]:
    """The cells that are not shown. sizes: how many customers are behind each. sums: cells that add up to something
    known: a total of theirs that is a cell as well, or nothing.

    In each sum, those that are hidden are none, or two or more with `fewest` customers between them (complementary
    suppression; Willenborg & de Waal 2001, Elements of Statistical Disclosure Control, ch. 6). Empty cells hide
    nothing.
    """
    there = [[key for key in dict.fromkeys(one) if sizes.get(key, 0)] for one in sums]
    away = {key for key, size in sizes.items() if 0 < size < fewest}
    lines: dict[Key, list[int]] = {}
    for place, one in enumerate(there):
        for key in one:
            lines.setdefault(key, []).append(place)
    waiting = sorted({place for key in away for place in lines.get(key, ())})
    while waiting:
        one = there[waiting.pop()]
        for key in _more(one, away, sizes, fewest):
            away.add(key)
            waiting.extend(lines[key])
    return frozenset(away)


def _more[Key: Hashable](
    one: Sequence[Key], away: set[Key], sizes: Mapping[Key, int], fewest: int
) -> Sequence[Key]:
    """The smallest other cell, where what is hidden of a sum is too little to hide it."""
    gone = [key for key in one if key in away]
    if not gone or (len(gone) > 1 and sum(sizes[key] for key in gone) >= fewest):
        return ()
    return nsmallest(1, (key for key in one if key not in away), key=lambda key: (sizes[key], str(key)))
