"""The large chart: a specification any viewer understands, and a picture that a strict page may hold."""

import json
import re
from xml.dom import minidom

import altair as alt
import numpy as np
import pytest

from andon.plots import Note, large, to_svg

NAN = np.nan
WEEK = np.timedelta64(7, "D")


def test_the_specification_keeps_to_the_schema_and_to_json(make):
    spec = large(make([0.04, 0.07, NAN, np.inf], marked=[0, 1, 0, 0], target=0.05, spec_upper=0.06))
    alt.Chart.from_dict(spec).to_dict()
    json.dumps(spec, allow_nan=False)


def test_every_point_says_when_what_and_why(make):
    points = large(make([0.04, 0.07, NAN], marked=[0, 1, 0]))["datasets"]["points"]
    assert points[1] | {"at": 0} == {
        "i": 1, "at": 0, "value": 0.07, "kind": "worse",
        "when": "Week of 12 January 2026", "what": "7.00 %", "why": "above the upper limit",
    }  # fmt: skip
    assert points[0]["why"] == "as usual: between 3.4 % and 5.8 %"
    assert points[2]["why"] == "nothing was measured"


def test_a_point_without_limits_is_simply_not_marked(make):
    points = large(make([0.04, 0.05], lower=[NAN, NAN]))["datasets"]["points"]
    assert points[0]["why"] == "not marked"


def test_limits_step_half_way_between_points_and_end_with_each_phase(make):
    rungs = large(make(phase=[0, 0, 1, 1]))["datasets"]["rungs"]
    assert [rung["stretch"] for rung in rungs] == [0, 0, 0, 1, 1, 1]
    assert rungs[2]["at"] == rungs[3]["at"]


def test_a_missing_limit_opens_the_band_to_the_edge(make):
    spec = large(make(lower=[NAN] * 4))
    assert all(r["floor"] < 0.04 and r["lower"] is None for r in spec["datasets"]["rungs"])


def test_a_point_without_any_limit_has_no_band(make):
    rungs = large(make([0.04, 0.05], lower=[NAN] * 2, upper=[NAN] * 2))["datasets"]["rungs"]
    assert {(r["floor"], r["roof"]) for r in rungs} == {(None, None)}


def test_the_lines_are_named_at_their_ends_and_do_not_overlap(make):
    chart = make(target=0.0461, spec_upper=0.0465, spec_lower=0.0459)
    labels = large(chart, height=300)["datasets"]["labels"]
    assert [x["text"] for x in labels] == [
        "upper limit 5.8 %", "spec: at most 4.7 %", "target 4.6 %", "centre 4.6 %",
        "spec: at least 4.6 %", "lower limit 3.4 %",
    ]  # fmt: skip
    gaps = -np.diff([x["y"] for x in labels])
    assert (gaps > 0).all()


def test_labels_at_the_bottom_are_pushed_up(make):
    none = np.full(4, NAN)
    chart = make(
        [1.0, 2, 3, 4], lower=none, upper=none, centre=none, target=0.001, spec_lower=0.0, spec_upper=0.002
    )
    labels = large(chart)["datasets"]["labels"]
    assert min(x["y"] for x in labels) >= 0
    assert (-np.diff([x["y"] for x in labels]) > 0).all()


def test_a_phase_is_named_by_the_note_on_its_first_point(make):
    chart = make(phase=[0, 0, 1, 1], notes=(Note("2026-01-19", "countermeasure 14"),))
    notes = large(chart)["datasets"]["notes"]
    assert [n["text"] for n in notes] == ["countermeasure 14"]
    half_way = np.datetime64("2026-01-15T12:00", "ms").astype(int)
    assert notes[0]["at"] == half_way


def test_a_phase_without_a_note_is_a_new_phase(make):
    assert large(make(phase=[0, 0, 1, 1]))["datasets"]["notes"][0]["text"] == "new phase"


def test_notes_outside_the_time_of_the_chart_are_left_out(make):
    chart = make(notes=(("2020-01-01", "long ago"), ("2030-01-01", "not yet")))
    assert large(chart)["datasets"]["notes"] == []


def test_notes_close_together_stand_in_lines_of_their_own_above_the_points(make):
    chart = make(notes=(("2026-01-12", "a rather long note"), ("2026-01-13", "another one")))
    notes = large(chart)["datasets"]["notes"]
    assert notes[0]["y"] > notes[1]["y"] > 0.058


def test_a_note_at_the_right_edge_leans_to_the_left(make):
    chart = make(notes=(("2026-01-26", "a note that would not fit at the right edge"),))
    assert large(chart)["datasets"]["notes"][0]["align"] == "right"


@pytest.mark.parametrize("unit", ["share", "seconds", "count", "money", "points"])
@pytest.mark.parametrize("size", [1e-9, 1.0, 1e6, 1e300])
def test_axes_of_every_unit_and_size_can_be_drawn(make, unit, size):
    none = np.full(2, NAN)
    chart = make([size, size / 2], unit=unit, centre=none, lower=none, upper=none)
    minidom.parseString(to_svg(large(chart, 300, 100)))


@pytest.mark.parametrize(
    ("every", "step"), [("hour", 3600), ("day", 86400), ("month", 30 * 86400), ("year", 366 * 86400)]
)
def test_axes_of_every_length_can_be_drawn(make, every, step):
    at = np.datetime64("2001-01-01", "s") + np.arange(20) * np.timedelta64(step, "s")
    assert "200" in to_svg(large(make(np.linspace(0.04, 0.05, 20), at=at, every=every)))


@pytest.mark.parametrize("value", [[], [0.04], [NAN, NAN], [0.05] * 9])
def test_small_and_empty_charts_are_drawn_too(make, value):
    minidom.parseString(to_svg(large(make(value))))


def test_a_long_series_keeps_its_exceptions_and_little_else(make):
    value = np.random.default_rng(0).normal(0.046, 0.004, 50_000)
    marked = np.zeros(50_000, bool)
    marked[[5, 40_000]] = True
    spec = large(make(value, marked=marked))
    points = spec["datasets"]["points"]
    assert len(points) < 2200
    assert sum(p["kind"] != "" for p in points) == 2


def test_the_picture_has_no_inline_style_no_script_and_a_name(make):
    svg = to_svg(large(make(title="<Returns>", sentence='“4 %” & more"')))
    minidom.parseString(svg)
    assert not re.search(r"\sstyle=|<script|<style", svg)
    assert 'role="img" aria-label="&lt;Returns&gt;. “4 %” &amp; more&quot;"' in svg


def test_colours_are_custom_properties_or_on_paper_plain(make):
    spec = large(make([0.04, 0.07], marked=[0, 1]))
    assert "var(--cord)" in to_svg(spec)
    assert "var(" not in to_svg(spec, plain=True)
    assert not re.search(r"#[0-9a-f]{6}", to_svg(spec))


def test_ids_of_two_pictures_on_one_page_differ(make):
    def ids(svg):
        return set(re.findall(r'\bid="([^"]+)"', svg))

    one, two = to_svg(large(make())), to_svg(large(make([0.01, 0.02])))
    assert ids(one)
    assert not ids(one) & ids(two)
    assert set(re.findall(r"url\(#([^)]+)\)", one)) <= ids(one)


def test_a_picture_without_words_is_decoration():
    assert 'aria-hidden="true"' in to_svg({"mark": "point", "data": {"values": [{}]}})
