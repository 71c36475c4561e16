"""A first look at typed columns: what the outcome is like, and stretches of a covariate with equal shares."""

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np

from andon.lake.cells import Floats
from andon.lake.duck import DuckSource
from andon.lake.missing import NOT_GIVEN
from andon.lake.source import Source

STRETCHES = 12  # levels of a covariate that is a number
MOST_SPREAD = 1e75  # beyond it sums of cubes are no numbers
LOOKED_AT = 200_000  # values from which the borders of the stretches are taken


@dataclass(frozen=True, slots=True)
class Profile:
    """What the rows that were asked for hold: how many, how many refused, without and with an outcome."""

    rows: int
    refused: int
    missing: int
    known: int
    mean: float
    spread: float
    low: float
    high: float
    skewness: float
    binary: bool
    whole: bool


def profile(source: Source, frame: nw.LazyFrame[Any]) -> Profile:
    """One pass over `y` and `refused`."""
    y = nw.when(~nw.col("refused")).then(nw.col("y"))
    sums = source.collect(
        frame.select(nw.col("refused").cast(nw.Int64).alias("refused"), y.alias("y")).select(
            nw.len().alias("rows"), nw.col("refused").sum().alias("refused"), nw.col("y").count().alias("known"),
            nw.col("y").mean().alias("mean"), nw.col("y").min().alias("low"), nw.col("y").max().alias("high"),
            ((nw.col("y") != 0) & (nw.col("y") != 1)).cast(nw.Int64).sum().alias("other"),
            ((nw.col("y") % 1) != 0).cast(nw.Int64).sum().alias("broken"),
        )
    ).to_pylist()[0]  # fmt: skip
    found = {name: float(value) if value is not None else 0.0 for name, value in sums.items()}
    spread, skewness = _shape(source, frame.select(y.alias("y")), found["mean"])
    rows, refused, known = (int(found[name]) for name in ("rows", "refused", "known"))
    return Profile(
        rows, refused, rows - refused - known, known, found["mean"], spread, found["low"], found["high"],
        skewness, binary=not found["other"], whole=not found["broken"],
    )  # fmt: skip


def _shape(source: Source, frame: nw.LazyFrame[Any], mean: float) -> tuple[float, float]:
    """Standard deviation and skewness, from sums around the mean: sums around zero would lose them."""
    d = nw.col("y") - mean
    sums = source.collect(frame.select((d * d).mean().alias("two"), (d * d * d).mean().alias("three")))
    two, three = (sums[name][0].as_py() or 0.0 for name in ("two", "three"))
    spread = float(np.sqrt(two)) if np.isfinite(two) else float("inf")
    if not 0 < spread < MOST_SPREAD:
        return spread, 0.0
    return spread, float(np.nan_to_num(three / spread**3))


@dataclass(frozen=True, slots=True)
class Stretches:
    """Borders of the stretches of a covariate: value ≤ edges[0] is stretch 0, and so on."""

    edges: Floats

    def halved(self) -> "Stretches":
        """Every two neighbours made one."""
        return Stretches(self.edges[1::2])

    def name(self, number: int) -> str:
        """The stretch in words: “up to 3”, “3 to 7”, “above 7”."""
        if number < 0:
            return NOT_GIVEN
        if not len(self.edges):
            return "all"
        if number == 0:
            return f"up to {self.edges[0]:g}"
        if number == len(self.edges):
            return f"above {self.edges[-1]:g}"
        return f"{self.edges[number - 1]:g} to {self.edges[number]:g}"


def stretches(source: Source, frame: nw.LazyFrame[Any], name: str) -> Stretches:
    """Each value its own stretch where there are few, else twelve with about equal shares of the rows."""
    values = _some(source, frame, name)
    distinct = np.unique(values)
    if len(distinct) <= STRETCHES:
        return Stretches(distinct[:-1])
    borders = np.quantile(values, np.arange(1, STRETCHES) / STRETCHES, method="inverted_cdf")
    edges = np.unique(borders)
    return Stretches(edges[edges < distinct[-1]])


def _some(source: Source, frame: nw.LazyFrame[Any], name: str) -> Floats:
    """All values, or so many that the borders hardly change: of many rows always the same ones."""
    rows = int(source.collect(frame.select(nw.col(name).count().alias("n")))["n"][0].as_py())
    share = -(-rows // LOOKED_AT)
    if share > 1 and isinstance(source, DuckSource):
        query = f'SELECT "{name}" FROM r WHERE hash(r) % {share} = 0'  # noqa: S608
        frame = nw.from_native(frame.to_native().query("r", query))
    column = source.collect(frame.select(nw.col(name)))[name].drop_null()
    return np.asarray(column.to_numpy(), np.float64)


def cell_count(source: Source, frame: nw.LazyFrame[Any]) -> int:
    """About how many different rows there are."""
    if isinstance(source, DuckSource):
        return int(
            frame.to_native().query("r", "SELECT approx_count_distinct(hash(r)) FROM r").fetchall()[0][0]
        )
    return int(source.collect(frame.unique().select(nw.len().alias("n")))["n"][0].as_py())
