"""Several metrics beside the outcome at once, of the cases in which all of them are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Any

import narwhals as nw
import numpy as np

from andon.lake.cells import Factor, Floats
from andon.lake.factors import Ints
from andon.lake.metrics.cells import factors_of, floats, somebody, whole
from andon.lake.metrics.frame import Rows

ENOUGH = 0.5  # share of the cases of the best known metric that all together must keep


@dataclass(frozen=True, slots=True, eq=False)
class JointCells:
    """Cases in which all of `names` are known; arrays with a first axis of cells (C,).

    sums (C, 1 + p): of the outcome and each metric. products (C, 1 + p, 1 + p): of every two of them. missing: the
    metrics that were left out, as too few cases know them and the others.
    """

    names: tuple[str, ...]
    factors: dict[str, Factor]
    period: Ints
    n: Floats
    sums: Floats
    products: Floats
    missing: tuple[str, ...]


def joint_cells(rows: Rows, metrics: Sequence[str]) -> JointCells | None:
    """Cells of several metrics together; None where fewer than two are known together often enough."""
    names, missing = _together(rows, metrics)
    if len(names) < 2:
        return None
    parts = ["y", *(f"x_{rows.place(name)}" for name in names)]
    pairs = list(combinations_with_replacement(range(len(parts)), 2))
    frame = _known(rows, parts).select(
        *(key.alias(name) for name, key in rows.keys.items()),
        *(nw.col(part).alias(f"v_{i}") for i, part in enumerate(parts)),
    )
    totals = [nw.len().alias("n"), *(nw.col(f"v_{i}").sum().alias(f"s_{i}") for i in range(len(parts)))]
    totals += [(nw.col(f"v_{i}") * nw.col(f"v_{j}")).sum().alias(f"p_{i}_{j}") for i, j in pairs]
    table = rows.source.collect(frame.group_by(*rows.keys).agg(*totals))
    factors = factors_of(rows, table)
    kept = somebody(factors, table.num_rows)
    products = np.empty((table.num_rows, len(parts), len(parts)))
    for i, j in pairs:
        products[:, i, j] = products[:, j, i] = floats(table, f"p_{i}_{j}")
    sums = np.stack([floats(table, f"s_{i}") for i in range(len(parts))], axis=1)
    found = {role: Factor(one.codes[kept], one.levels) for role, one in factors.items()}
    return JointCells(
        tuple(names), found, whole(table, "period")[kept], floats(table, "n")[kept], sums[kept], products[kept],
        missing,
    )  # fmt: skip


def _known(rows: Rows, parts: Sequence[str]) -> nw.LazyFrame[Any]:
    frame = rows.frame
    for part in parts[1:]:
        frame = frame.filter(~nw.col(part).is_null())
    return frame


def _together(rows: Rows, metrics: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """The metrics to take together: while too few cases know all, the one known in fewest is left out."""
    left = sorted(metrics, key=lambda name: -rows.metrics[name].known)
    if all(rows.metrics[name].known == rows.outcome.known for name in left):
        return [name for name in metrics if name in left], ()
    patterns = _patterns(rows, left)
    most = rows.metrics[left[0]].known
    while len(left) > 1 and _complete(patterns, left) < ENOUGH * most:
        left.pop()
    return [name for name in metrics if name in left], tuple(name for name in metrics if name not in left)


def _patterns(rows: Rows, names: Sequence[str]) -> list[dict[str, Any]]:
    known = {name: (~nw.col(f"x_{rows.place(name)}").is_null()) for name in names}
    frame = rows.frame.select(*(test.alias(name) for name, test in known.items()))
    found: list[dict[str, Any]] = rows.source.collect(
        frame.group_by(*names).agg(nw.len().alias("__n"))
    ).to_pylist()
    return found


def _complete(patterns: list[dict[str, Any]], names: Sequence[str]) -> int:
    return sum(int(one["__n"]) for one in patterns if all(one[name] for name in names))
