"""Several clusters of one value at one time are one cause: the value itself, with its parts named."""

from collections.abc import Sequence
from dataclasses import replace

from andon.analysis.clusters.choosing import Candidate, Chosen

ENOUGH = 0.25  # share of the parts' strength that the value alone must have


def joined(chosen: Sequence[Chosen], found: Sequence[Candidate]) -> list[Chosen]:
    """Clusters that share a value and overlap in time become the cluster of that value, where it shows as clearly."""
    kept: list[Chosen] = []
    left = list(chosen)
    while left:
        one = left.pop(0)
        for value in one.candidate.slice.values:
            parts = [one, *(other for other in left if _sibling(one, other, value))]
            parent = _parent(found, value, parts) if len(parts) > 1 else None
            if parent is not None:
                one = _whole(parent, parts)
                left = [other for other in left if not any(other is part for part in parts)]
                break
        kept.append(one)
    return kept


def _sibling(one: Chosen, other: Chosen, value: tuple[str, str]) -> bool:
    return value in other.candidate.slice.values and one.candidate.overlaps(other.candidate)


def _parent(found: Sequence[Candidate], value: tuple[str, str], parts: Sequence[Chosen]) -> Candidate | None:
    """The value alone at that time."""
    able = [
        one
        for one in found
        if one.slice.values == (value,) and any(one.overlaps(part.candidate) for part in parts)
    ]
    best = max(able, key=lambda one: one.strength, default=None)
    if best is None or best.strength < ENOUGH * sum(part.candidate.strength for part in parts):
        return None
    return best


def _whole(parent: Candidate, parts: Sequence[Chosen]) -> Chosen:
    rows = parent.family.rows(parent.number)
    log_p = min(part.log_p for part in parts)
    explains = [pair for part in parts for pair in part.explains]
    return Chosen(
        replace(parent, log_p=log_p), rows, log_p, explains, tuple(part.candidate for part in parts)
    )
