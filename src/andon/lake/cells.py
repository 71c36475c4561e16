"""Raw rows to cells: expressions written once, run by any engine narwhals speaks to."""

from dataclasses import dataclass, field
from typing import Any, Literal

import narwhals as nw
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from andon.lake.missing import name_of

Every = Literal["second", "hour", "day", "week", "month", "quarter", "year"]
Times = NDArray[np.datetime64]
Floats = NDArray[np.float64]
EARLIEST, LATEST = np.datetime64("1901-01-01", "s"), np.datetime64("2100-01-01", "s")


@dataclass(frozen=True, slots=True)
class Factor:
    """A grouping: `codes` (N,) point into `levels`."""

    codes: NDArray[np.int32]
    levels: list[str]


@dataclass(frozen=True, slots=True)
class CellSpec:
    """Which cells to make. Columns by name; `where` pairs of one column are alternatives, columns combine."""

    at: str
    every: Every
    by: tuple[str, ...] = ("mechanism",)
    outcome: str | None = None
    of: str | None = None
    customer: str | None = None
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the rows: read = used + refused + filtered (by `where`); `missing` of the used have no
    outcome.
    """

    read: int = 0
    used: int = 0
    refused: int = 0
    filtered: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Counts and sums by series and period, ordered by the codes of `by` and then `at`; every array has
    shape (N,).

    `at` is the start of each period, datetime64[s], UTC. `n` counts rows with an outcome (or sums the
    denominators, if any were given), `total` and `squares` are Σy and Σy² (the number of rows again, where
    there
    is no outcome). `customers` counts distinct customers, NaN without such a column. `lows` and `highs` are
    the
    least and greatest outcome. `since` and `until` are the first and last moment seen.
    """

    by: dict[str, Factor]
    at: Times
    n: Floats
    total: Floats
    squares: Floats
    customers: Floats
    every: Every
    lows: Floats
    highs: Floats
    rows: Floats
    since: np.datetime64
    until: np.datetime64
    has_outcome: bool = False
    has_of: bool = False
    over: int = 0  # rows whose numerator is above the denominator
    broken: int = 0  # rows whose numerator or denominator is not a whole number
    unbegun: float = 0.0  # share of rows that a period usually has before the moment `since` within it
    unfinished: float = 0.0  # share of rows that a period usually has after the moment `until` within it
    tally: Tally = field(default_factory=Tally)

    def __len__(self) -> int:
        return len(self.at)


def _days(at: nw.Expr) -> nw.Expr:
    """Days since 1970; right from 1901 to 2099."""
    year = at.dt.year()
    return (year - 1970) * 365 + (year - 1969) // 4 + at.dt.ordinal_day() - 1


# One whole number a period: plain arithmetic on the calendar, alike in every engine (and quicker than
# truncating).
def period(at: nw.Expr, every: Every) -> nw.Expr:
    """Number of the period a moment falls in: counted from 1970 (hours, days, weeks, seconds) or the year
    0.
    """
    year = at.dt.year()
    if every == "year":
        return year
    if every in ("month", "quarter"):
        month = year * 12 + at.dt.month() - 1
        return month if every == "month" else month // 3
    days = _days(at)
    if every == "week":
        return (days + 3) // 7  # 1 January 1970 was a Thursday; weeks begin on Monday
    if every == "day":
        return days
    hours = days * 24 + at.dt.hour()
    return hours if every == "hour" else hours * 3600 + at.dt.minute() * 60 + at.dt.second()


def within(at: nw.Expr, every: Every) -> nw.Expr:
    """How far into its period a moment lies: minutes of an hour, hours of a day, week or month, days
    beyond.
    """
    if every in ("quarter", "year"):
        month = (at.dt.month() - 1) % 3 if every == "quarter" else at.dt.month() - 1
        return month * 31 + at.dt.day() - 1
    if every == "hour":
        return at.dt.minute()
    if every == "day":
        return at.dt.hour()
    # Not dt.weekday(): engines do not agree on it. 1 January 1970 was a Thursday; weeks begin on Monday.
    day = at.dt.day() - 1 if every == "month" else (_days(at) % 7 + 10) % 7
    return day * 24 + at.dt.hour()


def starts(periods: NDArray[np.int64], every: Every) -> Times:
    """The moment at which each numbered period begins."""
    if every in ("month", "quarter", "year"):
        months = periods * {"month": 1, "quarter": 3, "year": 12}[every]
        return (months - 1970 * 12).astype("datetime64[M]").astype("datetime64[s]")
    days = periods * 7 - 3 if every == "week" else periods
    unit = {"hour": 3600, "second": 1}.get(every, 86400)
    return (days * unit).astype("datetime64[s]")


def numbers_of(at: Times, every: Every) -> NDArray[np.int64]:
    """The inverse of `starts`: the number of the period that each moment falls in."""
    if every in ("month", "quarter", "year"):
        months = at.astype("datetime64[M]").astype(np.int64) + 1970 * 12
        return months // {"month": 1, "quarter": 3, "year": 12}[every]
    seconds = at.astype("datetime64[s]").astype(np.int64)
    if every == "week":
        return (seconds // 86400 + 3) // 7
    return seconds // {"hour": 3600, "second": 1}.get(every, 86400)


def _kept(frame: nw.LazyFrame[Any], has_y: bool, has_d: bool) -> nw.Expr:
    """Rows that can be used: a time, no infinite outcome, a denominator that is a number and not below
    zero.
    """
    good = ~nw.col("at").is_null()
    if has_y:
        good = good & ~nw.col("bad").fill_null(False)
        good = good & (nw.col("y").is_null() | nw.col("y").is_nan() | nw.col("y").is_finite())
    if has_d:
        good = good & (nw.col("d").is_null() | (nw.col("d") >= 0))
    return good


def grouped(
    frame: nw.LazyFrame[Any], names: list[str], every: Every, has_y: bool, has_d: bool, customer: bool
) -> nw.LazyFrame[Any]:
    """The aggregation. `frame` has `at`, `by_0`..., and as asked `y`, `bad`, `d`, `customer`.

    Rows that cannot be used come back under a null period, so that they are counted in the same pass.
    """
    columns = [nw.col(name) for name in names]
    columns.append(nw.when(_kept(frame, has_y, has_d)).then(period(nw.col("at"), every)).alias("period"))
    sums = [nw.len().alias("rows")]
    if has_y:
        y = nw.when(~nw.col("y").is_nan()).then(nw.col("y"))
        y = nw.when(~nw.col("d").is_null() & ~nw.col("d").is_nan()).then(y) if has_d else y
        columns.append(y.alias("y"))
        value = nw.col("y")
        sums += [
            value.sum().alias("total"),
            (value * value).sum().alias("squares"),
            value.count().alias("counted"),
        ]
        sums += [value.min().alias("low"), value.max().alias("high")]
    if has_d:
        columns.append(nw.col("d"))
        known = nw.when(~nw.col("y").is_null()).then(nw.col("d"))
        parts = nw.col("y") % 1 + nw.col("d") % 1
        sums += [known.sum().alias("n"), (nw.col("y") > nw.col("d")).cast(nw.Int64).sum().alias("over")]
        sums.append((parts != 0).cast(nw.Int64).sum().alias("broken"))
    if customer:
        columns.append(nw.col("customer"))
        sums.append(nw.col("customer").n_unique().alias("customers"))
    return frame.select(*columns).group_by(*names, "period").agg(*sums)


def _floats(table: pa.Table, name: str, otherwise: Floats) -> Floats:
    if name not in table.column_names:
        return otherwise
    return np.asarray(table[name].cast(pa.float64()).to_numpy(), np.float64)


def _factor(column: pa.ChunkedArray) -> Factor:
    """Codes and sorted names; names that differ only in spaces are one."""
    encoded = column.cast(pa.string()).combine_chunks().dictionary_encode(null_encoding="encode")
    raw = [name_of(value) for value in encoded.dictionary.to_pylist()]
    levels = sorted(set(raw))
    place = {name: code for code, name in enumerate(levels)}
    lookup = np.array([place[name] for name in raw] or [0], np.int32)
    return Factor(
        lookup[encoded.indices.to_numpy(zero_copy_only=False)] if len(raw) else np.empty(0, np.int32), levels
    )


def _in_range(table: pa.Table, every: Every) -> tuple[NDArray[np.bool_], Times]:
    periods = table["period"].cast(pa.int64())
    given = ~np.asarray(periods.is_null().to_numpy())
    at = starts(np.asarray(periods.fill_null(0).to_numpy(), np.int64), every)
    # A period may begin before the first day it holds (a week of 1901), never after the last.
    return given & (at >= EARLIEST - np.timedelta64(366, "D")) & (at < LATEST), at


def from_table(table: pa.Table, spec: CellSpec, tally: Tally, since: Any, until: Any) -> Cells:
    """What an engine counted, as cells in order; periods out of range and without a time become refusals."""
    good, at = _in_range(table, spec.every)
    rows = _floats(table, "rows", np.zeros(len(table)))
    refused = int(rows[~good].sum())
    kept = table.filter(pa.array(good))
    factors = {name: _factor(kept[f"by_{i}"]) for i, name in enumerate(spec.by)}
    at, rows = at[good], rows[good]
    order = np.lexsort((at, *[factor.codes for factor in reversed(factors.values())]))
    factors = {name: Factor(factor.codes[order], factor.levels) for name, factor in factors.items()}
    counted = _floats(kept, "counted", rows)
    has_of = spec.of is not None
    cells = Cells(
        by=factors,
        at=at[order],
        n=np.nan_to_num(_floats(kept, "n", counted)[order]),
        total=np.nan_to_num(_floats(kept, "total", rows)[order]),
        squares=np.nan_to_num(_floats(kept, "squares", rows)[order]),
        customers=_floats(kept, "customers", np.full(len(kept), np.nan))[order],
        every=spec.every,
        lows=_floats(kept, "low", np.full(len(kept), np.nan))[order],
        highs=_floats(kept, "high", np.full(len(kept), np.nan))[order],
        rows=rows[order],
        since=since,
        until=until,
        has_outcome=spec.outcome is not None,
        has_of=has_of,
        over=int(np.nansum(_floats(kept, "over", np.zeros(0)))),
        broken=int(np.nansum(_floats(kept, "broken", np.zeros(0)))),
        tally=Tally(
            tally.read,
            int(rows.sum()),
            tally.refused + refused,
            tally.filtered,
            int(rows.sum() - counted.sum()),
        ),
    )
    return merged(cells)


def merged(cells: Cells) -> Cells:
    """Cells of one series and period made one (names that differ only in spaces; finer periods made
    coarser).
    """
    keys = np.stack([*[f.codes.astype(np.int64) for f in cells.by.values()], cells.at.astype(np.int64)])
    if not len(cells) or not (keys[:, 1:] == keys[:, :-1]).all(axis=0).any():
        return cells
    new = np.r_[True, (keys[:, 1:] != keys[:, :-1]).any(axis=0)]
    first = np.flatnonzero(new)
    from dataclasses import replace

    def total(values: Floats) -> Floats:
        return np.add.reduceat(values, first)

    return replace(
        cells,
        by={name: Factor(f.codes[first], f.levels) for name, f in cells.by.items()},
        at=cells.at[first],
        n=total(cells.n),
        total=total(cells.total),
        squares=total(cells.squares),
        customers=total(cells.customers),
        rows=total(cells.rows),
        lows=np.fmin.reduceat(cells.lows, first),
        highs=np.fmax.reduceat(cells.highs, first),
    )
