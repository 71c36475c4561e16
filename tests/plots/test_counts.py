"""Counts through time: what is drawn and what stands in the table."""

import re
from xml.dom import minidom

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.plots.counts import CountChart, counts, counts_table


def chart(observed, expected=None, inside=None, title="Kettle"):
    n = len(observed)
    at = np.datetime64("2025-01-06", "s") + np.arange(n) * np.timedelta64(7, "D")
    e = np.full(n, 2.0) if expected is None else np.array(expected, float)
    where = np.zeros(n, bool) if inside is None else np.array(inside, bool)
    return CountChart(title, "Many <more>.", at, np.array(observed, float), e, e + 3, where)


def paths(svg, kind):
    return re.findall(rf'<path class="{kind}" d="([^"]*)"', svg)


def test_windows_of_the_cluster_are_dots():
    assert paths(counts(chart([1, 2, 9, 8], inside=[0, 0, 1, 1])), "c-out")[0].count("M") == 2


def test_nothing_is_drawn_where_nothing_was_expected():
    svg = counts(chart([1, 2, 3, 2], expected=[np.nan, np.nan, 2, 2]))
    assert paths(svg, "c-mid")[0].count("M") == 1


def test_it_holds_classes_and_no_style_and_lets_nothing_in():
    svg = counts(chart([1, 2], title='<script>"'))
    assert not re.search(r"style=|fill=|stroke=|<script", svg)
    assert 'aria-label="&lt;script&gt;&quot;. Many &lt;more&gt;."' in svg


@given(st.lists(st.integers(0, 10**9), max_size=40))
@settings(max_examples=50, deadline=None)
def test_any_counts_make_a_picture_within_its_frame(observed):
    svg = counts(chart(observed))
    minidom.parseString(svg)
    assert "nan" not in svg
    assert "inf" not in svg


def test_the_table_begins_with_the_latest_window():
    header, rows = counts_table(chart([1, 2, 9], inside=[0, 0, 1]), 2)
    assert header[:3] == ("From", "Counted", "Expected")
    assert [row[0] for row in rows] == ["20 January 2025", "13 January 2025"]
    assert rows[0][1:] == ("9", "2", "5", "in the cluster")
