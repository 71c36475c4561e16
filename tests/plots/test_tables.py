"""The table behind a chart."""

from andon.plots import table


def test_each_point_is_a_row_of_words_latest_first(make):
    header, rows = table(make([0.04, 0.07], marked=[0, 1]))
    assert header[0] == "When"
    assert rows[0] == (
        "week of 12 January 2026", "7.00 %", "4.60 %", "3.40 %", "5.80 %", "above the upper limit",
    )  # fmt: skip
    assert rows[1][-1] == ""


def test_a_limit_keeps_the_latest(make):
    assert len(table(make(), limit=3)[1]) == 3


def test_what_is_missing_is_a_dash(make):
    assert table(make([float("nan")]))[1][0][1] == "–"
