"""Before and after, with what luck gives back set apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.plans.facts.windows import spread
from andon.plans.rules.outcome import moved
from andon.stats.returning import Around, reliability
from andon.stats.returning import among_people as forecast

AROUND = Around(before=0.70, after=0.72, between=0.005, within=0.2)


def test_a_low_figure_is_expected_to_rise_without_any_plan():
    told = forecast(0.40, 100, 50, AROUND)
    assert 0.40 < told.expected < 0.72


def test_with_endless_cases_nothing_is_given_back():
    assert forecast(0.40, 1e12, 1e12, AROUND).expected == pytest.approx(0.42, abs=1e-6)


def test_without_cases_the_group_is_expected():
    assert forecast(0.40, 0, 50, AROUND).expected == AROUND.after


def test_by_hand():
    told = forecast(0.376, 125, 25, Around(0.726, 0.737, 0.005466, 0.19368))
    assert reliability(125, 0.005466, 0.19368) == pytest.approx(0.7791, abs=1e-4)
    assert told.expected == pytest.approx(0.737 + 0.7791 * (0.376 - 0.726), abs=1e-4)


def test_people_who_are_only_unlucky_come_back_as_far_as_forecast():
    """The worst of many, none with a plan: their mean afterwards is the forecast, and not the figure before."""
    rng = np.random.default_rng(7)
    truth = rng.normal(0.7, 0.05, 4000)
    before, after = (rng.binomial(60, truth.clip(0, 1)) / 60 for _ in range(2))
    worst = np.argsort(before)[:200]
    around = Around(before.mean(), after.mean(), 0.05**2, 0.7 * 0.3)
    expected = np.mean([forecast(x, 60, 60, around).expected for x in before[worst]])
    assert after[worst].mean() == pytest.approx(expected, abs=0.012)
    assert after[worst].mean() - before[worst].mean() > 0.08


def test_few_of_those_who_only_come_back_are_said_to_have_moved():
    rng = np.random.default_rng(8)
    truth = rng.normal(0.7, 0.05, 4000)
    before, after = (rng.binomial(60, truth.clip(0, 1)) / 60 for _ in range(2))
    around = Around(before.mean(), after.mean(), 0.05**2, 0.7 * 0.3)
    worst = np.argsort(before)[:400]
    better = [
        moved(before[i], after[i], forecast(before[i], 60, 60, around), "high", "share").side for i in worst
    ]
    assert better.count("better") / len(better) < 0.05


@given(st.floats(0, 1), st.floats(0, 1e6), st.floats(1, 1e6))
def test_the_forecast_lies_between_the_figure_and_the_group(before, n, after):
    told = forecast(before, n, after, Around(0.7, 0.7, 0.005, 0.2))
    assert min(before, 0.7) - 1e-9 <= told.expected <= max(before, 0.7) + 1e-9
    assert told.low <= told.expected <= told.high


@pytest.mark.parametrize(
    ("happened", "good", "side"),
    [(0.9, "high", "better"), (0.9, "low", "worse"), (0.2, "high", "worse"), (0.47, "high", "as expected")],
)
def test_it_is_held_against_the_forecast_and_said_in_words(happened, good, side):
    result = moved(0.376, happened, forecast(0.376, 125, 25, AROUND), good, "share")
    assert result.side == side
    assert "Without any plan" in result.words


def test_differences_that_chance_explains_are_no_differences_between_people():
    rng = np.random.default_rng(1)
    n = np.full(300, 50.0)
    between, _within = spread(n, rng.binomial(50, 0.7, 300) / 50, 0.21)
    assert between == pytest.approx(0, abs=8e-4)
    real, _within = spread(n, rng.binomial(50, rng.normal(0.7, 0.1, 300).clip(0, 1)) / 50, 0.21)
    assert real == pytest.approx(0.01, rel=0.25)
