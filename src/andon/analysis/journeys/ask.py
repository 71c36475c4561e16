"""From what a user typed to journeys: one path for the command line and whoever else starts from files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from andon import lake
from andon.analysis.asking import where_of
from andon.analysis.journeys.channels import Channels, Got, by_step, channels, got
from andon.analysis.journeys.following import follow
from andon.analysis.journeys.pooling import pooled, visits
from andon.analysis.journeys.returning import bulk
from andon.analysis.journeys.spec import JourneySpec, Travelled
from andon.lake import BadInput, Refused
from andon.lake.contacts import Contacts, ContactSpec, contacts, readings, resolved
from andon.lake.reducing import refused_once
from andon.plots import words

STEPS = 40  # told apart; rarer ones count together
OTHER = "Other steps"
MOST_REFUSED = 1_000_000
ONCE = 0.98  # share of journeys of one contact, above which the column of customers may be that of contacts


@dataclass(frozen=True, slots=True)
class Question:
    """Files, columns and how to tell journeys apart. log: rows are entries of a log, not contacts."""

    paths: tuple[str, ...]
    customer: str
    at: str
    step: tuple[str, ...]
    channel: str | None = None
    outcome: str | None = None
    wait: str | None = None
    passed: str | None = None
    gave_up: str | None = None
    effort: str | None = None
    contact: str | None = None
    where: tuple[str, ...] = ()
    log: bool = False
    spec: JourneySpec = field(default_factory=JourneySpec)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Journeys with what became of the rows. outcomes: mean outcome by step. `notes` are warnings."""

    question: Question
    found: Travelled
    channels: Channels | None
    got: Sequence[Got]
    outcomes: dict[str, float]
    starts: np.datetime64
    ends: np.datetime64
    rows: int
    refused: Sequence[Refused]
    notes: tuple[str, ...]


def answer(question: Question, tell: Callable[[str], None] = lambda text: None) -> Answer:
    """Reads, joins and follows. `tell` hears what is being done. Raises BadInput."""
    tell("Opening the files")
    source = lake.open_source(question.paths)
    where = where_of(source, question.where)
    spec = resolved(source, _columns(question, where))
    tell("Joining contacts of the same customer")
    known = _usable(contacts(source, spec), question)
    known = pooled(known, STEPS, question.spec.fewest, OTHER)
    tail = tuple(_tail(known))
    tell("Following customers")
    found = follow(known, question.spec)
    refused = refused_once([*source.broken(), *source.unreadable(readings(source, spec), MOST_REFUSED)])
    notes = (*source.notes, *_notes(found, refused, question), *tail)
    return Answer(
        question, found, channels(known, question.spec.gap), got(known, question.spec.gap), by_step(known),
        known.at.min(), known.at.max(), source.rows(), refused, notes,
    )  # fmt: skip


def _columns(question: Question, where: tuple[tuple[str, str], ...]) -> ContactSpec:
    return ContactSpec(
        question.at, question.customer, question.step, question.wait, question.passed, question.gave_up,
        question.effort, where, outcome=question.outcome, channel=question.channel, contact=question.contact,
    )  # fmt: skip


def _usable(known: Contacts, question: Question) -> Contacts:
    given = known.gave_up[np.isfinite(known.gave_up)]
    if question.gave_up and not np.isin(given, (0, 1)).all():
        raise BadInput(
            f"The column “{question.gave_up}” of --gave-up holds numbers other than 0 and 1.",
            "Give a column of yes and no: whether the customer broke the contact off.",
        )
    return visits(known, question.spec.gap) if question.log else known


def _tail(known: Contacts) -> Iterator[str]:
    start, end = bulk(known)
    if start > known.at.min() or end < known.at.max():
        days = [words.date(at.astype("datetime64[D]")) for at in (start, end)]
        yield f"Nearly all contacts lie between {days[0]} and {days[1]}; amounts a month are those of this time."


def _notes(found: Travelled, refused: Sequence[Refused], question: Question) -> Iterator[str]:
    if refused:
        yield f"{words.counted(len(refused), 'row')} could not be read; refused.csv says why."
    if found.nobody:
        yield f"{words.counted(found.nobody, 'row')} without a customer or a time belong to no journey."
    if found.single > ONCE * found.journeys:
        yield (
            f"Nearly every journey is of one contact: is “{question.customer}” the column of customers, and not of "
            "contacts?"
        )
    if 0 < found.open < found.journeys / 2:
        journeys = words.counted(found.open, "journey")
        yield f"{journeys} may still go on: their last contact is close to the end of the data."
    if len(found.steps) == 1:
        yield "There is one step only, so no way from one to another: give another column as --step."
