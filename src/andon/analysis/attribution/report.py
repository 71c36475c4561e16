"""report.html: how much is process and how much people, one self-contained file. It names no person and ranks none."""

from collections.abc import Sequence
from html import escape

from andon import plots
from andon.analysis.attribution import computed, pictures
from andon.analysis.attribution.ask import Answer
from andon.analysis.attribution.spec import VERDICTS, Attribution, Level, RawRanking
from andon.plots import words
from andon.plots.agreement import agreement, agreement_table
from andon.plots.funnel import funnel, funnel_table
from andon.plots.intervals import intervals, intervals_table
from andon.plots.shares import share_keys, shares, shares_table
from andon.plots.widths import for_any_width

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_CSS = """
.notes { padding-inline-start: 2rem; display: grid; gap: .3rem; }
.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1rem; margin: 0; }
.counts div { display: grid; gap: .1rem; align-content: start; }
.counts dt { color: var(--quiet); font-size: var(--small); }
.counts dd { margin: 0; font: 600 1.5rem/1.2 var(--text); }
"""
MEANING = {
    "below standard": "so sure that few are found wrongly",
    "meets standard": "as sure, on the right side",
    "cannot tell": "the numbers do not reach",
    "cannot be separated": "from the mechanism or team",
}
Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def headline(answer: Answer) -> str:
    """Whether it is the system."""
    found = answer.found
    process = sum(one.share for one in found.shares if one.group == "process")
    people = sum(one.share for one in found.shares if one.group == "people")
    told = process + people
    if told < 0.001:
        return "Hardly anything but chance."
    if process >= 2 * people:
        return "Most of it is the system." if told > 0.5 else "What is not chance is mostly the system."
    return (
        "People differ more than the system does."
        if people >= 2 * process
        else "System and people both matter."
    )


def lead(answer: Answer) -> str:
    found = answer.found
    parts = [
        f"{words.number(answer.tally.used)} cases",
        words.counted(len(found.people.worker), "person", "people"),
    ]
    parts.append(words.counted(len(found.mechanisms.name), "mechanism"))
    if found.teams:
        parts.append(words.counted(len(found.teams.name), "team"))
    return f"{found.outcome} · {', '.join(parts)}"


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


def _table(of: Table, label: str, words_first: int = 1) -> str:
    header, rows = of

    def cell(tag: str, i: int, text: str) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        numeric = ' class="num"' if i >= words_first else ""
        return f"<{tag}{scope}{numeric}>{escape(text)}</{tag}>"

    head = "".join(cell("th", i, text) for i, text in enumerate(header))
    body = "".join(
        "<tr>" + "".join(cell("td", i, text) for i, text in enumerate(row)) + "</tr>" for row in rows
    )
    return (
        f"<details><summary>{escape(label)}</summary>"
        f'<div class="table-box" tabindex="0" role="region" aria-label="{escape(label, quote=True)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></details>"
    )


def _figure(picture: str) -> str:
    return f'<figure class="chart">{picture}</figure>'


# Sections


def _shares(found: Attribution) -> str:
    bar = pictures.share_bar(found)
    keys = "".join(f'<li><i class="{kind}"></i>{escape(text)}</li>' for kind, text in share_keys(bar))
    body = (
        f'{shares(bar)}<ul class="share-keys">{keys}</ul>{_table(shares_table(bar), "Table of all parts", 2)}'
    )
    return f'<div class="sheet">{body}</div>'


def _level(level: Level | None, noun: str, found: Attribution) -> str:
    if level is None or len(level.name) < 2:
        return ""
    chart = pictures.level_intervals(level, noun, found)
    more = len(level.name) - len(chart)
    rest = f'<p class="quiet small">{more:,} more are in {noun}s.parquet.</p>' if more > 0 else ""
    table = _table(intervals_table(chart), f"Table of {noun}s")
    return (
        f'<article class="sheet"><h3>{escape(chart.title)}</h3>{_say(chart.sentence)}'
        f"{_figure(for_any_width(lambda width: intervals(chart, width)))}{rest}{table}</article>"
    )


def _funnel(found: Attribution) -> str:
    chart = pictures.team_funnel(found)
    if chart is None:
        return ""
    note = "Dashed: 95 % limits; solid: 99.8 %. What mechanisms, time and customers explain is taken out."
    picture = for_any_width(lambda width: funnel(chart, width))
    return (
        f'<article class="sheet"><h3>{escape(chart.title)}</h3>{_say(chart.sentence)}{_figure(picture)}'
        f'<p class="quiet small">{note}</p>{_table(funnel_table(chart), "Table of teams against limits")}</article>'
    )


def _verdicts(found: Attribution) -> str:
    counts = "".join(
        f"<div><dt>{escape(word)}</dt><dd>{found.counts[word]:,}</dd><dt>{escape(MEANING[word])}</dt></div>"
        for word in VERDICTS
    )
    return f'<div class="sheet"><dl class="counts">{counts}</dl></div>' + "".join(
        _say(_ranking(one)) for one in found.rankings if one.named
    )


def _ranking(one: RawRanking) -> str:
    return (
        f"The rule “{one.rule}” would have named {words.counted(one.named, 'person', 'people')}. More likely than not, "
        f"{_of_them(one.cleared)} on the right side of the standard; {_of_them(one.below, '')} found below it."
    )


def _of_them(count: int, of: str = " of them") -> str:
    return f"{words.few(count) if count else 'none'}{of} {'is' if count < 2 else 'are'}"


def _calibration(found: Attribution) -> str:
    checked = found.calibration
    if not checked.predicted:
        return _say(checked.reason)
    chart = pictures.agreement_of(found)
    groups = "Ten groups of people by what was predicted of them; bars are two standard errors."
    how = f'<p class="quiet small">{escape(words.capital(checked.method))}. {groups}</p>'
    picture = f'<figure class="chart chart-small">{agreement(chart)}</figure>'
    return (
        f'<article class="sheet">{_say(checked.reason)}{picture}{how}'
        f"{_table(agreement_table(chart), 'Table of predicted and seen', 0)}</article>"
    )


def render(answer: Answer) -> str:
    """The whole report as HTML. Makes no request: styles and pictures are inside."""
    found = answer.found
    body = (
        f"<section>{_say(found.sentence)}{_shares(found)}</section>",
        _section("Before you trust it", _list([*answer.notes, *found.warnings])),
        _section(
            "Mechanisms and teams",
            _level(found.mechanisms, "mechanism", found),
            _level(found.teams, "team", found),
        ),
        _section("Teams, allowing for their size", _funnel(found)),
        _section("What can be said of people, in numbers only", _verdicts(found)),
        _section("Did it predict what it had not seen?", _calibration(found)),
        _section("What cannot be concluded", _list(computed.limits(answer), "notes")),
        _section("How it was computed", "".join(_say(line) for line in computed.lines(answer))),
    )
    return _page(headline(answer), lead(answer), "".join(body))


def _page(title: str, lead: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{escape(title)}</title><style>{plots.report_css()}{_CSS}</style></head>"
        '<body><main class="report"><header><p class="quiet small">Andon: person or process</p>'
        f"<h1>{escape(title)}</h1>"
        f'<p class="quiet">{escape(lead)}</p></header>{body}</main></body></html>\n'
    )
