"""Which columns are measures of units, and how each is read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import narwhals as nw
import numpy as np

from andon.lake.cells import period
from andon.lake.errors import BadInput
from andon.lake.readings import read_number, read_time
from andon.lake.remarks import EXPECTED
from andon.lake.source import Reading, Source, column_of
from andon.lake.times import Grain

Written = Literal["fiscal", "decimal"]
FEWEST_WEEKS = 4  # days, from which it is no chance that all are Mondays
FISCAL = re.compile(r"^(?:fy)?\s*((?:19|20)\d\d)\s*[-/–]\s*((?:19|20)?\d\d)$", re.I)
YEAR = re.compile(r"^((?:19|20)\d\d)(?:\.0+)?$")
_LIKE: dict[Written, str] = {"fiscal": "2016/17", "decimal": "2016.0"}


@dataclass(frozen=True, slots=True)
class UnitSpec:
    """Which columns. of: a denominator of all `measures`. where: as in `CellSpec`."""

    unit: str
    at: str
    measures: tuple[str, ...]
    of: str | None = None
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """A UnitSpec with its columns found and their reading decided. written: how texts are years, where they are."""

    spec: UnitSpec
    at: Reading
    grain: Grain
    written: Written | None
    measures: tuple[Reading, ...]
    of: Reading | None
    notes: tuple[str, ...]


def plan_units(source: Source, spec: UnitSpec) -> UnitPlan:
    """Finds the columns and decides how they are read. Raises BadInput naming the column and the remedy."""
    spec = _resolved(source, spec)
    names = [spec.unit, spec.at, *spec.measures, spec.of, *(name for name, _ in spec.where)]
    source.keep(list(dict.fromkeys(name for name in names if name)))
    if not source.rows():
        raise BadInput("There are no rows below the column names.", "Give a file with rows.")
    measures = tuple(_number(source, name) for name in spec.measures)
    of = _number(source, spec.of) if spec.of else None
    written = _years(source.sample(spec.at, 4000)) if source.columns[spec.at] == "text" else None
    grain: Grain = "year"
    notes: tuple[str, ...]
    if written:
        at, notes = Reading(spec.at), (f"“{spec.at}” was read as years written as {_LIKE[written]}.",)
    else:
        time = read_time(source, spec.at)
        at, notes = time.reading, time.notes
        grain = "week" if time.how.grain == "day" and _weekly(source, at) else time.how.grain
    texts = [r for r in (*measures, of) if r and source.columns[r.column] == "text"]
    described = tuple(
        f"“{r.column}” was read as {r.how.described}."
        for r in texts
        if r.how and r.how.described not in EXPECTED
    )
    source.settle([r for r in (at if at.how else None, *measures, of) if r])
    return UnitPlan(spec, at, grain, written, measures, of, notes + described)


def _resolved(source: Source, spec: UnitSpec) -> UnitSpec:
    found = replace(
        spec,
        unit=column_of(source, spec.unit),
        at=column_of(source, spec.at),
        measures=tuple(dict.fromkeys(column_of(source, name) for name in spec.measures)),
        of=column_of(source, spec.of) if spec.of else None,
        where=tuple((column_of(source, name), value) for name, value in spec.where),
    )
    roles = {found.unit: "the unit", found.at: "the time"}
    for name in (*found.measures, *([found.of] if found.of else [])):
        if name in roles:
            raise BadInput(
                f"“{name}” is given as {roles[name]} and as a measure.", "Give each a column of its own."
            )
    if found.of in found.measures:
        raise BadInput(
            f"“{found.of}” is given as a measure and as --of.", "A measure out of itself is always one."
        )
    if found.unit == found.at:
        raise BadInput(f"“{found.unit}” is given as --unit and as --at.", "Give each a column of its own.")
    return found


def _number(source: Source, name: str) -> Reading:
    try:
        return read_number(source, name)
    except BadInput as problem:
        raise BadInput(problem.problem, "A measure is a number or yes/no: give another column.") from None


def _years(values: Sequence[Any]) -> Written | None:
    """Whether texts are mostly years such as 2016/17, the second following the first in every one, or 2016.0."""
    texts = [str(value).strip() for value in values]
    found = [one for text in texts if (one := FISCAL.match(text))]
    if len(found) > len(texts) / 2 and all((int(one[1]) + 1) % 100 == int(one[2]) % 100 for one in found):
        return "fiscal"
    decimal = sum("." in text and bool(YEAR.match(text)) for text in texts)
    return "decimal" if decimal > len(texts) / 2 else None


def _weekly(source: Source, at: Reading) -> bool:
    """Whether days are all the same day of the week, as those of a weekly survey."""
    number = period(nw.col("at"), "day").alias("day")
    frame = source.frame({"at": at}).filter(~nw.col("at").is_null()).select(number)
    days = source.collect(frame.group_by("day").agg(nw.len().alias("rows")))["day"].to_numpy()
    return len(days) > FEWEST_WEEKS and len(np.unique(days % 7)) == 1
