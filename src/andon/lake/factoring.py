"""From a source to factor cells: a look at the outcome, stretches of the covariates, one grouping query."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import narwhals as nw
import numpy as np

from andon.lake.cells import EARLIEST, LATEST, Every, Floats, Tally, period
from andon.lake.errors import BadInput
from andon.lake.factor_arrays import cells_of_table
from andon.lake.factor_plan import FactorPlan, plan_factors
from andon.lake.factors import FactorCells, FactorSpec, OutcomeKind
from andon.lake.missing import NOTHING
from andon.lake.profile import Profile, Stretches, cell_count, profile, stretches
from andon.lake.reducing import refused_once, row_filter, too_narrow
from andon.lake.source import Reading, Refused, Source

MOST_CELLS = 2_000_000  # beyond it periods get longer: what follows costs what the cells cost
FARTHEST = 1e75  # outcomes beyond it cannot be summed
COARSER: tuple[Every, ...] = ("week", "month", "quarter", "year")


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


def _bounded(
    source: Source, usable: nw.LazyFrame[Any], todo: FactorPlan, bins: Sequence[Stretches], rows: int
) -> tuple[Every, Sequence[Stretches], tuple[str, ...]]:
    """Periods as asked and stretches as found, or the first longer periods, then fewer stretches, that keep the number
    of combinations in bounds. Raises BadInput where nothing does.
    """
    asked = todo.spec.every
    if rows <= MOST_CELLS:
        return asked, bins, ()
    count = 0
    for every, fewer in _coarser(asked if todo.at else None, bins):
        keys = _keys(todo, fewer, every)
        frame = usable.select(*(key.alias(name) for name, key in keys.items()))
        count = cell_count(source, frame)
        if count <= MOST_CELLS:
            return every, fewer, _coarsened(asked, every, bins, fewer, rows)
    raise BadInput(
        f"There are about {count:,} combinations of {', '.join([*todo.spec.by, *todo.spec.covariates])}.",
        f"Up to {MOST_CELLS:,} can be worked with: leave out a --covariate, or ask for fewer rows with --where.",
    )


def _coarser(asked: Every | None, bins: Sequence[Stretches]) -> Iterator[tuple[Every, Sequence[Stretches]]]:
    every: Every = asked or "week"
    choices = COARSER[COARSER.index(every) :] if asked in COARSER else (every,)
    yield from ((every, bins) for every in choices)
    for _ in range(2 if bins else 0):
        bins = [one.halved() for one in bins]
        yield choices[-1], bins


def _coarsened(
    asked: Every, every: Every, bins: Sequence[Stretches], fewer: Sequence[Stretches], rows: int
) -> tuple[str, ...]:
    why = f"with {rows:,} rows the combinations would be too many."
    notes = [f"Periods are {every}s, not {asked}s: {why}"] if every != asked else []
    return (*notes, *([f"Covariates are cut into fewer stretches: {why}"] if fewer is not bins else []))


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
    bins: Sequence[Stretches] = [stretches(source, usable, f"x_{i}") for i in range(len(todo.numbers))]
    every, bins, notes = _bounded(source, usable, todo, bins, seen.known)
    tell(f"Counting {seen.known:,} rows by worker and mechanism")
    table = source.collect(_grouped(usable, _keys(todo, bins, every), todo, shift, scale))
    read, broken = source.rows(), len(source.broken())
    tally = Tally(read + broken, seen.known, seen.refused + broken, read - seen.rows, seen.missing)
    return cells_of_table(
        todo, table, seen, bins, tally, kind=kind, kind_why=why, shift=shift, scale=scale,
        every=every if todo.at else None, notes=(*todo.notes, *notes),
    )  # fmt: skip


def factor_refusals(source: Source, todo: FactorPlan, most: int = 1_000_000) -> list[Refused]:
    """Every row that cannot be used, once, with its place and the first reason, in the order of the files."""
    return refused_once([*source.broken(), *source.unreadable(todo.readings, most)])
