"""Small multiples: what is drawn, and that nothing is hidden."""

import re
from xml.dom import minidom

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.plots import tile
from tests.plots.conftest import chart_of

NAN = np.nan


def paths(svg: str, kind: str) -> list[str]:
    return re.findall(rf'<path class="{kind}[^"]*" d="([^"]*)"', svg)


def test_the_picture_holds_classes_and_neither_style_nor_colour(make):
    svg = tile(make(marked=[0, 1, 0, 0], target=0.05))
    assert not re.search(r"style=|fill=|stroke=|#|rgb|oklch", svg)


def test_its_name_is_the_title_and_the_sentence_with_nothing_left_to_inject(make):
    svg = tile(make(title='<script>"', sentence="a & b"))
    assert 'role="img" aria-label="&lt;script&gt;&quot;. a &amp; b"' in svg
    minidom.parseString(svg)


def test_a_missing_point_breaks_the_line(make):
    (line,) = paths(tile(make([0.04, 0.05, NAN, 0.05, 0.04])), "c-line")
    assert line.count("M") == 2


def test_a_lonely_point_is_still_seen(make):
    (line,) = paths(tile(make([0.04, NAN, 0.05, NAN, NAN])), "c-line")
    assert line.count("h0") == 2


def test_an_infinite_point_counts_as_missing(make):
    (line,) = paths(tile(make([0.04, 0.05, np.inf, 0.05, 0.04])), "c-line")
    assert line.count("M") == 2


def test_constant_limits_are_one_stretch_each(make):
    (limits,) = paths(tile(make()), "c-lim")
    assert limits.count("M") == 2
    assert "V" not in limits


def test_moving_limits_are_steps(make):
    (limits,) = paths(tile(make(upper=np.array([0.052, 0.054, 0.056, 0.058]))), "c-lim")
    assert limits.count("M") == 2
    assert limits.count("V") == 6


def test_a_limit_far_outside_is_not_drawn_at_the_edge(make):
    (limits,) = paths(tile(make(upper=np.full(4, 9.0))), "c-lim")
    assert limits.count("M") == 1


def test_moving_limits_of_a_long_series_are_thinned(make):
    upper = 0.058 + np.random.default_rng(0).normal(0, 0.001, 20_000)
    assert len(tile(make(np.full(20_000, 0.046), upper=upper))) < 40_000


def test_limits_break_at_a_new_phase_and_a_rule_marks_it(make):
    svg = tile(make(phase=np.array([0, 0, 1, 1])))
    assert paths(svg, "c-mid")[0].count("M") == 2
    assert paths(svg, "c-phase")[0].count("M") == 1


def test_a_missing_limit_leaves_the_band_open_to_the_edge(make):
    (band,) = paths(tile(make(lower=np.full(4, NAN)), height=64), "c-band")
    assert ",64.0" in band


def test_without_limits_there_is_no_band(make):
    none = np.full(4, NAN)
    assert not paths(tile(make(centre=none, lower=none, upper=none)), "c-band")


def test_worse_and_better_differ_in_shape(make):
    svg = tile(make([0.04, 0.07, 0.045, 0.02], marked=[0, 1, 0, 1], good="low"))
    assert "a3,3" in paths(svg, "c-out")[0]
    assert "l3.6" in paths(svg, "c-good")[0]


@pytest.mark.parametrize(("good", "kind"), [("low", "c-out"), ("high", "c-good"), (None, "c-out")])
def test_which_side_is_good_decides_what_a_high_point_is(make, good, kind):
    svg = tile(make([0.04, 0.07], marked=[0, 1], good=good))
    assert paths(svg, kind)
    assert len(paths(svg, "c-out")) + len(paths(svg, "c-good")) == 1


def test_a_target_is_drawn_where_it_is_known(make):
    assert paths(tile(make(target=0.05)), "c-target")
    assert not paths(tile(make(target=NAN)), "c-target")


def test_nothing_measured_is_a_quiet_line(make):
    for nothing in ([], [NAN, NAN]):
        assert "c-none" in tile(make(nothing))


def test_one_wild_limit_does_not_press_the_rest_flat(make):
    calm = make([0.04, 0.05, 0.04, 0.05], upper=np.array([0.06, 0.06, 0.06, 9.0]))
    (line,) = paths(tile(calm), "c-line")
    heights = [float(y) for y in re.findall(r",(-?[\d.]+)", line)]
    assert max(heights) - min(heights) > 10


def test_a_long_series_stays_small_and_keeps_every_exception(make):
    value = np.random.default_rng(0).normal(0.046, 0.004, 50_000)
    marked = np.zeros(50_000, bool)
    marked[[17, 30_000, 49_998]] = True
    value[marked] = 0.09
    svg = tile(make(value, marked=marked, phase=np.zeros(50_000, int)))
    assert len(svg) < 10_000
    assert paths(svg, "c-out")[0].count("M") == 3


def test_a_long_gap_in_a_long_series_stays_a_gap(make):
    value = np.full(20_000, 0.046)
    value[8000:12_000] = NAN
    assert paths(tile(make(value)), "c-line")[0].count("M") == 2


def test_time_not_order_places_the_points(make):
    at = np.array(["2026-01-01", "2026-01-02", "2026-01-11"], "datetime64[s]")
    (line,) = paths(tile(make([0.04, 0.05, 0.04], at=at), width=208), "c-line")
    assert [float(x) for x in re.findall(r"[ML]([\d.]+),", line)] == [4.0, 24.0, 204.0]


@pytest.mark.parametrize("at", [["NaT", "2026-01-01"], ["2026-01-02", "2026-01-01"], ["2026-01-01"] * 2])
def test_moments_that_do_not_ascend_are_spread_evenly(make, at):
    (line,) = paths(tile(make([0.04, 0.05], at=np.array(at, "datetime64[s]")), width=208), "c-line")
    assert [float(x) for x in re.findall(r"[ML]([\d.]+),", line)] == [4.0, 204.0]


@settings(max_examples=150)
@given(st.lists(st.floats(width=64), max_size=60), st.randoms(use_true_random=False))
def test_any_values_give_a_well_formed_picture_inside_its_box(values, random):
    marked = [random.random() < 0.3 for _ in values]
    svg = tile(chart_of(values, marked=marked))
    minidom.parseString(svg)
    for line in paths(svg, "c-line"):
        assert all(-0.1 <= float(y) <= 64.1 for y in re.findall(r",(-?[\d.]+)", line))
