"""From what a user typed to an audit of metrics: one path for the command line and whoever else starts from files."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from andon import lake
from andon.analysis.asking import copies_note, recounted, rows_notes, split_where, where_of
from andon.analysis.metrics.auditing import NOBODY, audit
from andon.analysis.metrics.spec import Audit, AuditSpec, Side
from andon.lake import BadInput, Every, Refused
from andon.lake.metrics import MetricPlan, MetricSpec, Rows, open_rows, plan_metrics
from andon.lake.reducing import refused_once
from andon.lake.source import column_of


@dataclass(frozen=True, slots=True)
class Question:
    """Files, columns and how to judge. Several columns of one factor combine. `limits`, `better`: METRIC=VALUE."""

    paths: tuple[str, ...]
    at: str
    outcome: str
    metrics: tuple[str, ...]
    worker: tuple[str, ...] = ()
    mechanism: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    every: str = "auto"
    limits: tuple[str, ...] = ()
    better: tuple[str, ...] = ()
    spec: AuditSpec = field(default_factory=AuditSpec)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """An audit with what became of the rows. `notes` are warnings about the rows."""

    question: Question
    found: Audit
    rows: Rows
    tally: lake.Tally
    refused: Sequence[Refused]
    notes: tuple[str, ...]


def answer(
    question: Question, tell: Callable[[str], None] = lambda text: None, most_refused: int = 1_000_000
) -> Answer:
    """Reads, reduces and audits. `tell` hears what is being done. Raises BadInput."""
    tell("Opening the files")
    source = lake.open_source(question.paths)
    where = where_of(source, question.where)
    tell("Reading the columns")
    todo = plan_metrics(source, _metric_spec(question, where))
    spec = _told(question, source, todo)
    rows = open_rows(source, todo, tell)
    found = _somebody(audit(rows, spec, tell))
    tally, refused = rows.tally, cast(Sequence[Refused], ())
    if tally.refused:
        tell("Collecting the refused rows")
        tally, refused = _collected(source, todo, tally, most_refused)
    copies = copies_note(source, tally.read)
    notes = (*source.notes, *todo.notes, *rows.notes, *rows_notes(tally), *copies)
    return Answer(question, found, rows, tally, refused, notes)


def _somebody(found: Audit) -> Audit:
    if all(one.why == NOBODY for one in found.findings):
        raise BadInput(
            "No row names a worker.", "Give the column of who served as --worker, or leave it out."
        )
    return found


def _metric_spec(question: Question, where: tuple[tuple[str, str], ...]) -> MetricSpec:
    by = {"worker": question.worker, "mechanism": question.mechanism, "team": question.team}
    every = None if question.every == "auto" else cast(Every, question.every)
    return MetricSpec(question.at, question.outcome, question.metrics, by, every, where)


def _told(question: Question, source: lake.Source, todo: MetricPlan) -> AuditSpec:
    """The spec with limits and directions of metrics, by the names of their columns."""
    limits: dict[str, tuple[float, ...]] = {}
    for text in question.limits:
        name, value = _pair(text, "--limit", source, todo)
        limits[name] = (*limits.get(name, ()), _number(value, text))
    better: dict[str, Side] = {}
    for text in question.better:
        name, side = _pair(text, "--better", source, todo)
        if side not in ("high", "low"):
            raise BadInput(
                f"--better {text} does not end in high or low.", 'Write it as --better "METRIC=low".'
            )
        better[name] = cast(Side, side)
    return replace(
        question.spec, limits=_merged(question.spec.limits, limits), better={**question.spec.better, **better}
    )


def _merged(
    given: Mapping[str, tuple[float, ...]], more: Mapping[str, tuple[float, ...]]
) -> dict[str, tuple[float, ...]]:
    return {**given, **more}


def _pair(text: str, option: str, source: lake.Source, todo: MetricPlan) -> tuple[str, str]:
    if "=" not in text:
        raise BadInput(f"{option} {text} has no equals sign.", f'Write it as {option} "METRIC=VALUE".')
    name, value = split_where(text, list(source.columns))
    name = column_of(source, name)
    if name not in todo.metrics:
        raise BadInput(
            f"{option} names “{name}”, which is no --metric.", f'Add --metric "{name}", or leave it out.'
        )
    return name, value


def _number(value: str, text: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise BadInput(f"--limit {text} does not end in a number.", 'Write it as --limit "METRIC=480".')
    return number


def _collected(
    source: lake.Source, todo: MetricPlan, tally: lake.Tally, most: int
) -> tuple[lake.Tally, Sequence[Refused]]:
    refused = refused_once([*source.broken(), *source.unreadable(todo.readings, most)])
    if len(refused) < most:
        tally = recounted(tally, len(refused), tally.used + tally.missing)
    return tally, refused
