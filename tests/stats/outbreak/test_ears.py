"""EARS: the few days before."""

import numpy as np
import pytest

from andon.stats.outbreak import ears

CALM = [3, 5, 4, 4, 3, 5, 4]


def test_the_bound_is_the_mean_and_three_sigma_of_the_week_before():
    found = ears([*CALM, 9])
    assert found.expected[0, -1] == 4
    assert found.upper[0, -1] == pytest.approx(4 + 3.0902323 * np.std(CALM, ddof=1))
    assert found.alarm[0].tolist() == [False] * 7 + [True]


def test_c2_leaves_a_rise_of_two_days_out_of_its_own_baseline():
    counts = [*CALM, 8, 8, 8]
    assert not ears(counts, "C1", at=-1).alarm[0, 0]
    assert ears(counts, "C2", at=-1).alarm[0, 0]


def test_c3_adds_up_what_two_days_exceeded_by():
    counts = [*CALM, 4, 4, 6, 6, 4]
    found = ears(counts, "C3", at=[10, 11])
    assert found.score[0, 1] > 1
    assert found.alarm[0, 1]


def test_c3_looks_at_the_day_itself_only_when_asked():
    counts = [*CALM, 4, 4, 4, 4, 30]
    assert not ears(counts, "C3", at=-1).alarm[0, 0]
    assert ears(counts, "C3", at=-1, today=True).alarm[0, 0]


def test_a_missing_day_leaves_the_days_that_need_it_unjudged():
    counts = np.array([*CALM, *CALM, *CALM], float)
    counts[8] = np.nan
    usable = ears(counts).usable[0]
    assert np.flatnonzero(usable).tolist() == [7, *range(16, 21)]


def test_one_case_after_a_quiet_week_is_an_alarm_unless_a_least_sigma_is_asked_for():
    counts = [0] * 7 + [1]
    assert ears(counts).alarm[0, -1]
    assert not ears(counts, least_sigma=0.5).alarm[0, -1]


def test_nothing_after_a_quiet_week_is_no_alarm():
    found = ears([0] * 8)
    assert found.usable[0, -1]
    assert not found.alarm[0, -1]


def test_asking_for_some_days_gives_those_of_all_days():
    counts = np.random.default_rng(1).poisson(4, (5, 60))
    for method in ("C1", "C2", "C3"):
        every, some = ears(counts, method), ears(counts, method, at=[40, 59, 3])
        assert np.array_equal(some.upper, every.upper[:, [40, 59, 3]], equal_nan=True)
        assert (some.alarm == every.alarm[:, [40, 59, 3]]).all()


def test_counts_ten_times_as_large_give_the_same_alarms():
    counts = np.random.default_rng(2).poisson(4, (20, 60))
    assert (ears(counts).alarm == ears(counts * 10).alarm).all()


@pytest.mark.parametrize("days", [0, 1, 7])
def test_a_history_of_a_week_or_less_is_not_usable(days):
    found = ears(np.ones((3, days)))
    assert found.upper.shape == (3, days)
    assert not found.usable.any()


@pytest.mark.parametrize(
    "options",
    [{"method": "C4"}, {"baseline": 2}, {"alpha": 0.5}, {"least_sigma": -1}, {"at": 99}, {"at": 1.5}],
)
def test_options_that_make_no_sense_are_refused(options):
    with pytest.raises(ValueError, match="must"):
        ears(CALM, **options)
