"""report.html: what goes together, between units, within them and one after the other. Nobody is ranked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from andon import plots
from andon.analysis.linking import computed, pictures
from andon.analysis.linking.spec import Joined, Link, Linked, Told
from andon.analysis.linking.telling import headline, lead
from andon.analysis.linking.wording import chance, signed
from andon.plots import words
from andon.plots.intervals import intervals, intervals_table
from andon.plots.linked import against, against_table
from andon.plots.widths import for_any_width

DRAWN = 12  # pairs with pictures; the rest are in the table
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_CSS = """
.notes { padding-inline-start: 2rem; display: grid; gap: .3rem; }
.c-plot .c-soft { opacity: .62; }
.pictures { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); }
.pictures > * { display: grid; gap: .5rem; align-content: start; min-width: 0; }
"""
Table = tuple[tuple[str, ...], list[tuple[str, ...]]]
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


def _told(text: str) -> str:
    """Escaped, and a number stays on the line of its per cent sign."""
    return escape(text).replace(" %", "\u00a0%")


def _say(text: str) -> str:
    return f'<p class="say">{_told(text)}</p>' if text else ""


def _list(notes: Sequence[str], kind: str = "note notes") -> str:
    items = "".join(f"<li>{_told(note)}</li>" for note in notes)
    return f'<ul class="{kind}">{items}</ul>' if notes else ""


def _section(title: str, *parts: str) -> str:
    return f"<section><h2>{title}</h2>{''.join(parts)}</section>" if any(parts) else ""


def _rows(of: Table, label: str, texts: Sequence[int]) -> str:
    """A table in a box of its own, which may be wider than a phone."""

    def cells(tag: str, row: Sequence[str]) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        kinds = ["" if i in texts else ' class="num"' for i in range(len(row))]
        return "".join(f"<{tag}{scope}{k}>{escape(text)}</{tag}>" for k, text in zip(kinds, row, strict=True))

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in of[1])
    return (
        f'<div class="table-box" tabindex="0" role="region" aria-label="{escape(label, quote=True)}">'
        f"<table><thead><tr>{cells('th', of[0])}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _details(of: Table, label: str, link: Link, texts: Sequence[int] = (0,)) -> str:
    return (
        f"<details><summary>{escape(label)}</summary>{_rows(of, f'{label}: {_name(link)}', texts)}</details>"
    )


def _name(link: Link) -> str:
    return f"{link.employee.name} and {link.customer.name}"


def _picture(title: str, draw: Callable[[int], str], table: str, note: str = "") -> str:
    figure = f'<figure class="chart">{for_any_width(draw)}</figure>'
    said = f'<p class="quiet small">{escape(note)}</p>' if note else ""
    return f"<div><h4>{escape(title)}</h4>{figure}{said}{table}</div>"


# A pair


def _pair(link: Link, joined: Joined) -> str:
    parts = [_between(link, joined), _within(link), _lags(link, joined)]
    return (
        f'<article class="sheet"><h3>{escape(_name(link))}</h3>'
        f'{_say(link.sentence)}<div class="pictures">{"".join(parts)}</div></article>'
    )


def _between(link: Link, joined: Joined) -> str:
    chart = pictures.between_picture(link, joined)
    if chart is None:
        return ""
    note = "Each dot is a unit. A line is drawn only where there is an association."
    table = _details(against_table(chart), "Table of units, by name", link)
    return _picture(chart.title, lambda width: against(chart, width), table, note)


def _within(link: Link) -> str:
    chart = pictures.within_picture(link)
    if chart is None:
        return ""
    grouped = "Each dot is a group of like changes, with two standard errors. "
    note = f"{grouped if len(chart) <= pictures.GROUPS else ''}Own level and common season are taken out."
    table = _details(against_table(chart), "Table of changes", link, ())
    return _picture(chart.title, lambda width: against(chart, width), table, note)


def _lags(link: Link, joined: Joined) -> str:
    chart = pictures.lags_picture(link, joined)
    if chart is None:
        return ""
    note = "Correlation within units with 95 % intervals; right of nought, more of one goes with more of the other."
    table = _details(intervals_table(chart), "Table of lags", link)
    return _picture(chart.title, lambda width: intervals(chart, width), table, note)


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
    return _section(
        "All pairs", f'<div class="sheet">{_rows((HEADER, rows), "All pairs", (0, 1, 2, 5, 8))}</div>'
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
        _section("What goes together, and what does not", *(_pair(one, found.joined) for one in drawn), more),
        _section("Before you trust it", _list([*found.joined.notes, *found.warnings])),
        _section("What cannot be concluded", _list(list(computed.limits(found)), "notes")),
        _section("How it was computed", "".join(_say(line) for line in computed.lines(found))),
    )
    return _page(headline(found), lead(found), "".join(body))


def _page(title: str, lead: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{escape(title)}</title><style>{plots.report_css()}{_CSS}</style></head>"
        '<body><main class="report"><header><p class="quiet small">Andon: work life and customers</p>'
        f'<h1>{escape(title)}</h1><p class="quiet">{escape(lead)}</p></header>{body}</main></body></html>\n'
    )
