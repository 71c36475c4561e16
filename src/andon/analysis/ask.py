"""From what a user typed to a review: one path for the command line and whoever else starts from files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from andon import lake
from andon.analysis.asking import copies_note, recounted, rows_notes, where_of
from andon.analysis.every import COARSE, LENGTHS, choose_every
from andon.analysis.reviewing import review
from andon.analysis.spec import Review, ReviewSpec
from andon.lake import CellSpec, Every, Refused
from andon.lake.times import Grain


@dataclass(frozen=True, slots=True)
class Question:
    """Files, columns and how to judge them. `every` may be "auto"."""

    paths: tuple[str, ...]
    at: str
    outcome: str | None = None
    of: str | None = None
    by: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    every: Every | str = "auto"
    worker: str | None = None
    team: str | None = None
    spec: ReviewSpec = field(default_factory=ReviewSpec)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A review with what became of the rows."""

    question: Question
    review: Review
    tally: lake.Tally
    refused: Sequence[Refused]
    notes: tuple[str, ...]
    every_why: str
    files: tuple[str, ...]


def _measure(question: Question) -> str:
    if not question.outcome:
        return "rows"
    return f"{question.outcome} / {question.of}" if question.of else question.outcome


def _period(source: lake.Source, todo: lake.Plan, question: Question) -> tuple[Every, str, tuple[str, ...]]:
    """The period, why, and a note where the one asked for is finer than the times are."""
    if question.spec.kind == "between":
        return "second", "each event is a point", ()
    grain = todo.at.how.grain
    if question.every != "auto":
        return _asked_period(cast(Every, question.every), grain)
    since, until = lake.span(source, todo)
    counted = question.of is not None  # then a row stands for many cases
    every, why = choose_every(
        since, until, source.rows() * (1000 if counted else 1), lake.groups(source, todo), grain
    )
    return every, why, ()


def _asked_period(every: Every, grain: Grain) -> tuple[Every, str, tuple[str, ...]]:
    order: list[str] = list(LENGTHS)
    if grain not in COARSE or order.index(grain) <= order.index(every):
        return every, "as asked", ()
    note = f"The times are {grain}s, so points cover a {grain}, not a {every}."
    return grain, "as coarse as the times given", (note,)


def answer(
    question: Question, tell: Callable[[str], None] = lambda text: None, most_refused: int = 1_000_000
) -> Answer:
    """Reads, reduces and reviews. `tell` hears what is being done. Raises BadInput."""
    tell("Opening the files")
    source = lake.open_source(question.paths)
    where = where_of(source, question.where)
    by = tuple(question.by)
    cells_spec = CellSpec(question.at, "day", by, question.outcome, question.of, None, where)
    for column in (question.worker, question.team):
        if column:
            lake.column_of(source, column)  # must exist; persons are never charted
    tell("Reading the columns")
    todo = lake.plan(source, cells_spec)
    every, why, notes = _period(source, todo, question)
    tell(f"Counting {source.rows():,} rows by {every}")
    cells = lake.reduce(source, replace(cells_spec, every=every), todo)
    tell("Drawing limits and looking for exceptions")
    spec = question.spec if question.spec.measure else replace(question.spec, measure=_measure(question))
    found = review(cells, spec)
    refused: Sequence[Refused] = ()
    tally = cells.tally
    if tally.refused:
        tell("Collecting the refused rows")
        refused = lake.refusals(source, todo, most_refused)
        if len(refused) < most_refused:
            tally = recounted(tally, len(refused), tally.used)
    notes = (
        *source.notes,
        *todo.notes,
        *notes,
        *rows_notes(tally),
        *copies_note(source, tally.read),
    )
    return Answer(question, found, tally, refused, notes, why, tuple(question.paths))
