"""CUSUM: small rises that last."""

import numpy as np
import pytest

from andon.stats.outbreak import cusum


def test_a_small_rise_that_lasts_is_found():
    rng = np.random.default_rng(1)
    counts = np.concatenate([rng.poisson(10, 60), rng.poisson(14, 40)])
    found = cusum(counts, 50, k=0.5, h=4)
    assert not found.alarm[0, :10].any()
    assert found.alarm[0, -1]


def test_a_sum_is_the_standardised_counts_beyond_the_slack():
    found = cusum([9, 9, 12, 15], 2, k=0.5, h=4, transform="standard")
    assert np.allclose(found.score[0] * 4, [0.5, 2.0])


def test_the_bound_is_the_count_that_would_reach_the_limit():
    for transform in ("rossi", "anscombe", "standard"):
        calm = [9.0] * 10
        reach = cusum([*calm, 9], 10, k=0.5, h=2, transform=transform).upper[0, 0]
        assert cusum([*calm, reach], 10, k=0.5, h=2 - 1e-9, transform=transform).alarm[0, 0]
        assert not cusum([*calm, reach - 1], 10, k=0.5, h=2, transform=transform).alarm[0, 0]


def test_a_missing_period_leaves_the_sum_as_it_was():
    found = cusum([9, 9, 15, np.nan, 9], 2, k=0.5, transform="standard")
    assert found.usable[0].tolist() == [True, False, True]
    assert found.score[0, 1] == found.score[0, 0]


def test_a_season_in_training_is_expected_later():
    t = np.arange(260)
    counts = np.round(50 * np.exp(0.5 * np.cos(2 * np.pi * t / 52)))
    found = cusum(counts, 208, expected="season")
    assert np.allclose(found.expected[0], counts[208:], rtol=0.03)
    assert not found.alarm.any()


def test_expected_counts_may_be_given():
    assert cusum([5, 5, 5, 30], 0, expected=5.0).alarm[0].tolist() == [False, False, False, True]


@pytest.mark.parametrize("training", [[0, 0, 0], [np.nan, np.nan, np.nan]])
@pytest.mark.parametrize("expected", ["mean", "season"])
def test_a_training_without_a_case_teaches_nothing(training, expected):
    found = cusum([*training, 9, 9], 3, expected=expected)
    assert not found.usable.any()
    assert not found.alarm.any()


def test_series_do_not_disturb_each_other():
    counts = np.random.default_rng(3).poisson(4, (10, 80))
    together = cusum(counts, 30)
    assert np.allclose(np.vstack([cusum(row, 30).score for row in counts]), together.score)


@pytest.mark.parametrize("options", [{"h": 0}, {"k": -1}, {"transform": "x"}, {"expected": "x"}])
def test_options_that_make_no_sense_are_refused(options):
    with pytest.raises(ValueError, match="must"):
        cusum([1, 2, 3], 1, **options)


def test_more_training_than_there_is_is_refused():
    with pytest.raises(ValueError, match="training must"):
        cusum([1, 2, 3], 4)
