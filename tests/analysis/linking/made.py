"""Units and periods of which the truth is known, and what is said of them."""

from collections.abc import Callable

import numpy as np

from andon.analysis.linking.goodness import oriented
from andon.analysis.linking.pairing import link
from andon.analysis.linking.spec import Joined, Link, Linked, LinkQuestion, Measure
from andon.stats.segments import Floats

BURN = 12  # periods before the first that is shown


def series(rng: np.random.Generator, units: int, periods: int, keeps: float = 0.0) -> Floats:
    """Histories of spread one that keep that share of themselves from one period to the next, (U, T)."""
    found = rng.normal(size=(units, periods))
    for t in range(1, periods):
        found[:, t] = keeps * found[:, t - 1] + np.sqrt(1 - keeps**2) * found[:, t]
    return found


def later(values: Floats, by: int = 1) -> Floats:
    """The same, so many periods later; what came before the first is nought."""
    return np.concatenate([np.zeros((len(values), by)), values[:, :-by]], axis=1)


def joined(x: Floats, y: Floats, every: str = "month", **more: Floats) -> Joined:
    """One employee measure `mood`, one customer measure `score`, and further customer measures."""
    employee = (Measure("employee", "mood", "mood", x, ""),)
    customer = tuple(
        Measure("customer", name, name, values, "") for name, values in {"score": y, **more}.items()
    )
    return Joined(
        [f"site {i:03}" for i in range(len(x))], [f"p{t:03}" for t in range(x.shape[1])], every, employee, customer,
        {"employee": [], "customer": []}, {"employee": x.size, "customer": y.size}, [], (),
    )  # fmt: skip


def linked(data: Joined, **asked: object) -> Linked:
    question = LinkQuestion(
        "a", "b", "site", "month", ("mood",), ("score",), **({"permutations": 999} | asked)
    )
    return link(oriented(data, question.good), question)


def told(x: Floats, y: Floats, **asked: object) -> Link:
    return linked(joined(x, y), **asked).links[0]


def claimed(one: Link) -> bool:
    """Whether anything at all is said to be there."""
    return "association" in (one.between.verdict, one.within.verdict) or bool(one.direction)


def share(
    make: Callable[[np.random.Generator], Link], says: Callable[[Link], bool], seeds: int = 60
) -> float:
    """Of how many worlds something is said."""
    return float(np.mean([says(make(np.random.default_rng([7, seed]))) for seed in range(seeds)]))
