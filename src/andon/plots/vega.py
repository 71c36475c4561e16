"""A large chart as a Vega-Lite specification: one picture for paper, the page and the keyboard.

Colours are custom properties (`var(--cord)`), so it follows light, dark and print by itself.
"""

from collections.abc import Iterator
from typing import Any

import altair as alt

from andon.plots.axes import at_scale, time_axis, value_axis
from andon.plots.chart import ControlChart
from andon.plots.labels import headroom, line_labels, note_labels
from andon.plots.rows import Row, note_rows, point_rows, rung_rows
from andon.plots.scale import Domain, domain

INK, QUIET, LINE, CALM, CORD, GOOD, SHEET = (
    f"var(--{c})" for c in ("ink", "quiet", "line", "calm", "cord", "good", "sheet")
)
CROWDED = 180  # points beyond which ordinary ones are a line only
DENSE = 1000  # and those beyond which the line is drawn finer
KIND = {"target": GOOD, "spec": INK, "limit": CALM}

Spec = dict[str, Any]


def large(chart: ControlChart, width: int = 960, height: int = 300) -> Spec:
    """The chart with axes, limits as a stepped band, phases, targets, notes and every exception.

    `width` and `height` are those of the plotted area's first paint; a page makes it as wide as its place.
    `datasets.points` carries each point in words (`when`, `what`, `why`), which tooltips and the keyboard
    read. The parameter `focus` holds the number of the point that the keyboard stands on.
    """
    notes = note_labels(chart, width)
    view = headroom(domain(chart, (chart.target, chart.spec_lower, chart.spec_upper)), notes, height)
    rows = _datasets(chart, view, notes, height)
    picture = alt.layer(*_layers(chart, view, rows)).properties(
        width=width,
        height=height,
        padding={"left": 2, "right": 2, "top": 6, "bottom": 2},
        usermeta={"title": chart.title, "sentence": chart.sentence, "tail": _tail(rows["labels"])},
    )
    spec: Spec = _styled(picture).to_dict(validate=False)
    return spec | {"datasets": rows}


def _datasets(chart: ControlChart, view: Domain, notes: list[Row], height: int) -> dict[str, list[Row]]:
    labels = line_labels(chart, view, height)
    return {
        "points": point_rows(chart),
        "rungs": rung_rows(chart, view),
        "labels": [label._asdict() for label in labels],
        "notes": note_rows(chart, notes, view, height),
    }


def _tail(labels: list[Row]) -> int:
    """Room that the labels need at the right edge, in pixels, about."""
    return 16 + round(max((len(label["text"]) for label in labels), default=0) * 6.2)


def _styled(picture: Any) -> Any:
    quiet = {"labelColor": QUIET, "labelFontSize": 11.5, "domain": False, "ticks": False, "gridColor": LINE}
    view = {"stroke": None}
    return picture.configure(background="transparent", font="var(--sans)", aria=False, view=view, axis=quiet)


def _layers(chart: ControlChart, view: Domain, rows: dict[str, list[Row]]) -> Iterator[Any]:
    yield from _limits(chart, view)
    yield from _lines(view)
    if rows["notes"]:
        yield from _notes(view)
    yield from _points(view, drawn=len(rows["points"]))


def _of(name: str) -> Any:
    """A layer of the rows called `name`, which join the specification last: Altair would check each."""
    return alt.Chart(alt.NamedData(name=name))


def _x(**more: Any) -> alt.X:
    return alt.X("at:T", scale=at_scale(), title=None, **more)


def _y(field: str, view: Domain, **more: Any) -> alt.Y:
    scale = alt.Scale(domain=[view.low, view.high], nice=False, zero=False)
    return alt.Y(f"{field}:Q", scale=scale, title=None, **more)


def _limits(chart: ControlChart, view: Domain) -> Iterator[Any]:
    base = _of("rungs")
    shape: dict[str, Any] = {"interpolate": "step-after", "clip": True}
    x, y = _x(axis=time_axis(chart)), _y("roof", view, axis=value_axis(chart.unit, view))
    yield base.mark_area(color=CALM, opacity=0.08, **shape).encode(x=x, y=y, y2="floor:Q", detail="stretch:N")
    for field, dash in (("lower", [2, 3]), ("upper", [2, 3]), ("centre", [1, 0])):
        stairs = base.mark_line(color=CALM, strokeWidth=1, strokeDash=dash, **shape)
        yield stairs.encode(x=_x(), y=_y(field, view), detail="stretch:N")


def _lines(view: Domain) -> Iterator[Any]:
    """Targets and specification across, then at the right edge what each line is."""
    base = _of("labels")
    for kind, dash in (("target", [6, 3]), ("spec", [10, 4])):
        rule = base.transform_filter(f"datum.kind === '{kind}'").mark_rule(strokeDash=dash, color=KIND[kind])
        yield rule.encode(y=_y("value", view))
    for kind, colour in KIND.items():
        text = base.transform_filter(f"datum.kind === '{kind}'").mark_text(
            align="left", baseline="middle", dx=8, fontSize=11.5, fontWeight=500, color=colour
        )
        yield text.encode(x=alt.value("width"), y=_y("y", view), text="text:N")


def _notes(view: Domain) -> Iterator[Any]:
    base = _of("notes")
    yield base.mark_rule(color=QUIET, strokeDash=[1, 3]).encode(x=_x())
    for side, dx in (("left", 5), ("right", -5)):
        text = base.transform_filter(f"datum.align === '{side}'").mark_text(
            align=side, baseline="top", dx=dx, fontSize=12, fontWeight=600, color=INK
        )
        yield text.encode(x=_x(), y=_y("y", view), text="text:N")


def _points(view: Domain, drawn: int) -> Iterator[Any]:
    base = _of("points").encode(x=_x(), y=_y("value", view))
    broken = {"invalid": "break-paths-filter-domains", "strokeJoin": "round", "strokeCap": "round"}
    yield base.mark_line(color=INK, strokeWidth=0.6 if drawn > DENSE else 1.4, opacity=0.82, **broken)
    there = base.transform_filter("isValid(datum.value)")
    shapes: dict[str, dict[str, Any]] = {
        "": {"color": INK, "size": 12},
        "better": {"shape": "diamond", "fill": SHEET, "stroke": GOOD, "strokeWidth": 2, "size": 70},
        "worse": {"color": CORD, "size": 58},
    }
    for kind, shape in shapes.items():
        if kind or drawn <= CROWDED:
            yield there.transform_filter(f"datum.kind === '{kind}'").mark_point(
                filled=True, opacity=1, **shape
            )
    yield _reader(there)


def _reader(there: Any) -> Any:
    """The ring on the point that is read by pointer or keyboard, and its words for any viewer of Vega."""
    focus = alt.param(name="focus", value=-1)
    tips = (("when", "title"), ("what", "Value"), ("why", "Why"))
    ring = there.mark_point(shape="circle", size=190, strokeWidth=2, filled=False, color=CALM)
    return ring.encode(
        opacity=alt.condition("datum.i === focus", alt.value(1), alt.value(0)),
        tooltip=[alt.Tooltip(f"{field}:N", title=title) for field, title in tips],
    ).add_params(focus)
