"""What a column of numbers is like: its range and spread, and where its values lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np

from andon.lake.cells import Floats
from andon.lake.duck import DuckSource
from andon.lake.source import Source

LOOKED_AT = 200_000  # rows from which borders are taken
STRETCHES = 10
FENCE = 10.0  # times the distance between quartiles; what lies beyond is drawn in to there
WIDER = ((25, 75), (10, 90), (5, 95), (1, 99))


@dataclass(frozen=True, slots=True)
class Seen:
    """Counts and ranges: first of the outcome, then of each metric among rows with an outcome."""

    rows: int
    refused: int
    missing: int
    known: tuple[int, ...]
    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    binary: tuple[bool, ...]
    whole: tuple[bool, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """A column of numbers. low, high: of its values; bottom, top: where far values are drawn in to.

    mean, spread: what is used to bring it to a common scale (spread is never 0). quartiles (3,). edges: borders of
    stretches with about equal shares: value ≤ edges[0] is stretch 0. grain: smallest step between values seen.
    """

    known: int
    mean: float
    spread: float
    low: float
    high: float
    binary: bool
    whole: bool
    bottom: float
    top: float
    quartiles: Floats
    edges: Floats
    grain: float

    @property
    def constant(self) -> bool:
        return not self.known or self.low == self.high

    @property
    def outlying(self) -> bool:
        """Whether any value is drawn in."""
        return self.low < self.bottom or self.high > self.top

    def drawn(self, x: nw.Expr) -> nw.Expr:
        """Far values drawn in."""
        if not self.outlying:
            return x
        return nw.when(x > self.top).then(self.top).when(x < self.bottom).then(self.bottom).otherwise(x)

    def standard(self, x: nw.Expr, drawn: bool = True) -> nw.Expr:
        """In units of the spread from the mean."""
        return ((self.drawn(x) if drawn else x) - self.mean) / self.spread

    def stretch(self, x: nw.Expr) -> nw.Expr:
        """Number of the stretch in which a value on the common scale lies."""
        number = (x < x).cast(nw.Int64)
        for edge in self.edges.tolist():
            number = number + ((x * self.spread + self.mean) > edge + 1e-9 * self.spread).cast(nw.Int64)
        return number


def seen_of(source: Source, frame: nw.LazyFrame[Any], metrics: int) -> Seen:
    """One pass over `y`, `x_0` ... and `refused`."""
    good = ~nw.col("refused") & ~nw.col("y").is_null()
    names = ["y", *(f"x_{i}" for i in range(metrics))]
    chosen = [nw.when(good).then(nw.col(name)).alias(name) for name in names]
    sums = [nw.len().alias("rows"), nw.col("refused").sum().alias("refused")]
    for name in names:
        x = nw.col(name)
        sums += [
            x.count().alias(f"known_{name}"), x.mean().alias(f"mean_{name}"), x.min().alias(f"low_{name}"),
            x.max().alias(f"high_{name}"),
            ((x != 0) & (x != 1)).cast(nw.Int64).sum().alias(f"other_{name}"),
            ((x % 1) != 0).cast(nw.Int64).sum().alias(f"broken_{name}"),
        ]  # fmt: skip
    table = source.collect(
        frame.select(nw.col("refused").cast(nw.Int64).alias("refused"), *chosen).select(*sums)
    )
    found = {name: float(value) if value is not None else 0.0 for name, value in table.to_pylist()[0].items()}

    def each(what: str) -> list[float]:
        return [found[f"{what}_{name}"] for name in names]

    known = tuple(int(one) for one in each("known"))
    rows, refused = int(found["rows"]), int(found["refused"])
    return Seen(
        rows, refused, rows - refused - known[0], known, tuple(each("mean")), tuple(each("low")), tuple(each("high")),
        tuple(not one for one in each("other")), tuple(not one for one in each("broken")),
    )  # fmt: skip


def outlooks(source: Source, usable: nw.LazyFrame[Any], seen: Seen, names: Sequence[str]) -> list[Outlook]:
    """Of each named column, from what was seen of it and from some of its rows."""
    values = _some(source, usable.select(*names), seen.known[0])
    return [_outlook(values[name], seen, i) for i, name in enumerate(names)]


def _some(source: Source, frame: nw.LazyFrame[Any], rows: int) -> dict[str, Floats]:
    """All rows, or so many that borders hardly change: of many rows always the same ones."""
    share = -(-rows // LOOKED_AT)
    if share > 1 and isinstance(source, DuckSource):
        query = f"SELECT * FROM r WHERE hash(r) % {share} = 0"  # noqa: S608
        frame = nw.from_native(frame.to_native().query("r", query))
    table = source.collect(frame)
    return {name: np.asarray(table[name].drop_null().to_numpy(), np.float64) for name in table.column_names}


def _outlook(values: Floats, seen: Seen, i: int) -> Outlook:
    known, low, high, mean = seen.known[i], seen.low[i], seen.high[i], seen.mean[i]
    if not len(values):
        none = np.empty(0)
        return Outlook(
            known, mean, 1.0, low, high, seen.binary[i], seen.whole[i], low, high, np.full(3, mean), none, 0.0
        )
    bottom, top = _fences(values, low, high)
    inside = np.clip(values, bottom, top)
    distinct = np.unique(inside)
    quartiles = np.quantile(values, (0.25, 0.5, 0.75))
    mean = float(inside.mean()) if (bottom, top) != (low, high) else mean
    spread = float(inside.std()) or abs(high - low) or 1.0
    grain = float(np.diff(distinct).min()) if len(distinct) > 1 else 0.0
    return Outlook(
        known, mean, spread, low, high, seen.binary[i], seen.whole[i], bottom, top, quartiles, _edges(inside, distinct),
        grain,
    )  # fmt: skip


def _fences(values: Floats, low: float, high: float) -> tuple[float, float]:
    """Ten times the distance between quartiles beyond them; where that is nothing, of wider quantiles."""
    for pair in WIDER:
        first, last = np.percentile(values, pair)
        if last > first:
            reach = FENCE * (last - first)
            return max(low, float(first - reach)), min(high, float(last + reach))
    return low, high


def _edges(values: Floats, distinct: Floats) -> Floats:
    """Each value its own stretch where there are few, else ten with about equal shares of the rows."""
    if len(distinct) <= STRETCHES:
        return distinct[:-1]
    borders = np.quantile(values, np.arange(1, STRETCHES) / STRETCHES, method="inverted_cdf")
    edges = np.unique(borders)
    return np.asarray(edges[edges < distinct[-1]], np.float64)
