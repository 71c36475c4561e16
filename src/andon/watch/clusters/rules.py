"""When what was found today is what was known yesterday. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

TOUCHING = timedelta(days=7)  # between the end of one and the beginning of the other


@dataclass(frozen=True, slots=True)
class Facts:
    """What tells one cluster from another: its slice, words and dates."""

    slice: Mapping[str, str]
    terms: Sequence[str]
    starts: datetime
    ends: datetime


def same(known: Facts, found: Facts) -> bool:
    """Whether two are one cluster at two moments: alike in slice or words, and their dates touch."""
    if found.starts > known.ends + TOUCHING or known.starts > found.ends + TOUCHING:
        return False
    if _contradict(known.slice, found.slice):
        return False
    if known.terms and found.terms:
        return bool(_words(known.terms) & _words(found.terms))
    return bool(known.slice) == bool(found.slice) and dict(known.slice) == dict(found.slice)


def match(known: Sequence[Facts], found: Iterable[Facts]) -> list[int | None]:
    """For each found, strongest first, the index of the known one it is; None: it is new. Nobody is met twice."""
    left = dict(enumerate(known))
    met: list[int | None] = []
    for one in found:
        place = min(
            (i for i, old in left.items() if same(old, one)), key=lambda i: _apart(left[i], one), default=None
        )
        met.append(place)
        left.pop(place, None) if place is not None else None
    return met


def follows(earlier: Facts, later: Facts) -> bool:
    """Whether one that was found in two stretches goes on in the second: the same, and not side by side."""
    return later.starts >= earlier.ends and same(earlier, later)


def _contradict(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return any(other[name] != value for name, value in one.items() if name in other)


def _words(terms: Iterable[str]) -> set[str]:
    return {term.casefold() for term in terms}


def _apart(known: Facts, found: Facts) -> tuple[bool, int, float]:
    """The most alike first: same slice, most words shared, nearest in time."""
    shared = len(_words(known.terms) & _words(found.terms))
    return dict(known.slice) != dict(found.slice), -shared, abs((found.ends - known.ends).total_seconds())
