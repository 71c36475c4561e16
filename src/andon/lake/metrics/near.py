"""A metric in fine steps: how many cases, their outcomes and other metrics, close to where a limit may be."""

from dataclasses import dataclass

import narwhals as nw
import numpy as np

from andon.lake.cells import Floats
from andon.lake.factors import Ints
from andon.lake.metrics.cells import floats, whole
from andon.lake.metrics.frame import Rows
from andon.lake.metrics.outlook import Outlook

STEPS = 200  # between the quartiles
FEWEST, MOST = 20, 20_000  # steps in all


@dataclass(frozen=True, slots=True, eq=False)
class FineCounts:
    """Cases by mechanism and step of a metric; arrays (E,).

    place: even 2b where the metric is exactly b times `width`, odd 2b - 1 where it lies between (b - 1) and b times it.
    n, y: cases and the sum of their outcomes on the common scale. others: of each other metric how often it is known
    and its sum, on its common scale.
    """

    name: str
    width: float
    mechanisms: list[str]
    mechanism: Ints
    place: Ints
    n: Floats
    y: Floats
    others: dict[str, tuple[Floats, Floats]]


def fine_counts(rows: Rows, metric: str, others: tuple[str, ...] = ()) -> FineCounts | None:
    """Fine counts of one metric; None where it has too few values for a cliff to be one."""
    look = rows.metrics[metric]
    width = step_width(look)
    if not width or not FEWEST <= (look.top - look.bottom) / width <= MOST:
        return None
    at = (nw.col(f"x_{rows.place(metric)}") * look.spread + look.mean) / width
    place = (at - 1e-7).ceil() + (at + 1e-7).floor()
    keys = rows.named.what
    frame = rows.frame.filter(~nw.col(f"x_{rows.place(metric)}").is_null()).select(
        *(nw.col(key) for key in keys), nw.col("y"), place.cast(nw.Int64).alias("place"),
        *(nw.col(f"x_{rows.place(other)}").alias(f"o_{i}") for i, other in enumerate(others)),
    )  # fmt: skip
    totals = [nw.len().alias("n"), nw.col("y").sum().alias("s_y")]
    for i in range(len(others)):
        totals += [nw.col(f"o_{i}").count().alias(f"n_{i}"), nw.col(f"o_{i}").sum().alias(f"s_{i}")]
    table = rows.source.collect(frame.group_by(*keys, "place").agg(*totals))
    named = rows.named.factor(table, "mechanism") if keys else None
    found = {name: (floats(table, f"n_{i}"), floats(table, f"s_{i}")) for i, name in enumerate(others)}
    return FineCounts(
        metric, width, named.levels if named else [""],
        named.codes.astype(np.int64) if named else np.zeros(table.num_rows, np.int64),
        whole(table, "place"), floats(table, "n"), floats(table, "s_y"), found,
    )  # fmt: skip


def step_width(look: Outlook) -> float:
    """About a two-hundredth of what lies between the quartiles, round, no finer than values are given; 0: none."""
    middle = float(look.quartiles[2] - look.quartiles[0])
    if look.constant or look.binary or middle <= 0:
        return 0.0
    rough = middle / STEPS
    power = 10.0 ** np.floor(np.log10(rough))
    width = float(next(f * power for f in (1, 2, 5, 10) if f * power >= rough * 0.999))
    if look.whole:
        return max(width, 1.0) if look.grain <= 1 else look.grain
    return width if look.grain < width / 50 else max(width, look.grain)
