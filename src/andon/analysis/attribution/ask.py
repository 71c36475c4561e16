"""From what a user typed to an attribution: one path for the command line and whoever else starts from files."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from andon import lake
from andon.analysis.asking import copies_note, left_out, recounted, rows_notes, where_of
from andon.analysis.attribution.attributing import attribute
from andon.analysis.attribution.spec import Attribution, AttributionSpec
from andon.lake import BadInput, Refused
from andon.lake.factor_plan import FactorPlan, plan_factors
from andon.lake.factoring import factor_cells, factor_refusals
from andon.lake.factors import FactorCells, FactorSpec


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
    where = where_of(source, question.where)
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
    return Answer(question, found, cells, tally, refused, tuple(_notes(source, cells, tally)))


def _notes(source: lake.Source, cells: FactorCells, tally: lake.Tally) -> Iterator[str]:
    yield from (*source.notes, *cells.notes, *rows_notes(tally))
    yield from left_out(cells.nobody, "names no worker", "name no worker")
    yield from copies_note(source, tally.read)


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
    if len(refused) < most:
        tally = recounted(tally, len(refused), tally.used + tally.missing + cells.nobody)
    return tally, refused
