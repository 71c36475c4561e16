"""report.html: what goes together, between units, within them and one after the other. Nobody is ranked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from andon.analysis.linking import computed, pictures
from andon.analysis.linking.spec import Joined, Link, Linked, Told
from andon.analysis.linking.telling import headline, lead
from andon.analysis.linking.wording import chance, signed
from andon.analysis.pages import Table, figure, folded, listed, page, quiet, say, section, table
from andon.plots import words
from andon.plots.intervals import intervals, intervals_table
from andon.plots.linked import against, against_table
from andon.plots.widths import for_any_width

DRAWN = 12  # pairs with pictures; the rest are in the table
_CSS = """\
.c-plot .c-soft { opacity: .62; }
.pictures { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); }
.pictures > * { display: grid; gap: .5rem; align-content: start; min-width: 0; }
"""
HEADER: tuple[str, ...] = (
    "Work life",
    "Customers",
    "Between units",
    "r",
    "Adjusted p",
    "Within units",
    "r",
    "Adjusted p",
    "First",
)


# Pieces


def _details(of: Table, label: str, link: Link, texts: Sequence[int] = (0,)) -> str:
    return folded(label, table(of, f"{label}: {_name(link)}", texts))


def _name(link: Link) -> str:
    return f"{link.employee.name} and {link.customer.name}"


def _picture(title: str, draw: Callable[[int], str], numbers: str, note: str) -> str:
    drawn = figure(for_any_width(draw))
    return f"<div><h4>{escape(title)}</h4>{drawn}{quiet(note)}{numbers}</div>"


# A pair


def _pair(link: Link, joined: Joined) -> str:
    parts = [_between(link, joined), _within(link), _lags(link, joined)]
    return (
        f'<article class="sheet"><h3>{escape(_name(link))}</h3>'
        f'{say(link.sentence)}<div class="pictures">{"".join(parts)}</div></article>'
    )


def _between(link: Link, joined: Joined) -> str:
    chart = pictures.between_picture(link, joined)
    if chart is None:
        return ""
    note = "Each dot is a unit. A line is drawn only where there is an association."
    numbers = _details(against_table(chart), "Table of units, by name", link)
    return _picture(chart.title, lambda width: against(chart, width), numbers, note)


def _within(link: Link) -> str:
    chart = pictures.within_picture(link)
    if chart is None:
        return ""
    grouped = "Each dot is a group of like changes, with two standard errors. "
    note = f"{grouped if len(chart) <= pictures.GROUPS else ''}Own level and common season are taken out."
    numbers = _details(against_table(chart), "Table of changes", link, ())
    return _picture(chart.title, lambda width: against(chart, width), numbers, note)


def _lags(link: Link, joined: Joined) -> str:
    chart = pictures.lags_picture(link, joined)
    if chart is None:
        return ""
    note = "Correlation within units with 95 % intervals; right of nought, more of one goes with more of the other."
    numbers = _details(intervals_table(chart), "Table of lags", link)
    return _picture(chart.title, lambda width: intervals(chart, width), numbers, note)


# The whole


def _first_found(link: Link) -> tuple[bool, float]:
    found = "association" in (link.between.verdict, link.within.verdict) or bool(link.direction)
    best = min(
        (told.p_adjusted for told in (link.between, link.within) if told.p_adjusted == told.p_adjusted),
        default=1,
    )
    return not found, best


def _overview(found: Linked) -> str:
    if len(found.links) < 2:
        return ""
    rows: list[tuple[str, ...]] = [
        (
            one.employee.name,
            one.customer.name,
            *_cells(one.between),
            *_cells(one.within),
            one.direction or words.MISSING,
        )
        for one in found.links
    ]
    return section(
        "All pairs", f'<div class="sheet">{table((HEADER, rows), "All pairs", (0, 1, 2, 5, 8))}</div>'
    )


def _cells(told: Told) -> tuple[str, str, str]:
    if not told.found.known:
        return told.verdict, words.MISSING, words.MISSING
    return told.verdict, signed(told.found.r), chance(told.p_adjusted).removeprefix("adjusted p ")


def render(found: Linked) -> str:
    """The whole report as HTML. Makes no request: styles and pictures are inside."""
    ordered = sorted(found.links, key=_first_found)
    drawn = ordered[:DRAWN]
    rest = len(ordered) - len(drawn)
    more = (
        f'<p class="note">{rest:,} more pairs are in the table above and in links.json.</p>' if rest else ""
    )
    body = (
        _overview(found),
        section("What goes together, and what does not", *(_pair(one, found.joined) for one in drawn), more),
        section("Before you trust it", listed([*found.joined.notes, *found.warnings])),
        section("What cannot be concluded", listed(list(computed.limits(found)), "notes")),
        section("How it was computed", "".join(say(line) for line in computed.lines(found))),
    )
    return page("Andon: work life and customers", headline(found), lead(found), body, _CSS)
