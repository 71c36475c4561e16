"""report.html: the ways of customers, one self-contained file. Nobody is named in it."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from andon.analysis.journeys import tables
from andon.analysis.journeys.ask import OTHER, Answer
from andon.analysis.journeys.telling import channels_said, computed, headline, lead, limits, outcome_said
from andon.analysis.pages import Table, figure, folded, listed, page, quiet, say, section, table
from andon.plots import words
from andon.plots.flow import Flow, FlowBand, flow, flow_table
from andon.plots.intervals import Intervals, intervals
from andon.plots.widths import for_any_width

DRAWN = 15  # steps of the picture of what a fix would save
_CSS = """\
.table-box.tall { max-height: 30rem; overflow-y: auto; }
"""


def _table(of: Table, label: str, texts: Collection[int] = (0,)) -> str:
    return table(of, label, texts, box="table-box tall") if of[1] else ""


# Sections


def _ways(answer: Answer) -> str:
    found = answer.found
    bands = tuple(FlowBand(one.place - 1, one.start, one.end, one.journeys) for one in found.bands)
    if not any(band.end for band in bands):
        return quiet("Too few customers went on the same ways for a picture.")
    stages = (f"First {answer.question.spec.noun}", "Second", "Third", "Fourth")
    chart = Flow("The ways of customers, contact by contact", found.sentence, stages, bands, OTHER)
    fewest = words.counted(answer.question.spec.fewest, "customer")
    several = words.counted(found.journeys - found.single, "journey")
    note = (
        f"{several} of more than one {answer.question.spec.noun}. Grey: back to the same step. What does not flow on "
        f"from a bar ended there. Ways of fewer than {fewest} are not drawn."
    )
    drawn = for_any_width(lambda width: flow(chart, width))
    numbers = folded("Table of the picture", _table(flow_table(chart), "Table of the picture"))
    return f'<div class="sheet">{figure(drawn)}{quiet(words.capital(note))}{numbers}</div>'


def _savings(answer: Answer) -> str:
    known = tables.savings(answer)
    if not known:
        return (
            ""
            if answer.question.log
            else quiet(
                "It takes more customers, and more time after their contacts, to say what a fix would save."
            )
        )
    drawn = known[:DRAWN]

    def column(name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.array([getattr(one.saved, name) for _, one in drawn], np.float64)

    chart = Intervals(
        "Contacts a month that a fix would save", answer.found.sentence, "step", [name for name, _ in drawn],
        np.array([one.contacts for _, one in drawn]), column("value"), column("low"), column("high"), 0.0, "count",
    )  # fmt: skip
    days = words.counted(round(answer.found.gap), "day") if answer.found.gap >= 1 else "the gap"
    note = (
        "A month, with intervals of 95 % for all steps together. Come back: another contact of the customer, of any "
        f"kind, within {days} of one at this step. Come anyway: as many as the same customers make in as long a time "
        "after that. A fix that settles half saves half."
    )
    picture = for_any_width(lambda width: intervals(chart, width))
    return (
        f'<div class="sheet">{figure(picture)}'
        f"{_table(tables.saving_table(answer), 'What a fix would save')}{quiet(note)}</div>"
    )


def _channels(answer: Answer) -> str:
    if answer.channels is None:
        return ""
    numbers = _table(tables.channel_table(answer), "Channels")
    return f'<div class="sheet">{say(channels_said(answer.channels))}{numbers}</div>'


def _outcome(answer: Answer) -> str:
    if not answer.got:
        return ""
    numbers = _table(tables.outcome_table(answer), "Outcome by contacts")
    return f'<div class="sheet">{say(outcome_said(answer))}{numbers}</div>'


def render(answer: Answer) -> str:
    """The whole report as HTML. Makes no request: styles and pictures are inside."""
    body = (
        f"<section>{say(answer.found.sentence)}</section>",
        section("Before you trust it", listed(answer.notes)),
        section("Where the next contact is", _ways(answer)),
        section("What a fix at a step would save customers", _savings(answer)),
        section(
            "Effort, step by step", f'<div class="sheet">{_table(tables.step_table(answer), "Steps")}</div>'
        ),
        section("The commonest ways of more than one step", _table(tables.path_table(answer), "Ways")),
        section("From step to step", _table(tables.passage_table(answer), "Passages", (0, 1))),
        section("Channels", _channels(answer)),
        section("What customers had in the end", _outcome(answer)),
        section("What cannot be concluded", listed(limits(answer), "notes")),
        section("How it was computed", *(say(line) for line in computed(answer))),
    )
    return page("Andon: the ways of customers", headline(answer), lead(answer), body, _CSS)
