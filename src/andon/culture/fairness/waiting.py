"""Who waits longer for an answer: each group beside all others. Pure."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from andon.culture.fairness.hiding import SMALLEST, Groups
from andon.culture.fairness.rules import members_of
from andon.stats.tables import Between
from andon.stats.waits import longer


@dataclass(frozen=True, slots=True)
class Waits:
    """Median days of a group of `n` and of the others, the shift between them, and p."""

    group: str
    n: int
    others: int
    median: float
    others_median: float
    longer: Between
    p: float
    corrected: float = math.nan


@dataclass(frozen=True, slots=True)
class Waited:
    """`still` had no answer at the end; 0 also where they are few."""

    kind: str
    rows: tuple[Waits, ...]
    still: int


def waited(kind: str, groups: Groups, days: Mapping[int, float], still: int) -> Waited:
    """Without rows where no two groups of five waited. Of two groups, the one that waits longer."""
    members = {name: [days[key] for key in people] for name, people in members_of(groups).items()}
    order = sorted(members, key=lambda name: (-float(np.median(members[name])), name))
    told = order[:1] if len(order) == 2 else sorted(order)
    rows = tuple(_one(name, members) for name in told)
    return Waited(kind, rows, still if still >= SMALLEST else 0)


def _one(name: str, members: Mapping[str, list[float]]) -> Waits:
    ours = members[name]
    others = [value for other, values in members.items() if other != name for value in values]
    shift, p = longer(ours, others)
    return Waits(name, len(ours), len(others), float(np.median(ours)), float(np.median(others)), shift, p)
