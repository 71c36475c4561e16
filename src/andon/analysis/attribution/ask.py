"""From what a user typed to an attribution: one path for the command line and whoever else starts from files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from andon import lake
from andon.analysis.ask import split_where
from andon.analysis.attribution.attributing import attribute
from andon.analysis.attribution.spec import Attribution, AttributionSpec
from andon.lake import BadInput, Refused
from andon.lake.factor_plan import FactorPlan, plan_factors
from andon.lake.factoring import factor_cells, factor_refusals
from andon.lake.factors import FactorCells, FactorSpec

COPIES = 0.005  # share of rows that copy another, below which they are no news


@dataclass(frozen=True, slots=True)
class Question:
    """Files, columns and how to judge. Several columns of one factor combine."""

    paths: tuple[str, ...]
    outcome: str
    worker: str
    mechanism: tuple[str, ...]
    team: tuple[str, ...] = ()
    covariates: tuple[str, ...] = ()
    at: str | None = None
    where: tuple[str, ...] = ()
    spec: AttributionSpec = field(default_factory=AttributionSpec)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """An attribution with what became of the rows. `notes` are warnings about the rows."""

    question: Question
    found: Attribution
    cells: FactorCells
    tally: lake.Tally
    refused: Sequence[Refused]
    notes: tuple[str, ...]


def answer(
    question: Question, tell: Callable[[str], None] = lambda text: None, most_refused: int = 1_000_000
) -> Answer:
    """Reads, reduces and separates. `tell` hears what is being done. Raises BadInput."""
    tell("Opening the files")
    source = lake.open_source(question.paths)
    where = tuple(split_where(text, list(source.columns)) for text in question.where)
    tell("Reading the columns")
    todo = plan_factors(source, _factor_spec(question, where))
    cells = factor_cells(source, todo.spec, todo, tell)
    _check_cells(cells)
    _check_standard(question.spec, cells)
    tell("Separating person and process")
    try:
        found = attribute(cells, question.spec)
    except ValueError as problem:
        raise BadInput(f"The model cannot be fitted: {problem}.".replace("..", ".")) from None
    tally = cells.tally
    refused: Sequence[Refused] = ()
    if tally.refused:
        tell("Collecting the refused rows")
        tally, refused = _collected(source, todo, cells, most_refused)
    notes = (*source.notes, *cells.notes, *_rows_notes(cells, tally), *_duplicates(source, tally.read))
    return Answer(question, found, cells, tally, refused, notes)


def _factor_spec(question: Question, where: tuple[tuple[str, str], ...]) -> FactorSpec:
    by = {"worker": (question.worker,), "mechanism": question.mechanism, "team": question.team}
    return FactorSpec(
        question.outcome, by, question.spec.kind, question.at, covariates=question.covariates, where=where
    )


def _check_cells(cells: FactorCells) -> None:
    """Raises BadInput where there is nothing to separate."""
    if cells.least == cells.most:
        raise BadInput(
            f"All {cells.cases:,.0f} outcomes in “{cells.outcome}” are {cells.least:g}: there are no differences to "
            "explain.",
            "Give another outcome, or more of the data.",
        )
    if all(len(cells.factors[name].levels) < 2 for name in ("worker", "mechanism")):
        raise BadInput(
            "There is one worker and one mechanism only, and nothing to compare them with.",
            "Give the data of everybody who does this work.",
        )


def _check_standard(spec: AttributionSpec, cells: FactorCells) -> None:
    """Raises BadInput for a standard that nobody could be on either side of."""
    if spec.standard is None:
        return
    if cells.kind == "proportion" and not 0 <= spec.standard <= 100:
        raise BadInput(
            f"--standard {spec.standard:g} is no share: “{cells.outcome}” is yes or no.",
            "Write it as 0.8, or in per cent as 80.",
        )
    if cells.kind == "count" and spec.standard < 0:
        raise BadInput(
            f"--standard {spec.standard:g} is below zero, and a count never is.", "Give the mean of a case."
        )


def _collected(
    source: lake.Source, todo: FactorPlan, cells: FactorCells, most: int
) -> tuple[lake.Tally, Sequence[Refused]]:
    refused = factor_refusals(source, todo, most)
    tally = cells.tally
    if len(refused) < most:  # with --where, rows that nobody asked for may be unreadable as well
        others = tally.used + tally.missing + cells.nobody
        tally = replace(tally, refused=len(refused), filtered=max(tally.read - others - len(refused), 0))
    return tally, refused


def _rows(n: int) -> str:
    return "One row" if n == 1 else f"{n:,} rows"


def _left_out(one: bool) -> str:
    return f" and {'is' if one else 'are'} left out."


def _rows_notes(cells: FactorCells, tally: lake.Tally) -> tuple[str, ...]:
    notes = []
    if tally.refused:
        notes.append(
            f"{tally.refused:,} of {tally.read:,} rows {'was' if tally.refused == 1 else 'were'} refused; "
            "refused.csv says which and why."
        )
    if tally.missing:
        one = tally.missing == 1
        notes.append(f"{_rows(tally.missing)} {'has' if one else 'have'} no outcome{_left_out(one)}")
    if cells.nobody:
        one = cells.nobody == 1
        notes.append(f"{_rows(cells.nobody)} {'names' if one else 'name'} no worker{_left_out(one)}")
    return tuple(notes)


def _duplicates(source: lake.Source, rows: int) -> tuple[str, ...]:
    twice = source.duplicates()
    if twice < max(COPIES * rows, 1):
        return ()
    return (
        f"{twice:,} rows ({twice / rows:.0%}) are exact copies of another row. They were counted; "
        "if every row should be different, leave the copies out.",
    )
