"""Two measures against each other."""

import re
from dataclasses import replace

import numpy as np
import pytest

from andon.plots.linked import Against, against, against_table

NONE = np.full(3, np.nan)
CHART = Against(
    "Between units", "There is an association.", "mood", "late", np.array([1.0, 2.0, 3.0]), np.array([0.3, 0.2, 0.1]),
    NONE, NONE, ["<b>", "B", "C"], (-0.1, 0.4), "", "share",
)  # fmt: skip


def test_every_dot_is_drawn_and_named_in_the_order_given():
    picture = against(CHART)
    assert picture.count("<circle") == 3
    assert re.findall(r"<title>(\S+):", picture) == ["&lt;b&gt;", "B", "C"]


def test_the_picture_says_what_it_shows():
    assert 'aria-label="Between units. There is an association."' in against(CHART)


def test_the_line_goes_through_where_it_was_put():
    found = re.search(r'class="c-mid" d="M([\d.]+),([\d.]+)L([\d.]+),([\d.]+)"', against(CHART))
    dots = re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', against(CHART))
    assert (found[1], found[2]) == dots[0]
    assert (found[3], found[4]) == dots[-1]


def test_without_a_line_none_is_drawn():
    assert "c-mid" not in against(replace(CHART, line=None))


def test_intervals_are_drawn_where_there_are_any():
    some = replace(CHART, low=np.array([0.2, np.nan, 0.0]), high=np.array([0.4, np.nan, 0.2]))
    assert against(some).count("c-range") == 2


def test_no_dots_are_an_empty_picture_and_table():
    none = np.empty(0)
    empty = replace(CHART, x=none, y=none, low=none, high=none, names=[])
    assert "<circle" not in against(empty)
    assert against_table(empty)[1] == []


@pytest.mark.parametrize("value", [0.0, 5.0])
def test_equal_values_are_drawn(value):
    same = np.full(3, value)
    assert "nan" not in against(replace(CHART, x=same, y=same, line=None))


def test_the_table_has_a_row_a_dot_in_words():
    assert against_table(CHART) == (
        ("Unit", "Mood", "Late"),
        [("<b>", "1.00", "30.0 %"), ("B", "2.00", "20.0 %"), ("C", "3.00", "10.0 %")],
    )
