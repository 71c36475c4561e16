"""report.html: the ways of customers, one self-contained file. Nobody is named in it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np

from andon import plots
from andon.analysis.journeys import tables
from andon.analysis.journeys.ask import OTHER, Answer
from andon.analysis.journeys.telling import channels_said, computed, headline, lead, limits, outcome_said
from andon.plots import words
from andon.plots.flow import Flow, FlowBand, flow, flow_table
from andon.plots.intervals import Intervals, intervals
from andon.plots.widths import for_any_width

DRAWN = 15  # steps of the picture of what a fix would save
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_CSS = """
.notes { padding-inline-start: 2rem; display: grid; gap: .3rem; }
.table-box.tall { max-height: 30rem; overflow-y: auto; }
"""


# Pieces


def _told(text: str) -> str:
    return escape(text).replace(" %", "\u00a0%")


def _say(text: str) -> str:
    return f'<p class="say">{_told(text)}</p>' if text else ""


def _quiet(text: str) -> str:
    return f'<p class="quiet small">{_told(text)}</p>' if text else ""


def _list(notes: Sequence[str], kind: str = "note notes") -> str:
    items = "".join(f"<li>{_told(note)}</li>" for note in notes)
    return f'<ul class="{kind}">{items}</ul>' if notes else ""


def _section(title: str, *parts: str) -> str:
    return f"<section><h2>{title}</h2>{''.join(parts)}</section>" if any(parts) else ""


def _table(of: tables.Table, label: str, texts: int = 1) -> str:
    """The first columns, `texts` of them, are words; the others numbers."""
    header, rows = of
    if not rows:
        return ""

    def cells(tag: str, row: Sequence[str]) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        kinds = ["" if i < texts else ' class="num"' for i in range(len(row))]
        return "".join(
            f"<{tag}{scope}{kind}>{_told(text)}</{tag}>" for kind, text in zip(kinds, row, strict=True)
        )

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return (
        f'<div class="table-box tall" tabindex="0" role="region" aria-label="{escape(label, quote=True)}">'
        f"<table><thead><tr>{cells('th', header)}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _folded(of: tables.Table, label: str, texts: int = 1) -> str:
    inside = _table(of, label, texts)
    return f"<details><summary>{escape(label)}</summary>{inside}</details>" if inside else ""


# Sections


def _ways(answer: Answer) -> str:
    found = answer.found
    bands = tuple(FlowBand(one.place - 1, one.start, one.end, one.journeys) for one in found.bands)
    if not any(band.end for band in bands):
        return _quiet("Too few customers went on the same ways for a picture.")
    stages = (f"First {answer.question.spec.noun}", "Second", "Third", "Fourth")
    chart = Flow("The ways of customers, contact by contact", found.sentence, stages, bands, OTHER)
    fewest = words.counted(answer.question.spec.fewest, "customer")
    several = words.counted(found.journeys - found.single, "journey")
    note = (
        f"{several} of more than one {answer.question.spec.noun}. Grey: back to the same step. What does not flow on "
        f"from a bar ended there. Ways of fewer than {fewest} are not drawn."
    )
    drawn = for_any_width(lambda width: flow(chart, width))
    table = _folded(flow_table(chart), "Table of the picture", 1)
    return (
        f'<div class="sheet"><figure class="chart">{drawn}</figure>{_quiet(words.capital(note))}{table}</div>'
    )


def _savings(answer: Answer) -> str:
    known = tables.savings(answer)
    if not known:
        return (
            ""
            if answer.question.log
            else _quiet(
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
        f'<div class="sheet"><figure class="chart">{picture}</figure>'
        f"{_table(tables.saving_table(answer), 'What a fix would save')}{_quiet(note)}</div>"
    )


def _channels(answer: Answer) -> str:
    if answer.channels is None:
        return ""
    table = _table(tables.channel_table(answer), "Channels")
    return f'<div class="sheet">{_say(channels_said(answer.channels))}{table}</div>'


def _outcome(answer: Answer) -> str:
    if not answer.got:
        return ""
    table = _table(tables.outcome_table(answer), "Outcome by contacts")
    return f'<div class="sheet">{_say(outcome_said(answer))}{table}</div>'


def render(answer: Answer) -> str:
    """The whole report as HTML. Makes no request: styles and pictures are inside."""
    body = (
        f"<section>{_say(answer.found.sentence)}</section>",
        _section("Before you trust it", _list(answer.notes)),
        _section("Where the next contact is", _ways(answer)),
        _section("What a fix at a step would save customers", _savings(answer)),
        _section(
            "Effort, step by step", f'<div class="sheet">{_table(tables.step_table(answer), "Steps")}</div>'
        ),
        _section("The commonest ways of more than one step", _table(tables.path_table(answer), "Ways")),
        _section("From step to step", _table(tables.passage_table(answer), "Passages", 2)),
        _section("Channels", _channels(answer)),
        _section("What customers had in the end", _outcome(answer)),
        _section("What cannot be concluded", _list(limits(answer), "notes")),
        _section("How it was computed", *(_say(line) for line in computed(answer))),
    )
    return _page(headline(answer), lead(answer), "".join(body))


def _page(title: str, lead_: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{escape(title)}</title><style>{plots.report_css()}{_CSS}</style></head>"
        '<body><main class="report"><header><p class="quiet small">Andon: the ways of customers</p>'
        f"<h1>{_told(title)}</h1>"
        f'<p class="quiet">{escape(lead_)}</p></header>{body}</main></body></html>\n'
    )
