"""Bayes: a predictive distribution from few weeks."""

import numpy as np
import pytest
from scipy.stats import nbinom

from andon.stats.outbreak import bayes


def test_the_bound_is_a_quantile_of_what_the_weeks_before_lead_one_to_expect():
    found = bayes([2, 3, 1, 0, 2, 4, 9], at=-1)
    assert found.upper[0, 0] == nbinom.ppf(0.95, 12.5, 6 / 7)
    assert found.alarm[0, 0]


def test_a_missing_week_is_left_out_of_what_is_learnt():
    found = bayes([2, 3, np.nan, 0, 2, 4, 9], at=-1)
    assert found.upper[0, 0] == nbinom.ppf(0.95, 11.5, 5 / 6)


def test_the_same_weeks_of_past_years_are_learnt_from():
    counts = np.zeros(120)
    counts[[119 - 104, 119 - 52]] = 20
    assert bayes(counts, at=-1, years=2, half_window=1).expected[0, 0] == pytest.approx(40.5 / 7)


def test_nothing_ever_is_judged_and_no_alarm():
    found = bayes(np.zeros(20))
    assert found.usable[0].tolist() == [False] * 6 + [True] * 14
    assert not found.alarm.any()


def test_weeks_of_which_nothing_is_known_before_are_not_usable():
    assert not bayes([np.nan] * 6 + [5]).usable.any()
    assert not bayes(np.ones((2, 5))).usable.any()


def test_p_agrees_with_the_alarm():
    counts = np.random.default_rng(1).poisson(3, (40, 60))
    found = bayes(counts)
    assert (found.alarm == (found.p < 0.05))[found.usable].all()


@pytest.mark.parametrize("options", [{"years": -1}, {"half_window": -1}, {"alpha": 0}])
def test_options_that_make_no_sense_are_refused(options):
    with pytest.raises(ValueError, match="must"):
        bayes([1, 2], **options)
