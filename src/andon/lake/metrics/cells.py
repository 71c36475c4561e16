"""A metric beside the outcome: counts, sums and products by who, what, when and stretch of the metric."""

from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pyarrow as pa

from andon.lake.cells import Every, Factor, Floats
from andon.lake.factors import Ints
from andon.lake.metrics.frame import Rows
from andon.lake.metrics.outlook import Outlook
from andon.lake.missing import NOT_GIVEN

ROLES = ("worker", "mechanism", "team")


@dataclass(frozen=True, slots=True, eq=False)
class MetricCells:
    """Cases in which metric and outcome are known, summed; every array (E,), an entry a cell and stretch.

    factors: of "worker", "mechanism" and "team" those given. period: numbered as in `lake.cells`. stretch: of the
    metric. n, x, y, xx, xy, yy: cases and sums, x and y on the common scale of `metric` and `outcome`.
    """

    name: str
    factors: dict[str, Factor]
    period: Ints
    stretch: Ints
    n: Floats
    x: Floats
    y: Floats
    xx: Floats
    xy: Floats
    yy: Floats
    metric: Outlook
    outcome: Outlook
    every: Every

    def __len__(self) -> int:
        return len(self.n)

    @property
    def cases(self) -> float:
        return float(self.n.sum())


def metric_cells(rows: Rows, metric: str) -> MetricCells:
    """Cells of one metric. Rows that name no worker are left out, as nobody is compared with nobody."""
    look, name = rows.metrics[metric], f"x_{rows.place(metric)}"
    x, y = nw.col("x"), nw.col("y")
    keys = rows.keys | {"stretch": look.stretch(nw.col(name))}
    columns = [key.alias(part) for part, key in keys.items()]
    frame = rows.frame.filter(~nw.col(name).is_null()).select(*columns, nw.col(name).alias("x"), y)
    sums = {"x": x, "y": y, "xx": x * x, "xy": x * y, "yy": y * y}
    totals = [nw.len().alias("n"), *(value.sum().alias(f"s_{part}") for part, value in sums.items())]
    table = rows.source.collect(frame.group_by(*keys).agg(*totals))
    factors = factors_of(rows, table)
    kept = somebody(factors, table.num_rows)
    n, sums_x, sums_y, xx, xy, yy = (
        floats(table, name)[kept] for name in ("n", *(f"s_{part}" for part in sums))
    )
    return MetricCells(
        metric, {role: Factor(one.codes[kept], one.levels) for role, one in factors.items()},
        whole(table, "period")[kept], whole(table, "stretch")[kept], n, sums_x, sums_y, xx, xy, yy, look,
        rows.outcome, rows.every,
    )  # fmt: skip


def factors_of(rows: Rows, table: pa.Table) -> dict[str, Factor]:
    return {role: rows.named.factor(table, role) for role in ROLES if role in rows.plan.spec.by}


def somebody(factors: dict[str, Factor], size: int) -> Ints:
    """The entries in which somebody served."""
    worker = factors.get("worker")
    if worker is None or NOT_GIVEN not in worker.levels:
        return np.arange(size)
    return np.flatnonzero(worker.codes != worker.levels.index(NOT_GIVEN))


def floats(table: pa.Table, name: str) -> Floats:
    return np.asarray(table[name].cast(pa.float64()).fill_null(0.0).to_numpy(), np.float64)


def whole(table: pa.Table, name: str) -> Ints:
    return np.asarray(table[name].cast(pa.int64()).to_numpy(), np.int64)
