"""report.html: one self-contained file to mail around.

What is out of spec first, a sentence and a chart each; small multiples of everything; how it was computed.
"""

from dataclasses import replace
from html import escape

import numpy as np

from andon import plots
from andon.analysis import computed
from andon.analysis.ask import Answer
from andon.analysis.pages import folded, listed, page, quiet, say, section, table
from andon.analysis.spec import Bools, Review, Reviewed, ReviewSpec
from andon.analysis.warn import CHART_NAMES
from andon.plots import ControlChart, words

LARGE = 16  # large charts; the rest are small multiples
SMALL = 500  # small multiples; the rest are in points.parquet
ROWS = 60  # latest points in the table behind a chart
FAR = 50  # series named as far from the others
_NAMES = ("at", "value", "centre", "lower", "upper", "marked", "reasons", "phase")
_CSS = """\
.report h3 { font-size: .9375rem; }
.tile h3 { min-width: 0; }
"""


# Words at the top


def headline(answer: Answer) -> str:
    """How many mechanisms are out of spec, of how many."""
    review = answer.review
    total, better = len(review.series), sum(one.better for one in review.out)
    many = words.counted(total, "mechanism")
    far = _apart(review)
    if not review.out:
        return f"Nothing out of the ordinary{f' in {many}' if total > 1 else ''}.{far}"
    out = "out of spec" if _has_side(answer.question.spec) else "out of the ordinary"
    if total == 1:
        return "Better than usual." if better else f"{words.capital(out)}."
    text = f"{words.capital(_are(len(review.out) - better, many))} {out}"
    return text + (f", {_are(better)} better than usual." if better else ".") + far


def _apart(review: Review) -> str:
    """How many lie far from the others without a change of their own, which a chart alone would not tell."""
    far = sum(bool(one.far) and not one.out for one in review.series)
    if not far:
        return ""
    more = "more " if review.out else ""
    return f" {words.capital(words.few(far))} {more}{'lies' if far == 1 else 'lie'} far from the others the whole time."


def _are(count: int, of: str = "") -> str:
    return f"{words.few(count)}{f' of {of}' if of else ''} {'is' if count == 1 else 'are'}"


def _has_side(spec: ReviewSpec) -> bool:
    return spec.good is not None or spec.upper is not None or spec.lower is not None


def _lead(answer: Answer) -> str:
    review, at = answer.review, answer.review.points.at
    period = "an event a point" if review.every == "second" else f"by {review.every}"
    span = f"{words.date(at.min())} to {words.date(at.max())}"
    return f"{review.measure}, {period} · {words.number(answer.tally.used)} rows · {span}"


# One series


def shown(one: Reviewed, judged: Bools) -> ControlChart:
    """The chart of a series, with two points at most of the long stretches before and after intake."""
    live = np.flatnonzero(judged[one.points])
    low, high = (max(int(live[0]) - 2, 0), int(live[-1]) + 3) if len(live) else (0, len(one.chart))
    if low == 0 and high >= len(one.chart):
        return one.chart
    return replace(one.chart, **{name: getattr(one.chart, name)[low:high] for name in _NAMES})


def _table(one: Reviewed) -> str:
    more = len(one.chart) - ROWS
    rest = quiet(f"{more:,} earlier points are in points.parquet.") if more > 0 else ""
    points = table(plots.table(one.chart, ROWS), f"Points of {one.name}", (0, 5))
    return folded("Table behind the chart", points + rest)


def _large(one: Reviewed, review: Review) -> str:
    picture = plots.to_svg(plots.large(shown(one, review.points.judged)))
    notes = listed([note for note in (one.far, *one.warnings) if note], "quiet small notes")
    return (
        f'<article class="sheet" id="m{one.index}"><div class="sheet-head"><h3>{escape(one.name)}</h3>'
        f'<span class="quiet small">{CHART_NAMES[one.chart_kind]} · {escape(review.measure)}</span></div>'
        f"{say(one.sentence)}"
        f'<figure class="chart"><div class="chart-picture">{picture}</div></figure>'
        f"{notes}{_table(one)}</article>"
    )


def _tile(one: Reviewed, review: Review, large: set[int]) -> str:
    kind = ("better" if one.better else "out") if one.out else ""
    tag, link = ("a", f' href="#m{one.index}"') if one.index in large else ("div", "")
    return (
        f'<{tag} class="tile {kind}"{link}><span class="tile-head"><h3>{escape(one.name)}</h3>'
        f'<span class="tile-number">{words.value(one.level, review.unit)}</span></span>'
        f"{plots.tile(shown(one, review.points.judged))}"
        f'<span class="tile-why">{escape(one.sentence)}</span></{tag}>'
    )


# Sections


def _first(out: list[Reviewed], large: list[Reviewed], review: Review) -> str:
    title = (
        "Out of the ordinary, most cases first" if out else "The most unusual one, which is still as usual"
    )
    rest = len(out) - len(large)
    more = f"{rest:,} more are among the small charts below and in exceptions.csv."
    pictures = "".join(_large(one, review) for one in large)
    return section(title, pictures, f'<p class="note">{more}</p>' if rest > 0 else "")


def _far(review: Review) -> str:
    far = [f"{one.name}: {one.far}" for one in review.series if one.far]
    if not far:
        return ""
    more = quiet(f"{len(far) - FAR} more are in summary.json.") if len(far) > FAR else ""
    return section(
        "Far from the others the whole time",
        say("A chart compares a mechanism with its own past. These lie apart from the others."),
        listed(far[:FAR]),
        more,
    )


def _all(review: Review, large: set[int]) -> str:
    if len(review.series) < 2:
        return ""
    tiles = "".join(_tile(one, review, large) for one in review.series[:SMALL])
    note = (
        f"The {SMALL:,} most unusual of {len(review.series):,} series are drawn. All points are in "
        "points.parquet."
    )
    more = f'<p class="note">{note}</p>' if len(review.series) > SMALL else ""
    return section("Everything, most unusual first", more, f'<div class="wall">{tiles}</div>')


def render(answer: Answer) -> str:
    """The whole report as HTML. Makes no request: styles and pictures are inside."""
    review = answer.review
    out = [one for one in review.series if one.out]
    large = out[:LARGE] or list(review.series[:1])
    body = (
        _first(out, large, review),
        _far(review),
        section("Before you trust it", listed([*answer.notes, *review.warnings])),
        _all(review, {one.index for one in large}),
        section("How it was computed", *(say(line) for line in computed.lines(answer))),
    )
    return page("Andon review", headline(answer), _lead(answer), body, _CSS)
