"""Before and after: what a measure would have brought anyway."""

import math

from hypothesis import assume, given
from hypothesis import strategies as st

from andon.growth.rules.change import FEWEST_POINTS, forecast, told

numbers = st.floats(-1000, 1000)
histories = st.lists(numbers, min_size=FEWEST_POINTS, max_size=60)


def test_a_bad_week_of_a_calm_measure_is_followed_by_a_usual_one():
    history = [0.10, 0.12, 0.11, 0.09, 0.10, 0.11, 0.12, 0.10, 0.09, 0.11, 0.10, 0.12, 0.11, 0.10]
    expected = forecast(history, 0.20)
    assert expected.value < 0.13
    assert expected.holds(0.11)


def test_where_weeks_hang_together_less_is_expected_to_come_back():
    """A slow wave: a point far out is followed by one nearly as far out."""
    wave = [math.sin(i / 6) for i in range(80)]
    assert forecast(wave, 1.0).value > 0.8


def test_with_few_points_nothing_is_forecast():
    assert forecast([1.0] * (FEWEST_POINTS - 1), 2.0) is None


def test_missing_points_are_left_out():
    assert forecast([1.0, math.nan] * FEWEST_POINTS, 1.0).points == FEWEST_POINTS


@given(histories, numbers)
def test_a_forecast_lies_between_the_mean_and_what_was_before(history, before):
    expected, mean = forecast(history, before), sum(history) / len(history)
    low, high = min(mean, before), max(mean, before)
    slack = 1e-6 * (1 + abs(mean) + abs(before))
    assert low - slack <= expected.value <= high + slack


@given(histories, numbers)
def test_its_interval_holds_its_value(history, before):
    assert forecast(history, before).holds(forecast(history, before).value)


@given(histories, numbers, st.floats(0.1, 100), numbers)
def test_another_unit_tells_the_same(history, before, scale, shift):
    """As shares or as per cent, from zero or from somewhere else."""
    assume(max(history) - min(history) > 1)
    one = forecast(history, before)
    other = forecast([x * scale + shift for x in history], before * scale + shift)
    assert math.isclose(other.value, one.value * scale + shift, rel_tol=1e-6, abs_tol=1e-3)


def test_what_came_anyway_is_always_said():
    assert "come anyway" in told(1.0, None, str)


def test_what_lies_within_the_forecast_is_nobodys_doing():
    history = [float(i % 5) for i in range(40)]
    assert "cannot show what your part was" in told(2.0, forecast(history, 4.0), str)
    assert "more happened" in told(900.0, forecast(history, 4.0), str)
