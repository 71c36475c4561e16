"""report.html: one self-contained file to mail around. What is out of spec first, everything after, how it was computed."""

from collections.abc import Iterator
from dataclasses import replace
from html import escape

import numpy as np

from andon import plots
from andon.analysis.ask import Answer
from andon.analysis.reviewing import rule_set
from andon.analysis.spec import Bools, Review, Reviewed, ReviewSpec
from andon.analysis.warn import CHART_NAMES
from andon.plots import ControlChart, words

LARGE = 16  # large charts; the rest are small multiples
SMALL = 500  # small multiples; the rest are in points.parquet
ROWS = 60  # latest points in the table behind a chart


def _thing(answer: Answer, count: int) -> str:
    return "series" if not answer.question.by else ("mechanism" if count == 1 else "mechanisms")


def headline(answer: Answer) -> str:
    """How many mechanisms are out of spec, of how many."""
    review = answer.review
    worse = [one for one in review.out if not one.better]
    better = len(review.out) - len(worse)
    total = len(review.series)
    if not review.out:
        return (
            f"Nothing out of the ordinary in {words.counted(total, 'mechanism')}."
            if total > 1
            else "Nothing out of the ordinary."
        )
    out = "out of spec" if _has_side(answer.question.spec) else "out of the ordinary"
    if total == 1:
        return "Better than usual." if better else f"{words.capital(out)}."
    text = f"{words.capital(words.few(len(worse)))} of {words.counted(total, 'mechanism')} "
    text += f"{'is' if len(worse) == 1 else 'are'} {out}"
    return text + (
        f", {words.few(better)} {'is' if better == 1 else 'are'} better than usual." if better else "."
    )


def _has_side(spec: ReviewSpec) -> bool:
    return spec.good is not None or spec.upper is not None or spec.lower is not None


def shown(one: Reviewed, judged: Bools) -> ControlChart:
    """The chart of a series without the long stretches before and after intake, of which two points remain."""
    live = np.flatnonzero(judged[one.points])
    low, high = (max(int(live[0]) - 2, 0), int(live[-1]) + 3) if len(live) else (0, len(one.chart))
    if low == 0 and high >= len(one.chart):
        return one.chart
    part = slice(low, high)
    names = ("at", "value", "centre", "lower", "upper", "marked", "reasons", "phase")
    return replace(one.chart, **{name: getattr(one.chart, name)[part] for name in names})


def _lead(answer: Answer) -> str:
    review, tally = answer.review, answer.tally
    points = review.points
    span = f"{words.date(points.at.min())} to {words.date(points.at.max())}" if len(points.at) else ""
    period = "an event a point" if review.every == "second" else f"by {review.every}"
    return f"{escape(review.measure)}, {period} · {words.number(tally.used)} rows · {span}"


def _table(one: Reviewed) -> str:
    header, rows = plots.table(one.chart, ROWS)
    head = "".join(f'<th scope="col"{_number(i)}>{escape(name)}</th>' for i, name in enumerate(header))
    body = "".join(
        "<tr>" + "".join(f"<td{_number(i)}>{escape(cell)}</td>" for i, cell in enumerate(row)) + "</tr>"
        for row in rows
    )
    more = len(one.chart) - len(rows)
    rest = f'<p class="quiet small">{more:,} earlier points are in points.parquet.</p>' if more > 0 else ""
    return (
        f"<details><summary>Table behind the chart</summary>"
        f'<div class="table-box" tabindex="0" role="region" aria-label="Points of {escape(one.name, quote=True)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{rest}</details>"
    )


def _number(column: int) -> str:
    return ' class="num"' if 1 <= column <= 4 else ""


def _large(one: Reviewed, review: Review) -> str:
    picture = plots.to_svg(plots.large(shown(one, review.points.judged)))
    notes = "".join(f"<li>{escape(note)}</li>" for note in (one.far, *one.warnings) if note)
    return (
        f'<article class="sheet" id="m{one.index}"><div class="sheet-head"><h3>{escape(one.name)}</h3>'
        f'<span class="quiet small">{CHART_NAMES[one.chart_kind]} · {escape(review.measure)}</span></div>'
        f'<p class="say">{escape(one.sentence)}</p><figure class="chart"><div class="chart-picture">{picture}</div></figure>'
        + (f'<ul class="quiet small notes">{notes}</ul>' if notes else "")
        + _table(one)
        + "</article>"
    )


def _tile(one: Reviewed, review: Review, linked: bool) -> str:
    kind = ("better" if one.better else "out") if one.out else ""
    tag, link = ("a", f' href="#m{one.index}"') if linked else ("div", "")
    return (
        f'<{tag} class="tile {kind}"{link}><span class="tile-head"><h3>{escape(one.name)}</h3>'
        f'<span class="tile-number">{words.value(one.level, review.unit)}</span></span>{plots.tile(shown(one, review.points.judged))}'
        f'<span class="tile-why">{escape(one.sentence)}</span></{tag}>'
    )


def _warnings(answer: Answer) -> str:
    notes = [*answer.notes, *answer.review.warnings]
    if not notes:
        return ""
    items = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return f'<section><h2>Before you trust it</h2><ul class="note notes">{items}</ul></section>'


def _far(review: Review) -> str:
    far = [one for one in review.series if one.far]
    if not far:
        return ""
    rows = "".join(f"<li><b>{escape(one.name)}</b> {escape(one.far)}</li>" for one in far[:50])
    more = f'<p class="quiet small">{len(far) - 50} more are in summary.json.</p>' if len(far) > 50 else ""
    return (
        '<section><h2>Far from the others the whole time</h2><p class="say">A chart compares a mechanism with its own past. '
        f'These lie apart from all the others, whatever their past.</p><ul class="note notes">{rows}</ul>{more}</section>'
    )


def _computed(answer: Answer) -> Iterator[str]:
    review, spec = answer.review, answer.question.spec
    yield from review.why
    if review.every != "second":
        yield f"A point covers a {review.every}: {answer.every_why}."
    if spec.baseline is None:
        yield (
            "Limits come from each series' own usual stretch: all its points, or, where its level changed for good, the stretch "
            "before; lone points far outside are left out, so that an exception does not widen its own limits."
        )
    elif isinstance(spec.baseline, int):
        yield f"Limits come from the first {spec.baseline} points of each series, as asked."
    else:
        yield f"Limits come from the points from {words.date(spec.baseline[0])} to {words.date(spec.baseline[1])}, as asked."
    if spec.phases:
        yield f"A new phase with limits of its own begins on {', '.join(words.date(p) for p in sorted(spec.phases))}."
    if spec.season:
        yield f"A season of a {spec.season} was learned, from all series together where one alone says little, and the limits follow it."
    names = " ".join(f"{rule.name}: {rule.sentence}" for rule in rule_set(spec))
    yield f"Points are marked by these rules. {names}"
    if review.fdr is not None:
        yield (
            f"Among {len(review.series):,} series some look unusual by chance. A series counts only while at most {review.fdr:.0%} of those that "
            "count are expected to be false alarms (Benjamini and Hochberg 1995). How unusual a series is, is its most unusual point or stretch, "
            "allowing for how many were looked at, for short baselines and for neighbours that are alike."
        )
    yield f"{answer.tally.read:,} rows were read, {answer.tally.refused:,} refused, {answer.tally.filtered:,} not asked for, {answer.tally.missing:,} without an outcome."


def _own_css() -> str:
    return ".notes { padding-inline-start: 2rem; display: grid; gap: .3rem; } .report h3 { font-size: .9375rem; } .tile h3 { min-width: 0; }"


def render(answer: Answer) -> str:
    """The whole report as HTML. Makes no request: styles and pictures are inside."""
    review = answer.review
    out = [one for one in review.series if one.out]
    large = out[:LARGE] or list(review.series[: min(1, len(review.series))])
    drawn = {one.index for one in large}
    title = headline(answer)
    parts = [
        f'<header><p class="quiet small">Andon review</p><h1>{escape(title)}</h1><p class="quiet">{_lead(answer)}</p></header>',
        _first(out, large, review),
        _far(review),
        _warnings(answer),
        _all(review, drawn) if len(review.series) > 1 else "",
        "<section><h2>How it was computed</h2>"
        + "".join(f'<p class="say">{escape(line)}</p>' for line in _computed(answer))
        + "</section>",
    ]
    css = plots.report_css() + _own_css()
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">"
        f'<title>{escape(title)}</title><style>{css}</style></head><body><main class="report">{"".join(parts)}</main></body></html>\n'
    )


def _first(out: list[Reviewed], large: list[Reviewed], review: Review) -> str:
    heading = (
        "What is out of the ordinary, strongest first"
        if out
        else "The most unusual series, which is still as usual"
    )
    pictures = "".join(_large(one, review) for one in large)
    rest = len(out) - len(large)
    more = (
        f'<p class="note">{rest:,} more are among the small charts below and in exceptions.csv.</p>'
        if rest > 0
        else ""
    )
    return f"<section><h2>{heading}</h2>{pictures}{more}</section>"


def _all(review: Review, large: set[int]) -> str:
    tiles = "".join(_tile(one, review, one.index in large) for one in review.series[:SMALL])
    rest = len(review.series) - SMALL
    note = (
        f'<p class="note">The {SMALL:,} most unusual of {len(review.series):,} series are drawn. All points of all series are in points.parquet.</p>'
        if rest > 0
        else ""
    )
    return f'<section><h2>Everything, most unusual first</h2>{note}<div class="wall">{tiles}</div></section>'
