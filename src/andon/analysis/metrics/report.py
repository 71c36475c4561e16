"""report.html: which numbers matter to customers, one self-contained file. No person is in it."""

from html import escape

import numpy as np

from andon.analysis.metrics import computed
from andon.analysis.metrics.ask import Answer
from andon.analysis.metrics.between import ALL
from andon.analysis.metrics.saying import Scale
from andon.analysis.metrics.spec import CANNOT_TELL, MATTERS, NOT, Audit, Finding, Floats
from andon.analysis.pages import figure, folded_table, listed, page, quiet, say, section
from andon.plots import words
from andon.plots.intervals import Intervals, intervals, intervals_table
from andon.plots.shape import ShapePicture, shape, shape_table
from andon.plots.widths import for_any_width

_CSS = """\
.verdict { font-weight: 600; color: var(--quiet); }
.verdict.matters { color: var(--calm); }
"""


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
    drawn = figure(for_any_width(lambda width: intervals(chart, width)))
    return (
        f'<div class="sheet"><h3>{escape(chart.title)}</h3>{drawn}'
        f"{quiet(note)}{folded_table(intervals_table(chart), 'Table of metrics')}</div>"
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
        return f'<article class="sheet">{head}{say(one.sentence)}</article>'
    drawn = figure(for_any_width(lambda width: shape(chart, width)))
    note = (
        f"Each dot: cases of that much {one.metric}, with who, what and when held alike, and its 95 % interval. "
        "Band: what would not matter."
    )
    return (
        f'<article class="sheet">{head}{say(one.sentence)}{drawn}{quiet(note)}'
        f"{folded_table(shape_table(chart), 'Table of the shape')}{_between(one, found)}</article>"
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
    return folded_table((header, body), "Within and between")


def _harms(found: Audit) -> str:
    return "".join(
        f'<div class="note cord">{say(one.sentence)}</div>' for one in found.harms if one.harmful
    ) + "".join(f'<div class="note">{say(one.sentence)}</div>' for one in found.harms if not one.harmful)


def render(answer: Answer) -> str:
    """The whole report as HTML. Makes no request: styles and pictures are inside."""
    found = answer.found
    body = (
        f"<section>{say(found.sentence)}{_overview(found)}</section>",
        section("Before you trust it", listed([*answer.notes, *found.warnings])),
        section("Targets met by harm", _harms(found)),
        section(
            "Better numbers, worse for customers",
            "".join(f'<div class="note cord">{say(one.sentence)}</div>' for one in found.trends),
        ),
        section("Metric by metric", "".join(_metric(one, found) for one in found.findings)),
        section("What cannot be concluded", listed(computed.limits(answer), "notes")),
        section("How it was computed", "".join(say(line) for line in computed.lines(answer))),
    )
    return page("Andon: which numbers matter to customers", headline(answer), lead(answer), body, _CSS)
