"""Pictures of person and process: shares, intervals, funnel, agreement."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from andon.plots.agreement import Agreement, agreement, agreement_table
from andon.plots.funnel import Funnel, funnel, funnel_table
from andon.plots.intervals import Intervals, intervals, intervals_table
from andon.plots.shares import ShareBar, SharePart, share_keys, shares, shares_table
from andon.plots.ticks import label, ticks


def bar(*parts):
    made = tuple(SharePart(name, share, share * 0.8, share * 1.2, group) for name, share, group in parts)
    return ShareBar("Where differences come from", "Most is <the> system.", made)


def lines(**changes):
    parts = {
        "title": "Mechanisms", "sentence": "Two of three.", "noun": "mechanism",
        "names": ["Refunds", "Labels & <b>", "x" * 60],
        "n": np.array([100.0, 2000, 7]), "value": np.array([0.7, 0.8, 0.9]), "low": np.array([0.6, 0.79, np.nan]),
        "high": np.array([0.75, 0.81, np.nan]), "centre": 0.8, "unit": "share",
    }  # fmt: skip
    return Intervals(**(parts | changes))


def dots(**changes):
    at = np.linspace(10, 1000, 20)
    half = 1 / np.sqrt(at)
    parts = {
        "title": "Teams", "sentence": "One lies outside.", "noun": "team", "names": ["North", "South", "West & East"],
        "n": np.array([50.0, 900, 400]), "value": np.array([0.8, 0.7, 0.81]), "outside": np.array([False, True, False]),
        "centre": 0.8, "at": at, "inner": (0.8 - half, 0.8 + half), "outer": (0.8 - 1.5 * half, 0.8 + 1.5 * half),
        "unit": "share",
    }  # fmt: skip
    return Funnel(**(parts | changes))


def agreed(n=10):
    x = np.linspace(-0.5, 0.5, n)
    return Agreement("Predicted and seen", "It came true.", x, x + 0.01, np.full(n, 0.02))


BAR = bar(
    ("mechanism", 0.6, "process"),
    ("team", 0.1, "process"),
    ("worker", 0.05, "people"),
    ("chance", 0.25, "chance"),
)
PICTURES = [shares(BAR), intervals(lines()), funnel(dots()), agreement(agreed())]


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_is_one_image_with_a_sentence_and_no_colour_of_its_own(picture):
    root = ElementTree.fromstring(picture)
    assert root.get("role") == "img"
    assert len(root.get("aria-label")) > 10
    assert not re.search(r"style=|#[0-9a-f]{3,6}\b|fill=\"(?!none)", picture)


def test_parts_are_as_wide_as_their_shares():
    root = ElementTree.fromstring(shares(BAR, width=1000))
    widths = [float(part.get("width")) for part in root]
    assert widths == pytest.approx([598, 98, 48, 248])


def test_a_part_too_small_to_see_is_in_the_table_only():
    small = bar(("mechanism", 0.9995, "process"), ("worker", 0.0005, "people"))
    assert len(share_keys(small)) == 1
    assert [row[0] for row in shares_table(small)[1]] == ["mechanism", "worker"]


def test_parts_of_a_group_are_told_apart_by_class():
    assert BAR.kinds() == ["c-process-1", "c-process-2", "c-people-1", "c-chance-1"]


def test_shares_of_nothing_are_an_empty_bar():
    assert ElementTree.fromstring(shares(ShareBar("t", "s", ()))) is not None


def test_an_interval_apart_from_the_usual_level_is_marked():
    picture = intervals(lines())
    assert picture.count("c-range c-apart") == 1
    assert picture.count('class="c-range') == 2


def test_a_line_without_an_interval_is_a_dot_alone():
    assert intervals(lines()).count("<circle") == 3


def test_long_names_are_cut_and_all_names_are_escaped():
    picture = intervals(lines())
    assert "…" in picture
    assert "<b>" not in picture


@pytest.mark.parametrize("n", [0, 1])
def test_few_lines_are_drawn_too(n):
    picture = intervals(
        lines(names=["a"][:n], **{name: np.full(n, 0.8) for name in ("n", "value", "low", "high")})
    )
    assert picture.count("<circle") == n


def test_endless_intervals_do_not_press_the_rest_flat():
    picture = intervals(lines(low=np.array([-1e9, 0.79, 0.85]), high=np.array([1e9, 0.81, 0.95])))
    x = [float(found) for found in re.findall(r'cx="([\d.]+)"', picture)]
    assert max(x) - min(x) > 80


def test_only_dots_outside_the_funnel_are_marked_and_named():
    picture = funnel(dots())
    assert picture.count("c-spot") == 1
    assert ">South</text>" in picture
    assert ">North</text>" not in picture


def test_everything_stays_inside_the_funnels_frame():
    picture = funnel(dots(value=np.array([0.8, 0.1, 0.99])))
    y = [float(found) for found in re.findall(r'cy="([\d.]+)"', picture)]
    assert min(y) >= 0
    assert max(y) <= 300


def test_teams_that_are_all_alike_have_a_funnel_too():
    assert funnel(dots(value=np.full(3, 0.8))).count("<circle") == 3


def test_tables_have_a_row_for_each_thing_drawn():
    for header, rows in (
        intervals_table(lines()), funnel_table(dots()), agreement_table(agreed()), shares_table(BAR),
    ):  # fmt: skip
        assert rows
        assert all(len(row) == len(header) for row in rows)


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-0.03, 0.041), (1e6, 5e6), (0.7001, 0.7002)])
def test_ticks_are_round_and_inside(low, high):
    found = ticks(low, high)
    assert 2 <= len(found) <= 12
    assert all(low <= x <= high for x in found)


@pytest.mark.parametrize(("low", "high"), [(1, 1), (np.nan, 1), (0, np.inf)])
def test_where_nothing_spreads_there_are_no_ticks(low, high):
    assert ticks(low, high) == []


def test_a_tick_of_a_share_is_in_per_cent():
    assert label(0.725, "share") == "72.5 %"
    assert label(-0.1, "share") == "−10 %"
