"""What is searched for: rows, rows with a bad outcome, or a greater share of them."""

from dataclasses import dataclass

import numpy as np

from andon.analysis.clusters.ground import Ground
from andon.analysis.clusters.spec import Bools, Floats
from andon.plots import words

LOW, HIGH = 0.1, 0.9  # shares of values beyond which a number is unusual


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """`kind` "count": rows with `event` (N,); "rate": their share among rows with `known` (N,). `label` names them."""

    kind: str
    event: Bools
    known: Bools
    label: str = ""


def searches(ground: Ground) -> list[Search]:
    """Rows alone; the yes of a yes/no outcome, as counts, and both as share; the tails of a number, as share."""
    y, name = ground.records.outcome, ground.spec.outcome or "outcome"
    every = np.ones(len(ground.records), np.bool_)
    if y is None:
        return [Search("count", every, every)]
    known = ~np.isnan(y)
    if bool(np.isin(y[known], (0, 1)).all()):
        yes = known & (y == 1)
        return [
            Search("count", yes, every, f"{name} = yes"),
            Search("rate", yes, known, f"{name} = yes"),
            Search("rate", known & ~yes, known, f"{name} = no"),
        ]
    return [Search("count", every, every), *_tails(y, known, name)]


def _tails(y: Floats, known: Bools, name: str) -> list[Search]:
    low, high = np.quantile(y[known], (LOW, HIGH))
    if low == high:
        return []
    below, above = known & (y <= low), known & (y >= high)
    return [
        Search("rate", below, known, f"{name} of {words.number(float(low))} or less"),
        Search("rate", above, known, f"{name} of {words.number(float(high))} or more"),
    ]
