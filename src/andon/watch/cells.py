"""From the lake to cells for many measures: one pass over the rows for each cadence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import narwhals as nw
import numpy as np
import pyarrow as pa

from andon import lake
from andon.lake import BadInput, Cells, CellSpec, Factor, Reading, Source
from andon.lake.cells import period
from andon.mechanisms.models import Measure
from andon.signals.models import Dataset

BETWEEN = Measure.Kind.BETWEEN
NO_DATA = "No data have been brought yet."
NOT_HELD = "No rows of this mechanism hold this yet."


class Counted(NamedTuple):
    """What is summed: which column, out of which; both may be empty."""

    outcome: str
    of: str


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A measure with its cells, or with the reason why there are none."""

    measure: Measure
    cells: Cells | None
    problem: str = ""


def cells_of(measures: Iterable[Measure]) -> Iterator[Measured]:
    """Cells of each measure, in any order."""
    paths = [str(d.lake_path) for d in Dataset.objects.in_lake().order_by("pk") if d.lake_path.exists()]
    if not paths:
        yield from (Measured(measure, None, NO_DATA) for measure in measures)
        return
    source = lake.open_source(paths)
    groups: dict[str, list[Measure]] = {}
    for measure in measures:
        if problem := _missing_column(source, measure):
            yield Measured(measure, None, problem)
        else:
            groups.setdefault("second" if measure.kind == BETWEEN else measure.every, []).append(measure)
    yield from _between(source, groups.pop("second", []))
    share = _customers(source) if groups else {}
    for every, some in groups.items():
        yield from _of_cadence(source, every, some, share)


def _missing_column(source: Source, measure: Measure) -> str:
    """Why a measure cannot be counted in these columns, or ""."""
    for column in filter(None, (measure.outcome, measure.of)):
        if column not in source.columns:
            return f"No data hold the column “{column}”. {lake.did_you_mean(column, source.columns)}"
        if source.columns[column] not in ("number", "truth", "duration"):
            return f"The column “{column}” holds texts where numbers or yes/no should be."
    return ""


def _between(source: Source, measures: list[Measure]) -> Iterator[Measured]:
    """Moments themselves, of the mechanism asked about only: there are as many as rows."""
    for measure in measures:
        where = (("mechanism", measure.mechanism.slug),)
        spec = CellSpec(
            "at", "second", ("mechanism",), measure.outcome or None, measure.of or None, None, where
        )
        try:
            yield _measured(measure, lake.reduce(source, spec))
        except BadInput as error:
            yield Measured(measure, None, NOT_HELD if error.problem.startswith("No row") else str(error))


def _of_cadence(source: Source, every: str, measures: list[Measure], share: dict) -> Iterator[Measured]:
    rows = lake.reduce(source, CellSpec("at", every, ("mechanism",)))  # type: ignore[arg-type]
    rows = _with_customers(rows, share)
    counted = sorted({Counted(m.outcome, m.of) for m in measures if m.outcome})
    wide = _summed(source, every, counted) if counted else None
    for measure in measures:
        if wide is None or not measure.outcome:
            yield _measured(measure, rows)
        else:
            yield _measured(measure, _cells(rows, wide, Counted(measure.outcome, measure.of)))


def _measured(measure: Measure, cells: Cells) -> Measured:
    mine = of_mechanism(cells, measure.mechanism.slug)
    return Measured(measure, mine, "" if mine else NOT_HELD)


class Wide(NamedTuple):
    """Sums of many columns by mechanism and period: `place` finds the row of a (mechanism, period)."""

    table: pa.Table
    place: dict[tuple[str, int], int]
    names: dict[Counted, str]


def _summed(source: Source, every: str, counted: list[Counted]) -> Wide:
    columns = dict.fromkeys(name for pair in counted for name in pair if name)
    parts = {name: Reading(name) for name in ("at", "mechanism", *columns)}
    frame = source.frame(parts).with_columns(*(nw.col(name).cast(nw.Float64) for name in columns))
    names = {pair: f"__{i}" for i, pair in enumerate(counted)}
    inputs = [part for pair, name in names.items() for part in _inputs(pair, name)]
    sums = [part for pair, name in names.items() for part in _sums(pair, name)]
    frame = frame.select(nw.col("mechanism"), period(nw.col("at"), every).alias("__period"), *inputs)  # type: ignore[arg-type]
    table = source.collect(frame.group_by("mechanism", "__period").agg(nw.len().alias("__rows"), *sums))
    where = zip(table["mechanism"].to_pylist(), table["__period"].to_pylist(), strict=True)
    return Wide(table, {key: i for i, key in enumerate(where)}, names)


def _inputs(pair: Counted, name: str) -> Iterator[nw.Expr]:
    """The outcome where it counts, and the denominator where there is an outcome; as `lake.reduce` does."""
    y = nw.col(pair.outcome)
    known = ~y.is_null() & ~y.is_nan() & y.is_finite()
    if pair.of:
        d = nw.col(pair.of)
        known = known & ~d.is_null() & ~d.is_nan() & (d >= 0)
        yield nw.when(known).then(d).alias(f"{name}d")
    yield nw.when(known).then(y).alias(f"{name}y")


def _sums(pair: Counted, name: str) -> Iterator[nw.Expr]:
    y = nw.col(f"{name}y")
    yield from (y.sum().alias(f"{name}total"), y.min().alias(f"{name}low"), y.max().alias(f"{name}high"))
    yield (y * y).sum().alias(f"{name}squares")
    yield (nw.col(f"{name}d").sum() if pair.of else y.count()).alias(f"{name}n")
    if pair.of:
        yield (y > nw.col(f"{name}d")).cast(nw.Int64).sum().alias(f"{name}over")
        yield ((y % 1 + nw.col(f"{name}d") % 1) != 0).cast(nw.Int64).sum().alias(f"{name}broken")


def _cells(rows: Cells, wide: Wide, pair: Counted) -> Cells:
    found = np.array([wide.place[key] for key in keys(rows)], np.int64)
    name = wide.names[pair]

    def column(what: str) -> Any:
        values = wide.table[f"{name}{what}"].cast(pa.float64()).to_numpy()
        return np.asarray(values, np.float64)[found]

    return replace(
        rows, n=np.nan_to_num(column("n")), total=np.nan_to_num(column("total")), lows=column("low"),
        highs=column("high"), squares=np.nan_to_num(column("squares")), has_outcome=True,
        has_of=bool(pair.of),
        over=int(np.nansum(column("over"))) if pair.of else 0,
        broken=int(np.nansum(column("broken"))) if pair.of else 0,
    )  # fmt: skip


def of_mechanism(cells: Cells, slug: str) -> Cells | None:
    """The cells of one mechanism that hold anything."""
    factor = cells.by["mechanism"]
    if slug not in factor.levels:
        return None
    mine = (factor.codes == factor.levels.index(slug)) & (
        cells.n > 0 if cells.has_outcome else cells.rows > 0
    )
    return picked(cells, mine, slug) if mine.any() else None


def picked(cells: Cells, which: np.ndarray, slug: str) -> Cells:
    arrays = ("at", "n", "total", "squares", "customers", "lows", "highs", "rows")
    parts = {name: getattr(cells, name)[which] for name in arrays}
    return replace(cells, by={"mechanism": Factor(np.zeros(int(which.sum()), np.int32), [slug])}, **parts)


def keys(cells: Cells) -> Iterator[tuple[str, int]]:
    """(mechanism, number of the period) of each cell."""
    factor = cells.by["mechanism"]
    names = [factor.levels[code] for code in factor.codes.tolist()]
    return zip(names, lake.numbers_of(cells.at, cells.every).tolist(), strict=True)


def _customers(source: Source) -> dict[tuple[str, int], float]:
    """Distinct customers for each contact, by mechanism and week. Counting them costs more than all else, so
    one
    count serves every cadence."""
    if "customer" not in source.columns:
        return {}
    counts = lake.reduce(source, CellSpec("at", "week", ("mechanism",), customer="customer"))
    return dict(zip(keys(counts), (counts.customers / counts.rows).tolist(), strict=True))


def _with_customers(cells: Cells, share: dict[tuple[str, int], float]) -> Cells:
    """`cells` with their customers; NaN when the data do not say who was served."""
    weeks = lake.numbers_of(cells.at, "week").tolist()
    found = [share.get((name, week), np.nan) for (name, _), week in zip(keys(cells), weeks, strict=True)]
    return replace(cells, customers=cells.rows * np.array(found))
