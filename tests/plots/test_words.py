"""Numbers, amounts and moments as people read them."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.plots import words


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0, "0"), (0.0421, "0.042"), (4.6, "4.6"), (4.64, "4.6"), (72, "72"), (72.44, "72.4"), (99.99, "100"),
        (2140, "2,140"), (999_999, "1 million"), (1_234_567, "1.2 million"),
        (3e9, "3 billion"), (-5.3, "−5.3"),
        (-0.0, "0"), (float("nan"), "–"), (float("inf"), "–"), (0.000012, "0.000012"),
    ],
)  # fmt: skip
def test_a_number_keeps_about_three_figures(x, text):
    assert words.number(x) == text


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0, "0 %"), (0.046, "4.6 %"), (0.81, "81 %"), (0.009, "0.9 %"), (0.0004, "0.04 %"), (0.996, "99.6 %"),
        (0.9996, "99.96 %"), (1, "100 %"), (0.5, "50 %"), (float("nan"), "–"),
    ],
)  # fmt: skip
def test_a_share_reads_as_per_cent(x, text):
    assert words.share(x) == text


def test_a_table_keeps_trailing_figures_so_that_columns_line_up():
    assert [words.share(x, more=1) for x in (0.046, 0.0462)] == ["4.60 %", "4.62 %"]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (41, "41 s"), (119, "119 s"), (120, "2 min"), (720, "12 min"), (12240, "3.4 h"),
     (1_036_800, "12 d"), (float("nan"), "–")],
)  # fmt: skip
def test_a_duration_takes_the_unit_in_which_it_is_short(seconds, text):
    assert words.duration(seconds) == text


@pytest.mark.parametrize(
    ("unit", "text"),
    [("share", "1,234 %"), ("count", "12.3"), ("rate", "12.3"), ("plain", "12.3"), ("", "12.3"),
     ("money", "12.34"), ("seconds", "12 s"), ("points", "12.3 points")],
)  # fmt: skip
def test_a_value_carries_its_unit(unit, text):
    assert words.value(12.34, unit) == text


@pytest.mark.parametrize("unit", ["share", "count", "seconds", "money", "points"])
def test_a_missing_value_is_a_dash_in_every_unit(unit):
    assert words.value(float("nan"), unit) == words.MISSING


@pytest.mark.parametrize(
    ("every", "text"),
    [
        ("hour", "9 November 2026, 14:00"), ("day", "9 November 2026, 14:00"),
        ("week", "week of 9 November 2026"), ("month", "November 2026"),
        ("quarter", "fourth quarter of 2026"), ("year", "2026"),
        ("", "9 November 2026, 14:00"),
    ],
)  # fmt: skip
def test_a_period_is_named_by_its_kind(every, text):
    assert words.period("2026-11-09T14:00", every) == text


def test_midnight_is_a_day_and_needs_no_hour():
    assert words.date(datetime(2026, 11, 9, tzinfo=UTC)) == "9 November 2026"


@pytest.mark.parametrize("at", ["NaT", np.datetime64(10**13, "s")])
def test_a_moment_that_is_missing_or_beyond_the_calendar_is_an_unknown_date(at):
    assert words.period(at, "week") == words.date(at) == "unknown date"


def test_small_counts_are_words():
    assert [words.few(n) for n in (0, 3, 12, 13, 2140, 1_200_000)] == [
        "no", "three", "twelve", "13", "2,140", "1.2 million",
    ]  # fmt: skip


def test_counted_things_agree_in_number():
    assert words.counted(1, "week") == "one week"
    assert words.counted(3, "week") == "three weeks"
    assert words.counted(2, "person", "people") == "two people"


def test_only_the_first_letter_is_raised():
    assert words.capital("week of 9 November") == "Week of 9 November"
    assert words.capital("") == ""


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_every_number_has_words_in_every_unit(x):
    for unit in ("share", "count", "seconds", "money", "points"):
        assert words.value(x, unit, more=1)


@given(st.floats(0, 1))
def test_a_share_short_of_all_never_reads_as_all(x):
    assert (words.share(x) == "100 %") <= (x > 1 - 1e-12 or x == 1)
