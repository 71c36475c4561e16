"""Windows are counted back from the end, and are no finer than the times."""

import numpy as np
import pytest

from andon.analysis.clusters.windows import WEEK, Window, chosen, fitted, grid_of, parse_window
from andon.lake import BadInput


def days(first: str, n: int):
    return np.datetime64(first, "s") + np.arange(n) * np.timedelta64(86400, "s")


def months(first: str, n: int):
    return (np.datetime64(first, "M") + np.arange(n)).astype("datetime64[s]")


@pytest.mark.parametrize(
    ("text", "window"),
    [("7d", Window(7, "D")), ("24h", Window(1, "D")), ("6h", Window(6, "h")), ("2w", Window(14, "D")),
     ("1m", Window(1, "M")), ("1 month", Window(1, "M")), ("1q", Window(3, "M")), ("30 days", Window(30, "D"))],
)  # fmt: skip
def test_a_window_is_read_as_people_write_it(text, window):
    assert parse_window(text) == window


@pytest.mark.parametrize("text", ["", "week", "0d", "-7d", "7x", "1.5d"])
def test_what_is_no_length_of_time_is_refused(text):
    with pytest.raises(BadInput, match="is no length of time"):
        parse_window(text)


@pytest.mark.parametrize(("window", "count"), [(WEEK, 1), (Window(30, "D"), 1), (Window(90, "D"), 3)])
def test_months_are_not_cut_into_weeks(window, count):
    found, note = fitted(window, "month")
    assert found == Window(count, "M")
    assert "The times are months" in note


def test_windows_end_with_the_last_day():
    grid = grid_of(days("2025-01-01", 30), WEEK, "day", None)
    assert [str(edge)[:10] for edge in grid.edges] == [
        "2025-01-03",
        "2025-01-10",
        "2025-01-17",
        "2025-01-24",
        "2025-01-31",
    ]


def test_windows_end_with_the_day_that_is_asked_for():
    grid = grid_of(days("2025-01-01", 60), WEEK, "day", np.datetime64("2025-02-09T23:59:59"))
    assert str(grid.edges[-1]) == "2025-02-10T00:00:00"


def test_a_month_that_is_asked_for_is_whole():
    for asof in ("2025-07-01", "2025-07-15", "2025-07-31T23:59:59"):
        grid = grid_of(months("2025-01", 12), Window(1, "M"), "month", np.datetime64(asof, "s"))
        assert (len(grid), str(grid.edges[-1])[:10]) == (7, "2025-08-01")


def test_each_moment_lies_in_one_window_or_in_none():
    grid = grid_of(days("2025-01-01", 30), WEEK, "day", None)
    assert grid.index(days("2025-01-01", 31)).tolist() == [-1] * 2 + [0] * 7 + [1] * 7 + [2] * 7 + [3] * 7 + [
        -1
    ]


def test_a_little_time_makes_shorter_windows():
    assert chosen(days("2025-01-01", 20), "day", None)[0] == Window(1, "D")
    assert chosen(days("2025-01-01", 200), "day", None) == (WEEK, "")


def test_the_same_place_is_a_week_ago_for_days_and_a_year_ago_for_weeks():
    assert grid_of(days("2025-01-01", 30), Window(1, "D"), "day", None).lags[:2] == (7, 14)
    assert grid_of(days("2025-01-01", 30), WEEK, "day", None).lags[:5] == (50, 51, 52, 53, 54)
