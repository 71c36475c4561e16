"""Where cells belong: groups of who through what, times, and the unit whose cases may hang together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from andon.lake.cells import Factor
from andon.stats.within import CellCodes
from andon.stats.within.coding import crossed, dense

Ints = NDArray[np.int64]
FEW = 8  # clusters, below which errors of teams or mechanisms cannot be told


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Where entries belong: cell (E,) of each, codes of the cells, and the unit whose cases may hang together."""

    cell: Ints
    codes: CellCodes
    unit: str


def place(factors: dict[str, Factor], period: Ints) -> Placed:
    """Groups of worker × mechanism × team, times of mechanism × period, and clusters."""
    size = len(period)
    codes = {role: factor.codes.astype(np.int64) for role, factor in factors.items()}
    mechanism = codes.get("mechanism", np.zeros(size, np.int64))
    group = mechanism
    for role in ("worker", "team"):
        if role in codes:
            group = crossed(group, codes[role])
    when = dense(period - int(period.min(initial=0)))[0]
    periods = int(when.max(initial=0)) + 1
    time, times = dense(mechanism * periods + when)
    unit, cluster = _clusters(codes | {"period": when})
    cell, cells = dense(group * len(times) + time)
    first = np.empty(len(cells), np.int64)
    first[cell] = np.arange(size)
    block = dense(times // periods)[0]
    return Placed(cell, CellCodes(group[first], time[first], cluster[first], block), unit)


def _clusters(codes: dict[str, Ints]) -> tuple[str, Ints]:
    """Workers; without them teams, mechanisms or periods, the first of which there are eight, or else the most."""
    order: list[str] = [role for role in ("worker", "team", "mechanism", "period") if role in codes]
    found = {role: dense(codes[role]) for role in order}
    sizes = {role: len(values) for role, (_, values) in found.items()}
    if sizes.get("worker", 0) > 1:
        chosen = "worker"
    else:
        enough = [role for role in order if sizes[role] >= FEW]
        chosen = enough[0] if enough else max(order, key=lambda role: sizes[role])
    return chosen, found[chosen][0]
