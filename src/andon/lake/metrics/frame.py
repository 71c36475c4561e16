"""The rows of a metric audit, typed, with what is known of each column."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw

from andon.lake.cells import EARLIEST, LATEST, Every, Tally, period
from andon.lake.errors import BadInput
from andon.lake.metrics.holding import Numbered, Written, hold
from andon.lake.metrics.outlook import Outlook, Seen, outlooks, seen_of
from andon.lake.metrics.plan import MetricPlan
from andon.lake.missing import NOTHING
from andon.lake.profile import cell_count
from andon.lake.reducing import row_filter, too_narrow
from andon.lake.source import Reading, Source

MOST_CELLS = 250_000  # of who, what and when; beyond it periods get longer
CASES = 10  # of a mechanism in a period, on average, below which periods get longer
FARTHEST = 1e75  # numbers beyond it cannot be summed
LENGTHS: tuple[Every, ...] = ("hour", "day", "week", "month", "quarter", "year")


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows that can be used, in units of each column's spread from its mean, and what was seen of them.

    frame: `y`, `x_0` ..., `at` and the columns of `named`; y and x as `outcome` and `metrics` say: (value - mean) /
    spread. named: how rows say who served and in which mechanism.
    """

    source: Source
    plan: MetricPlan
    frame: nw.LazyFrame[Any]
    outcome: Outlook
    metrics: dict[str, Outlook]
    every: Every
    tally: Tally
    notes: tuple[str, ...]
    named: Written | Numbered

    def place(self, metric: str) -> int:
        """The number of a metric in the frame."""
        return list(self.plan.metrics).index(metric)

    @property
    def keys(self) -> dict[str, nw.Expr]:
        """Who, what and when, as columns to group by."""
        return {name: nw.col(name) for name in self.named.who} | {"period": self.period}

    @property
    def period(self) -> nw.Expr:
        return period(nw.col("at"), self.every)


def open_rows(source: Source, plan: MetricPlan, tell: Callable[[str], None] = lambda text: None) -> Rows:
    """Looks at every column once. Raises BadInput where nothing can be used; single rows are refused and counted."""
    tell("Looking at the outcome and the metrics")
    values = ["at", "refused", "y", *(f"x_{i}" for i in range(len(plan.metrics)))]
    frame, named = hold(source, _frame(source, plan), plan.spec.by, values)
    seen = _checked(seen_of(source, frame, len(plan.metrics)), source, plan)
    usable = frame.filter(~nw.col("refused") & ~nw.col("y").is_null())
    looks = outlooks(source, usable, seen, ["y", *(f"x_{i}" for i in range(len(plan.metrics)))])
    outcome, metrics = looks[0], dict(zip(plan.metrics, looks[1:], strict=True))
    columns = {"y": outcome.standard(nw.col("y"), drawn=False)}
    columns |= {f"x_{i}": look.standard(nw.col(f"x_{i}")) for i, look in enumerate(looks[1:])}
    read, broken = source.rows(), len(source.broken())
    tally = Tally(read + broken, seen.known[0], seen.refused + broken, read - seen.rows, seen.missing)
    rows = Rows(source, plan, usable.with_columns(**columns), outcome, metrics, "week", tally, (), named)
    return _in_periods(rows, seen.known[0])


def _frame(source: Source, plan: MetricPlan) -> nw.LazyFrame[Any]:
    """Asked rows with `y` (null where there is none) and `refused`; metrics that are no finite number are null."""
    parts = _parts(source, plan)
    frame = source.frame(parts)
    wanted = row_filter(source, plan.spec.where)
    frame = frame if wanted is None else frame.filter(wanted)
    y = nw.col("y").cast(nw.Float64)
    strange = (~y.is_finite() & ~y.is_nan()).fill_null(False)
    if "written" in parts:
        word = nw.col("written").str.strip_chars().str.to_lowercase()
        strange = strange | (y.is_null() & ~nw.col("written").is_null() & ~word.is_in(sorted(NOTHING)))
    year = nw.col("at").dt.year()
    first, last = (edge.astype(object).year for edge in (EARLIEST, LATEST))
    strange = strange | (nw.col("at").is_null() | (year < first) | (year >= last))
    numbers = {f"x_{i}": nw.col(f"x_{i}").cast(nw.Float64) for i in range(len(plan.metrics))}
    frame = frame.with_columns(refused=strange, y=nw.when(~y.is_nan()).then(y), **numbers)
    finite = {name: nw.when(nw.col(name).is_finite()).then(nw.col(name)) for name in numbers}
    return frame.with_columns(**finite) if finite else frame


def _parts(source: Source, plan: MetricPlan) -> dict[str, Reading]:
    spec = plan.spec
    parts = {f"{role}_{i}": Reading(name) for role, names in spec.by.items() for i, name in enumerate(names)}
    parts |= plan.readings | {f"x_{i}": reading for i, reading in enumerate(plan.metrics.values())}
    if source.columns[plan.outcome.column] == "text":
        parts["written"] = Reading(plan.outcome.column)
    columns = list(dict.fromkeys(column for column, _ in spec.where))
    return parts | {f"where_{i}": Reading(column) for i, column in enumerate(columns)}


def _checked(seen: Seen, source: Source, plan: MetricPlan) -> Seen:
    if not seen.rows:
        raise too_narrow(source, plan.spec.where)
    if not seen.known[0]:
        what = "refused" if seen.refused else "without an outcome"
        raise BadInput(
            f"None of the {seen.rows:,} rows can be used: all are {what}.",
            f"Look at the columns “{plan.spec.outcome}” and “{plan.spec.at}”.",
        )
    names = [plan.spec.outcome, *plan.metrics]
    for name, low, high in zip(names, seen.low, seen.high, strict=True):
        if max(abs(low), abs(high)) > FARTHEST:
            raise BadInput(
                f"“{name}” goes up to {max(abs(low), abs(high)):g}.",
                "Such numbers cannot be summed: give it in a larger unit, or leave the rows out with --where.",
            )
    if seen.low[0] == seen.high[0]:
        raise BadInput(
            f"All {seen.known[0]:,} outcomes in “{plan.spec.outcome}” are {seen.low[0]:g}: nothing can move them.",
            "Give another outcome, or more of the data.",
        )
    return seen


def _in_periods(rows: Rows, count: int) -> Rows:
    """Periods as asked, or longer ones where the times are coarser or there would be too many of them."""
    grain, asked = rows.plan.at.how.grain, rows.plan.spec.every
    first: Every = asked or "week"
    if grain in LENGTHS and LENGTHS.index(grain) > LENGTHS.index(first):
        first = grain
    tried = rows
    for every in LENGTHS[LENGTHS.index(first) :]:
        tried = replace(rows, every=every, notes=_why(first, every, count))
        if _few_enough(tried, count, asked is None):
            break
    return tried


def _few_enough(rows: Rows, count: int, free: bool) -> bool:
    """Whether cells are few enough to work with and, where the choice is `free`, periods few enough to leave a case."""
    if count > MOST_CELLS:
        return _different(rows, rows.named.who) <= MOST_CELLS
    return not free or _different(rows, rows.named.what) * CASES <= count


def _different(rows: Rows, names: list[str]) -> int:
    """About how many different combinations of these and a period there are."""
    return cell_count(rows.source, rows.frame.select(*map(nw.col, names), rows.period.alias("period")))


def _why(first: Every, every: Every, count: int) -> tuple[str, ...]:
    if first == every:
        return ()
    return (f"Periods are {every}s, not {first}s: for {count:,} rows those would be too many.",)
