"""From a source to factor cells: a look at the outcome, stretches of the covariates, one grouping query."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import narwhals as nw
import numpy as np
import pyarrow as pa

from andon.lake.cells import EARLIEST, LATEST, Every, Factor, Floats, Tally, period, starts
from andon.lake.errors import BadInput, listing
from andon.lake.factors import FactorCells, FactorSpec, Ints, OutcomeKind
from andon.lake.missing import NOT_GIVEN, NOTHING, name_of
from andon.lake.profile import Profile, Stretches, cell_count, profile, stretches
from andon.lake.readings import TimeColumn, read_number, read_time
from andon.lake.reducing import refused_once, row_filter, too_narrow
from andon.lake.remarks import EXPECTED
from andon.lake.source import Reading, Refused, Source, column_of

SEPARATOR = " · "
MOST_CELLS = 4_000_000  # beyond it periods get longer: what follows costs what the cells cost
FARTHEST = 1e75  # outcomes beyond it cannot be summed
MOST_LEVELS = {"mechanism": 5_000, "team": 5_000}
MOST_WORDS = 1_000  # levels of a covariate of texts; the rest are one
COARSER: tuple[Every, ...] = ("week", "month", "quarter", "year")
OTHER = "(other)"


@dataclass(frozen=True, slots=True)
class FactorPlan:
    """A FactorSpec with its columns found and their reading decided. `notes` say what was assumed."""

    spec: FactorSpec
    outcome: Reading
    at: TimeColumn | None
    numbers: dict[str, Reading]
    texts: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def readings(self) -> dict[str, Reading]:
        """The parts that can make a row unusable."""
        return ({"at": self.at.reading} if self.at else {}) | {"y": self.outcome}


# Columns and their reading


def _resolved(source: Source, spec: FactorSpec) -> FactorSpec:
    def find(name: str) -> str:
        return column_of(source, name)

    found = replace(
        spec,
        outcome=find(spec.outcome),
        by={role: tuple(map(find, names)) for role, names in spec.by.items() if names},
        at=find(spec.at) if spec.at else None,
        covariates=tuple(dict.fromkeys(map(find, spec.covariates))),
        where=tuple((find(name), value) for name, value in spec.where),
    )
    _distinct(found)
    return found


def _distinct(spec: FactorSpec) -> None:
    """One column cannot be two things at once: what belongs to which could not be told."""
    roles = [(spec.outcome, "--outcome"), *((name, "--covariate") for name in spec.covariates)]
    roles += [(name, f"--{role}") for role, names in spec.by.items() for name in dict.fromkeys(names)]
    seen: dict[str, str] = {}
    for column, role in roles:
        if column in seen:
            raise BadInput(
                f"“{column}” is given as {seen[column]} and as {role}.",
                "What belongs to which could not be told apart: give each a column of its own.",
            )
        seen[column] = role


def plan_factors(source: Source, spec: FactorSpec) -> FactorPlan:
    """Finds the columns and decides how they are read. Raises BadInput naming the column and the remedy."""
    spec = _resolved(source, spec)
    grouping = [name for names in spec.by.values() for name in names]
    names = [spec.outcome, *grouping, spec.at, *spec.covariates, *(name for name, _ in spec.where)]
    source.keep(list(dict.fromkeys(name for name in names if name)))
    if not source.rows():
        raise BadInput("There are no rows below the column names.", "Give a file with rows.")
    outcome = read_number(source, spec.outcome)
    at = read_time(source, spec.at) if spec.at else None
    numbers = {name: reading for name in spec.covariates if (reading := _as_number(source, name))}
    texts = tuple(name for name in spec.covariates if name not in numbers)
    read = [r for r in (outcome, *numbers.values()) if source.columns[r.column] == "text" and r.how]
    notes = tuple(
        f"“{r.column}” was read as {r.how.described}."
        for r in read
        if r.how and r.how.described not in EXPECTED
    )
    source.settle([*([at.reading] if at else []), outcome, *numbers.values()])
    return FactorPlan(spec, outcome, at, numbers, texts, (at.notes if at else ()) + notes)


def _as_number(source: Source, name: str) -> Reading | None:
    """How a covariate is read as numbers; None where it is texts, or yes and no."""
    kind = source.columns[name]
    if kind == "time":
        raise BadInput(
            f"The covariate “{name}” holds times.",
            "Make a column of the part that matters (hour, weekday, month), or give it as --at.",
        )
    if kind == "truth":
        return None
    try:
        reading = read_number(source, name)
    except BadInput:
        return None
    return None if getattr(reading.how, "how", "") == "truth" else reading


# Rows


def _parts(source: Source, todo: FactorPlan) -> dict[str, Reading]:
    spec = todo.spec
    parts = {f"{role}_{i}": Reading(name) for role, names in spec.by.items() for i, name in enumerate(names)}
    parts |= todo.readings | {f"x_{i}": reading for i, reading in enumerate(todo.numbers.values())}
    parts |= {f"t_{i}": Reading(name) for i, name in enumerate(todo.texts)}
    if source.columns[todo.outcome.column] == "text":
        parts["written"] = Reading(todo.outcome.column)
    columns = list(dict.fromkeys(column for column, _ in spec.where))
    return parts | {f"where_{i}": Reading(column) for i, column in enumerate(columns)}


def _frame(source: Source, todo: FactorPlan) -> nw.LazyFrame[Any]:
    """Asked rows with `y` (null where there is none) and `refused`."""
    parts = _parts(source, todo)
    frame = source.frame(parts)
    wanted = row_filter(source, todo.spec.where)
    frame = frame if wanted is None else frame.filter(wanted)
    y = nw.col("y").cast(nw.Float64)
    strange = (~y.is_finite() & ~y.is_nan()).fill_null(False)
    if "written" in parts:
        word = nw.col("written").str.strip_chars().str.to_lowercase()
        strange = strange | (y.is_null() & ~nw.col("written").is_null() & ~word.is_in(sorted(NOTHING)))
    if todo.at:
        year = nw.col("at").dt.year()
        first, last = (edge.astype(object).year for edge in (EARLIEST, LATEST))
        strange = strange | (nw.col("at").is_null() | (year < first) | (year >= last))
    numbers = [nw.col(f"x_{i}").cast(nw.Float64).alias(f"x_{i}") for i in range(len(todo.numbers))]
    finite = [nw.when(x.is_finite()).then(x).alias(f"x_{i}") for i, x in enumerate(_numbers(todo))]
    frame = frame.with_columns(*numbers, refused=strange, y=nw.when(~y.is_nan()).then(y))
    return frame.with_columns(*finite) if finite else frame


def _numbers(todo: FactorPlan) -> list[nw.Expr]:
    return [nw.col(f"x_{i}") for i in range(len(todo.numbers))]


# Kind of outcome


def _kind(seen: Profile, todo: FactorPlan) -> tuple[OutcomeKind, str]:
    name, asked = todo.spec.outcome, todo.spec.kind
    if asked is None:
        if seen.binary:
            return "proportion", "the outcome is yes or no"
        return "value", "the outcome is a number"
    if asked == "proportion" and not seen.binary:
        raise BadInput(
            f"“{name}” holds numbers from {seen.low:g} to {seen.high:g}; a proportion is made of yes and no.",
            "Leave out --kind, or make the outcome yes/no first.",
        )
    if asked == "count" and (seen.low < 0 or not seen.whole):
        raise BadInput(
            f"“{name}” holds {'numbers below zero' if seen.low < 0 else 'numbers with decimals'}; "
            "a count is a whole number.",
            "Use --kind value.",
        )
    return asked, "as asked"


def _checked(seen: Profile, source: Source, todo: FactorPlan) -> Profile:
    if not seen.rows:
        raise too_narrow(source, todo.spec.where)
    if not seen.known:
        what = "refused" if seen.refused else "without an outcome"
        raise BadInput(
            f"None of the {seen.rows:,} rows can be used: all are {what}.",
            f"Look at the column “{todo.spec.outcome}”" + (f" and at “{todo.spec.at}”." if todo.at else "."),
        )
    farthest = max(abs(seen.low), abs(seen.high))
    if not np.isfinite(seen.spread) or farthest > FARTHEST:
        raise BadInput(
            f"“{todo.spec.outcome}” goes up to {farthest:g}.",
            "Such numbers cannot be summed: give it in a larger unit, or leave the rows out with --where.",
        )
    return seen


# The grouping query


def _stretch(x: nw.Expr, edges: Floats) -> nw.Expr:
    """Number of the stretch a value lies in, −1 where it is missing."""
    steps = [(x > float(edge)).cast(nw.Int64) for edge in edges]
    number = steps[0] if steps else (x > x).cast(nw.Int64)
    for step in steps[1:]:
        number = number + step
    return nw.when(x.is_null()).then(nw.lit(-1)).otherwise(number)


def _keys(todo: FactorPlan, bins: Sequence[Stretches], every: Every) -> dict[str, nw.Expr]:
    spec = todo.spec
    keys = {
        f"{role}_{i}": nw.col(f"{role}_{i}") for role, names in spec.by.items() for i in range(len(names))
    }
    keys |= {"period": period(nw.col("at"), every)} if todo.at else {}
    keys |= {f"b_{i}": _stretch(nw.col(f"x_{i}"), one.edges) for i, one in enumerate(bins)}
    return keys | {f"t_{i}": nw.col(f"t_{i}") for i in range(len(todo.texts))}


def _grouped(
    usable: nw.LazyFrame[Any], keys: dict[str, nw.Expr], todo: FactorPlan, shift: float, scale: float
) -> nw.LazyFrame[Any]:
    y = ((nw.col("y") - shift) / scale).alias("y")
    frame = usable.select(*(key.alias(name) for name, key in keys.items()), y, *_numbers(todo))
    sums = [nw.len().alias("n"), nw.col("y").sum().alias("total")]
    sums.append((nw.col("y") * nw.col("y")).sum().alias("squares"))
    for i in range(len(todo.numbers)):
        sums += [nw.col(f"x_{i}").sum().alias(f"sx_{i}"), nw.col(f"x_{i}").count().alias(f"nx_{i}")]
    return frame.group_by(*keys).agg(*sums)


def _period_length(
    source: Source, usable: nw.LazyFrame[Any], todo: FactorPlan, bins: Sequence[Stretches], rows: int
) -> tuple[Every, tuple[str, ...]]:
    """The period asked for, or the first longer one that keeps the number of cells in bounds."""
    asked = todo.spec.every
    if not todo.at or rows <= MOST_CELLS:
        return asked, ()
    choices = COARSER[COARSER.index(asked) :] if asked in COARSER else (asked,)
    for every in choices:
        keys = _keys(todo, bins, every)
        frame = usable.select(*(key.alias(name) for name, key in keys.items()))
        if cell_count(source, frame) <= MOST_CELLS or every == choices[-1]:
            break
    note = f"Periods are {every}s, not {asked}s: with {rows:,} rows the combinations would be too many."
    return every, () if every == asked else (note,)


def factor_cells(
    source: Source,
    spec: FactorSpec,
    todo: FactorPlan | None = None,
    tell: Callable[[str], None] = lambda text: None,
) -> FactorCells:
    """Cells of every combination there is. Raises BadInput; single rows are refused and counted instead."""
    todo = todo or plan_factors(source, spec)
    tell("Looking at the outcome")
    frame = _frame(source, todo)
    seen = _checked(profile(source, frame), source, todo)
    kind, why = _kind(seen, todo)
    shift, scale = (seen.mean, seen.spread or 1.0) if kind == "value" else (0.0, 1.0)
    usable = frame.filter(~nw.col("refused") & ~nw.col("y").is_null())
    bins = [stretches(source, usable, f"x_{i}") for i in range(len(todo.numbers))]
    every, notes = _period_length(source, usable, todo, bins, seen.known)
    tell(f"Counting {seen.known:,} rows by worker and mechanism")
    table = source.collect(_grouped(usable, _keys(todo, bins, every), todo, shift, scale))
    return _cells(
        source, todo, table, seen, bins, kind=kind, kind_why=why, shift=shift, scale=scale,
        every=every if todo.at else None, notes=(*todo.notes, *notes),
    )  # fmt: skip


# From the table of an engine to arrays


def _floats(table: pa.Table, name: str) -> Floats:
    return np.asarray(table[name].cast(pa.float64()).fill_null(0.0).to_numpy(), np.float64)


def _texts(column: pa.ChunkedArray, whole: bool) -> Factor:
    """Codes and sorted names; names that differ only in spaces are one; whole numbers sort as numbers."""
    encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    raw = [name_of(_plain(value)) for value in encoded.dictionary.to_pylist()]
    levels = sorted(set(raw), key=_by_number if whole else None)
    place = {name: code for code, name in enumerate(levels)}
    lookup = np.array([place[name] for name in raw] or [0], np.int32)
    codes = encoded.indices.to_numpy(zero_copy_only=False) if len(raw) else np.empty(0, np.int64)
    return Factor(lookup[codes] if len(raw) else np.empty(0, np.int32), levels)


def _by_number(name: str) -> tuple[bool, int]:
    return (True, 0) if name == NOT_GIVEN else (False, int(name))


def _plain(value: object) -> object:
    """17.0 from a spreadsheet is 17; yes and no are words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, float):
        return value
    if value != value:
        return None
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _whole(column: pa.ChunkedArray) -> bool:
    return bool(pa.types.is_integer(column.type))


def _combined(parts: Sequence[Factor]) -> Factor:
    """Several groupings as one: their levels joined by “ · ”, only those that occur."""
    if len(parts) == 1:
        return parts[0]
    code = np.zeros(len(parts[0].codes), np.int64)
    for part in parts:
        code = code * len(part.levels) + part.codes
    used, compact = np.unique(code, return_inverse=True)
    names: list[list[str]] = []
    for part in reversed(parts):
        names.append([part.levels[i] for i in (used % len(part.levels)).tolist()])
        used = used // len(part.levels)
    joined = [SEPARATOR.join(level) for level in zip(*reversed(names), strict=True)]
    return Factor(compact.astype(np.int32), joined)


def _role(table: pa.Table, role: str, columns: tuple[str, ...]) -> Factor:
    parts = [table[f"{role}_{i}"] for i in range(len(columns))]
    found = _combined([_texts(part, _whole(part)) for part in parts])
    most = MOST_LEVELS.get(role)
    if most and len(found.levels) > most:
        raise BadInput(
            f"{listing(columns)} names {len(found.levels):,} different {role}s.",
            f"Up to {most:,} can be told apart: give a coarser column as --{role}.",
        )
    return found


def _periods(table: pa.Table, every: Every) -> Factor:
    numbers = np.asarray(table["period"].cast(pa.int64()).to_numpy(), np.int64)
    used, codes = np.unique(numbers, return_inverse=True)
    return Factor(codes.astype(np.int32), [str(day)[:10] for day in starts(used, every)])


def _stretch_factor(table: pa.Table, i: int, one: Stretches) -> Factor:
    numbers = np.asarray(table[f"b_{i}"].cast(pa.int64()).to_numpy(), np.int64)
    used, codes = np.unique(numbers, return_inverse=True)
    return Factor(codes.astype(np.int32), [one.name(int(number)) for number in used])


def _fewer(factor: Factor, n: Floats) -> Factor:
    """The most frequent levels, the rest in one."""
    if len(factor.levels) <= MOST_WORDS:
        return factor
    size = np.bincount(factor.codes, n, len(factor.levels))
    kept = np.sort(np.argsort(-size, kind="stable")[: MOST_WORDS - 1])
    lookup = np.full(len(factor.levels), len(kept), np.int32)
    lookup[kept] = np.arange(len(kept))
    return Factor(lookup[factor.codes], [*(factor.levels[i] for i in kept), OTHER])


def _cells(
    source: Source, todo: FactorPlan, table: pa.Table, seen: Profile, bins: Sequence[Stretches], **chosen: Any
) -> FactorCells:
    spec, every = todo.spec, cast("Every | None", chosen["every"])
    n = _floats(table, "n")
    factors = {role: _role(table, role, columns) for role, columns in spec.by.items()}
    factors |= {"period": _periods(table, every)} if every else {}
    names = dict(zip(todo.numbers, range(len(bins)), strict=True))
    binned = {name: _stretch_factor(table, i, bins[i]) for name, i in names.items()}
    words = {f"t_{i}": name for i, name in enumerate(todo.texts)}
    binned |= {name: _fewer(_texts(table[key], _whole(table[key])), n) for key, name in words.items()}
    with np.errstate(all="ignore"):
        slopes = {name: _floats(table, f"sx_{i}") / _floats(table, f"nx_{i}") for name, i in names.items()}
    broken, read = len(source.broken()), source.rows()
    whole = len(spec.by["worker"]) == 1 and _whole(table["worker_0"])
    cells = FactorCells(
        factors, n, _floats(table, "total"), _floats(table, "squares"), bins=binned, slopes=slopes,
        least=seen.low, most=seen.high, whole=seen.whole, skewness=seen.skewness, outcome=spec.outcome,
        numbered=whole,
        tally=Tally(read + broken, seen.known, seen.refused + broken, read - seen.rows, seen.missing), **chosen,
    )  # fmt: skip
    return without_nobody(cells)


def without_nobody(cells: FactorCells) -> FactorCells:
    """The cells in which somebody served. Raises BadInput where there are none."""
    worker = cells.factors["worker"]
    if NOT_GIVEN not in worker.levels:
        return cells
    kept = worker.codes != worker.levels.index(NOT_GIVEN)
    lost = int(cells.n[~kept].sum())
    if not kept.any():
        raise BadInput("No row names a worker.", "Give the column of who served as --worker.")
    tally = replace(cells.tally, used=cells.tally.used - lost)
    return replace(taken(cells, np.flatnonzero(kept)), tally=tally, nobody=lost)


def taken(cells: FactorCells, rows: Ints) -> FactorCells:
    """Some of the cells; levels that no longer occur are dropped."""

    def part(factor: Factor) -> Factor:
        used, codes = np.unique(factor.codes[rows], return_inverse=True)
        return Factor(codes.astype(np.int32), [factor.levels[i] for i in used])

    return replace(
        cells,
        factors={name: part(factor) for name, factor in cells.factors.items()},
        bins={name: part(factor) for name, factor in cells.bins.items()},
        slopes={name: values[rows] for name, values in cells.slopes.items()},
        n=cells.n[rows],
        total=cells.total[rows],
        squares=cells.squares[rows],
    )


def factor_refusals(source: Source, todo: FactorPlan, most: int = 1_000_000) -> list[Refused]:
    """Every row that cannot be used, once, with its place and the first reason, in the order of the files."""
    return refused_once([*source.broken(), *source.unreadable(todo.readings, most)])
