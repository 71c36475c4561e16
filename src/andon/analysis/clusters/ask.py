"""From what a user typed to clusters: files in, an answer with what became of the rows out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from andon import lake
from andon.analysis.asking import refused_note, where_of
from andon.analysis.clusters.finding import find_clusters
from andon.analysis.clusters.spec import Clusters, ClusterSpec, Records
from andon.lake.rows import Rows, RowSpec, plan_rows, rows


@dataclass(frozen=True, slots=True)
class Question:
    """Files, columns and how to look."""

    paths: tuple[str, ...]
    at: str
    text: str | None = None
    attributes: tuple[str, ...] = ()
    customer: str | None = None
    outcome: str | None = None
    where: tuple[str, ...] = ()
    spec: ClusterSpec = field(default_factory=ClusterSpec)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Clusters, the rows they were found in, and what became of the rows."""

    question: Question
    found: Clusters
    rows: Rows
    notes: tuple[str, ...]

    @property
    def refused(self) -> Sequence[lake.Refused]:
        return self.rows.refused

    @property
    def many_files(self) -> bool:
        """Whether a row's number alone does not say where it stands."""
        return len(self.rows.source.tables) > 1


def answer(question: Question, tell: Callable[[str], None] = lambda text: None) -> Answer:
    """Reads the rows and looks for clusters. `tell` hears what is being done. Raises BadInput."""
    tell("Opening the files")
    source = lake.open_source(question.paths)
    where = where_of(source, question.where)
    asked = RowSpec(
        question.at, _distinct(source, question), question.text, question.customer, question.outcome, where
    )
    tell("Reading the columns")
    todo = plan_rows(source, asked)
    tell(f"Reading {source.rows():,} rows")
    read = rows(source, asked, todo)
    _check_asof(question.spec.asof, read)
    records = Records(read.at, read.attributes, read.texts, read.customers, read.outcome, todo.at.how.grain)
    found = find_clusters(records, replace(question.spec, outcome=question.outcome or ""), tell)
    return Answer(question, found, read, (*source.notes, *todo.notes, *refused_note(read.tally)))


def _distinct(source: lake.Source, question: Question) -> tuple[str, ...]:
    """Attributes by their column, each once."""
    return tuple(dict.fromkeys(lake.column_of(source, name) for name in question.attributes))


def _check_asof(asof: np.datetime64 | None, read: Rows) -> None:
    if asof is not None and not (read.at <= asof).any():
        raise lake.BadInput(
            f"No row is from {str(asof)[:10]} or earlier: the first is from {str(read.at.min())[:10]}.",
            "Give a later --asof.",
        )
