"""Which column of which file is meant."""

from __future__ import annotations

import re

from andon import lake
from andon.analysis.linking.joining import FILES, SIDES
from andon.analysis.linking.spec import LinkQuestion, Side
from andon.lake import BadInput, Source

TIMES = frozenset({
    "at", "when", "date", "day", "week", "month", "quarter", "year", "period", "time", "wave", "fy", "fiscal",
    "datum", "tag", "woche", "monat", "quartal", "jahr",
})  # fmt: skip


def column(source: Source, wanted: str, side: Side, role: str) -> str:
    """The column a user means in one of the files. Raises BadInput naming the file and the remedy."""
    try:
        return lake.column_of(source, wanted)
    except BadInput as problem:
        remedy = f"{problem.remedy} {_otherwise(side, role)}".strip()
        raise BadInput(f"{FILES[side]}: {problem.problem}", remedy) from None


def _otherwise(side: Side, role: str) -> str:
    if side == "customer":
        return f"If it is named otherwise there, say --{role}-customer."
    return f"Give its name in EMPLOYEE_DATA as --{role}, and that in CUSTOMER_DATA as --{role}-customer."


def time_column(
    question: LinkQuestion, sources: tuple[Source, Source], side: Side
) -> tuple[str, tuple[str, ...]]:
    """The column of times, and a note where the only one there is was taken, as the other file alone has --at."""
    source, other = sources[SIDES.index(side)], sources[1 - SIDES.index(side)]
    asked = question.at_customer if side == "customer" else None
    if asked is None and not _has(source, question.at) and _has(other, question.at):
        used = {question.unit, question.unit_customer, question.of, *question.employee, *question.customer}
        times = [name for name in source.columns if name not in used and _is_time(source, name)]
        if len(times) == 1:
            return times[0], (
                f"There is no “{question.at}”; “{times[0]}” is its only column of times and was used.",
            )
    return column(source, asked or question.at, side, "at"), ()


def _has(source: Source, wanted: str) -> bool:
    try:
        lake.column_of(source, wanted)
    except BadInput:
        return False
    return True


def _is_time(source: Source, name: str) -> bool:
    """By its kind, or by its name."""
    if source.columns[name] == "time":
        return True
    return bool({part.casefold() for part in re.split(r"[^A-Za-z]+", name)} & TIMES)
