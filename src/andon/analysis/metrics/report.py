"""report.html: which numbers matter to customers, one self-contained file. No person is in it."""

from collections.abc import Sequence
from html import escape

import numpy as np

from andon import plots
from andon.analysis.metrics import computed
from andon.analysis.metrics.ask import Answer
from andon.analysis.metrics.between import ALL
from andon.analysis.metrics.saying import Scale
from andon.analysis.metrics.spec import CANNOT_TELL, MATTERS, NOT, Audit, Finding, Floats
from andon.plots import words
from andon.plots.intervals import Intervals, intervals, intervals_table
from andon.plots.shape import ShapePicture, shape, shape_table
from andon.plots.widths import for_any_width

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_CSS = """
.notes { padding-inline-start: 2rem; display: grid; gap: .3rem; }
.verdict { font-weight: 600; color: var(--quiet); }
.verdict.matters { color: var(--calm); }
"""
Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def headline(answer: Answer) -> str:
    """How many of the metrics matter to customers."""
    counts, total = answer.found.counts, len(answer.found.findings)
    matter = counts[MATTERS]
    if matter == total:
        return "It matters to customers." if total == 1 else "All of them matter to customers."
    if total == 1:
        return "It does not matter to customers." if counts[NOT] else "The numbers cannot tell."
    if counts[CANNOT_TELL] == total:
        return "The numbers cannot tell."
    few = words.capital(words.few(matter)) if matter else "None"
    verb = "matters" if matter == 1 else "matter"
    return f"{few} of {words.counted(total, 'metric')} {verb} to customers."


def lead(answer: Answer) -> str:
    return f"{answer.found.outcome} · {words.number(answer.tally.used)} cases · for {computed.held_alike(answer)}"


# Pieces


def _told(text: str) -> str:
    return escape(text).replace(" %", "\u00a0%")


def _say(text: str) -> str:
    return f'<p class="say">{_told(text)}</p>' if text else ""


def _list(notes: Sequence[str], kind: str = "note notes") -> str:
    items = "".join(f"<li>{_told(note)}</li>" for note in notes)
    return f'<ul class="{kind}">{items}</ul>' if notes else ""


def _section(title: str, *parts: str) -> str:
    return f"<section><h2>{title}</h2>{''.join(parts)}</section>" if any(parts) else ""


def _table(of: Table, label: str) -> str:
    header, rows = of

    def cell(tag: str, i: int, text: str) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        return f"<{tag}{scope}{' class="num"' if i else ''}>{escape(text)}</{tag}>"

    head = "".join(cell("th", i, text) for i, text in enumerate(header))
    body = "".join(f"<tr>{''.join(cell('td', i, text) for i, text in enumerate(row))}</tr>" for row in rows)
    return (
        f"<details><summary>{escape(label)}</summary>"
        f'<div class="table-box" tabindex="0" role="region" aria-label="{escape(label, quote=True)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></details>"
    )


def _figure(picture: str) -> str:
    return f'<figure class="chart">{picture}</figure>'


# Sections


def _overview(found: Audit) -> str:
    """Every metric's sensible step on one scale."""
    known = [
        one
        for one in found.findings
        if np.isfinite(one.step.change.low) and np.isfinite(one.step.change.high)
    ]
    if not known:
        return ""
    changes = [one.step.change for one in known]
    chart = Intervals(
        title=f"What a sensible step of each metric goes with in {found.outcome}",
        sentence=found.sentence,
        noun="metric",
        names=[one.metric for one in known],
        n=np.array([one.cases for one in known]),
        value=np.array([change.effect for change in changes]),
        low=np.array([change.low for change in changes]),
        high=np.array([change.high for change in changes]),
        centre=0.0,
        unit=found.unit,
    )
    scale = Scale(found.outcome, found.unit == "share", found.good)
    note = f"Less than {scale.amount(found.matters)} either way would not matter."
    drawn = _figure(for_any_width(lambda width: intervals(chart, width)))
    return (
        f'<div class="sheet"><h3>{escape(chart.title)}</h3>{drawn}'
        f'<p class="quiet small">{escape(note)}</p>{_table(intervals_table(chart), "Table of metrics")}</div>'
    )


def picture(one: Finding, found: Audit) -> ShapePicture | None:
    """The shape of one metric; None where there is nothing to draw."""
    bins = one.form.bins
    if len(bins) < 2:
        return None

    def column(name: str) -> Floats:
        return np.array([getattr(each, name) for each in bins], np.float64)

    return ShapePicture(
        f"{found.outcome} by {one.metric}", one.sentence, one.metric, found.outcome, [each.name for each in bins],
        column("metric"), column("n"), column("value"), column("low"), column("high"),
        float(np.average(column("value"), weights=column("n"))), found.matters, one.form.at, found.unit,
    )  # fmt: skip


def _metric(one: Finding, found: Audit) -> str:
    chart = picture(one, found)
    kind = " matters" if one.verdict == MATTERS else ""
    head = (
        f'<div class="sheet-head"><h3>{escape(one.metric)}</h3>'
        f'<span class="verdict{kind}">{escape(one.verdict)}</span></div>'
    )
    if chart is None:
        return f'<article class="sheet">{head}{_say(one.sentence)}</article>'
    drawn = _figure(for_any_width(lambda width: shape(chart, width)))
    note = (
        f"Each dot: cases of that much {one.metric}, with who, what and when held alike, and its 95 % interval. "
        "Band: what would not matter."
    )
    return (
        f'<article class="sheet">{head}{_say(one.sentence)}{drawn}<p class="quiet small">{_told(note)}</p>'
        f"{_table(shape_table(chart), 'Table of the shape')}{_between(one, found)}</article>"
    )


def _between(one: Finding, found: Audit) -> str:
    unit = found.unit
    rows = [("Same people, mechanisms and periods", f"{one.clusters:,}", one.step.change)]
    rows += [
        ("All cases, whoever and whatever", f"{b.units:,}", b.change) for b in one.between if b.unit == ALL
    ]
    rows += [(f"Between {b.unit}s", f"{b.units:,}", b.change) for b in one.between if b.unit != ALL]
    body = [
        (name, count, *(words.value(v, unit, 1) for v in (change.effect, change.low, change.high)))
        for name, count, change in rows
    ]
    header = ("Compared", "Units", f"{found.outcome}, for the same step", "From", "To")
    return _table((header, body), "Within and between")


def _harms(found: Audit) -> str:
    return "".join(
        f'<div class="note cord">{_say(one.sentence)}</div>' for one in found.harms if one.harmful
    ) + "".join(f'<div class="note">{_say(one.sentence)}</div>' for one in found.harms if not one.harmful)


def render(answer: Answer) -> str:
    """The whole report as HTML. Makes no request: styles and pictures are inside."""
    found = answer.found
    body = (
        f"<section>{_say(found.sentence)}{_overview(found)}</section>",
        _section("Before you trust it", _list([*answer.notes, *found.warnings])),
        _section("Targets met by harm", _harms(found)),
        _section(
            "Better numbers, worse for customers",
            "".join(f'<div class="note cord">{_say(one.sentence)}</div>' for one in found.trends),
        ),
        _section("Metric by metric", "".join(_metric(one, found) for one in found.findings)),
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
        '<body><main class="report"><header><p class="quiet small">Andon: which numbers matter to customers</p>'
        f"<h1>{escape(title)}</h1>"
        f'<p class="quiet">{escape(lead)}</p></header>{body}</main></body></html>\n'
    )
