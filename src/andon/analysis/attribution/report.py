"""report.html: how much is process and how much people, one self-contained file. It names no person and ranks none."""

from html import escape

from andon.analysis.attribution import computed, pictures
from andon.analysis.attribution.ask import Answer
from andon.analysis.attribution.spec import VERDICTS, Attribution, Level, RawRanking
from andon.analysis.pages import figure, folded_table, listed, page, quiet, say, section
from andon.plots import words
from andon.plots.agreement import agreement, agreement_table
from andon.plots.funnel import funnel, funnel_table
from andon.plots.intervals import intervals, intervals_table
from andon.plots.shares import share_keys, shares, shares_table
from andon.plots.widths import for_any_width

_CSS = """\
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


# Sections


def _shares(found: Attribution) -> str:
    bar = pictures.share_bar(found)
    keys = "".join(f'<li><i class="{kind}"></i>{escape(text)}</li>' for kind, text in share_keys(bar))
    table = folded_table(shares_table(bar), "Table of all parts", (0, 1))
    return f'<div class="sheet">{shares(bar)}<ul class="share-keys">{keys}</ul>{table}</div>'


def _level(level: Level | None, noun: str, found: Attribution) -> str:
    if level is None or len(level.name) < 2:
        return ""
    chart = pictures.level_intervals(level, noun, found)
    more = len(level.name) - len(chart)
    rest = quiet(f"{more:,} more are in {noun}s.parquet.") if more > 0 else ""
    table = folded_table(intervals_table(chart), f"Table of {noun}s")
    return (
        f'<article class="sheet"><h3>{escape(chart.title)}</h3>{say(chart.sentence)}'
        f"{figure(for_any_width(lambda width: intervals(chart, width)))}{rest}{table}</article>"
    )


def _funnel(found: Attribution) -> str:
    chart = pictures.team_funnel(found)
    if chart is None:
        return ""
    note = "Dashed: 95 % limits; solid: 99.8 %. What mechanisms, time and customers explain is taken out."
    picture = for_any_width(lambda width: funnel(chart, width))
    return (
        f'<article class="sheet"><h3>{escape(chart.title)}</h3>{say(chart.sentence)}{figure(picture)}'
        f"{quiet(note)}{folded_table(funnel_table(chart), 'Table of teams against limits')}</article>"
    )


def _verdicts(found: Attribution) -> str:
    counts = "".join(
        f"<div><dt>{escape(word)}</dt><dd>{found.counts[word]:,}</dd><dt>{escape(MEANING[word])}</dt></div>"
        for word in VERDICTS
    )
    return f'<div class="sheet"><dl class="counts">{counts}</dl></div>' + "".join(
        say(_ranking(one)) for one in found.rankings if one.named
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
        return say(checked.reason)
    chart = pictures.agreement_of(found)
    groups = "Ten groups of people by what was predicted of them; bars are two standard errors."
    how = quiet(f"{words.capital(checked.method)}. {groups}")
    picture = f'<figure class="chart chart-small">{agreement(chart)}</figure>'
    return (
        f'<article class="sheet">{say(checked.reason)}{picture}{how}'
        f"{folded_table(agreement_table(chart), 'Table of predicted and seen', ())}</article>"
    )


def render(answer: Answer) -> str:
    """The whole report as HTML. Makes no request: styles and pictures are inside."""
    found = answer.found
    body = (
        f"<section>{say(found.sentence)}{_shares(found)}</section>",
        section("Before you trust it", listed([*answer.notes, *found.warnings])),
        section(
            "Mechanisms and teams",
            _level(found.mechanisms, "mechanism", found),
            _level(found.teams, "team", found),
        ),
        section("Teams, allowing for their size", _funnel(found)),
        section("What can be said of people, in numbers only", _verdicts(found)),
        section("Did it predict what it had not seen?", _calibration(found)),
        section("What cannot be concluded", listed(computed.limits(answer), "notes")),
        section("How it was computed", "".join(say(line) for line in computed.lines(answer))),
    )
    return page("Andon: person or process", headline(answer), lead(answer), body, _CSS)
