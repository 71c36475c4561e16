"""Regression to the mean along the history of one measure."""

import math

from hypothesis import assume, given
from hypothesis import strategies as st

from andon.stats.returning import FEWEST_POINTS
from andon.stats.returning import along_history as forecast

numbers = st.floats(-1000, 1000)
histories = st.lists(numbers, min_size=FEWEST_POINTS, max_size=60)


def test_a_bad_week_of_a_calm_measure_is_followed_by_a_usual_one():
    history = [0.10, 0.12, 0.11, 0.09, 0.10, 0.11, 0.12, 0.10, 0.09, 0.11, 0.10, 0.12, 0.11, 0.10]
    expected = forecast(history, 0.20)
    assert expected.expected < 0.13
    assert expected.holds(0.11)


def test_where_weeks_hang_together_less_is_expected_to_come_back():
    """A slow wave: a point far out is followed by one nearly as far out."""
    wave = [math.sin(i / 6) for i in range(80)]
    assert forecast(wave, 1.0).expected > 0.8


def test_with_few_points_nothing_is_forecast():
    assert forecast([1.0] * (FEWEST_POINTS - 1), 2.0) is None


def test_missing_points_are_left_out():
    full = [float(i % 4) for i in range(20)]
    assert forecast([x for one in full for x in (one, math.nan, None)], 5.0) == forecast(full, 5.0)


@given(histories, numbers)
def test_a_forecast_lies_between_the_mean_and_what_was_before(history, before):
    expected, mean = forecast(history, before), sum(history) / len(history)
    low, high = min(mean, before), max(mean, before)
    slack = 1e-6 * (1 + abs(mean) + abs(before))
    assert low - slack <= expected.expected <= high + slack


@given(histories, numbers)
def test_its_interval_holds_its_value(history, before):
    assert forecast(history, before).holds(forecast(history, before).expected)


@given(histories, numbers, st.floats(0.1, 100), numbers)
def test_another_unit_tells_the_same(history, before, scale, shift):
    """As shares or as per cent, from zero or from somewhere else."""
    assume(max(history) - min(history) > 1)
    one = forecast(history, before)
    other = forecast([x * scale + shift for x in history], before * scale + shift)
    assert math.isclose(other.expected, one.expected * scale + shift, rel_tol=1e-6, abs_tol=1e-3)
