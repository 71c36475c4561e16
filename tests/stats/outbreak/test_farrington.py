"""Farrington flexible: weekly counts and the same weeks of past years."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.stats.outbreak import farrington, farrington_flexible
from tests.stats.outbreak.made_up import weekly

LAST = {"at": -1}


def steady(weeks=312, size=20.0, seed=1):
    return np.random.default_rng(seed).poisson(size, weeks).astype(float)


def test_a_week_four_times_as_high_is_an_alarm():
    counts = steady()
    counts[-1] = 80
    found = farrington_flexible(counts, **LAST)
    assert found.alarm[0, 0]
    assert found.score[0, 0] > 1
    assert found.p[0, 0] < 1e-6


def test_what_is_expected_of_steady_counts_is_their_mean():
    found = farrington_flexible(steady(size=200.0), **LAST)
    assert found.expected[0, 0] == pytest.approx(200, rel=0.1)
    assert found.upper[0, 0] == pytest.approx(240, rel=0.1)


def test_an_outbreak_five_years_long_ago_hardly_raises_the_bound():
    calm = steady(size=20.0)
    struck = calm.copy()
    struck[312 - 105] = 400
    bound = {
        name: farrington_flexible(counts, weights_above=above, **LAST).upper[0, 0]
        for name, counts, above in (("calm", calm, 2.58), ("weighed", struck, 2.58), ("not", struck, None))
    }
    assert bound["weighed"] < bound["calm"] * 1.15
    assert bound["not"] > bound["calm"] * 1.5


def test_the_season_is_expected_and_not_alarming():
    t = np.arange(312)
    counts = np.round(100 * np.exp(0.8 * np.sin(2 * np.pi * (t + 40) / 52)))
    found = farrington_flexible(counts, range(300, 312))
    assert not found.alarm.any()
    assert np.allclose(found.expected[0], counts[300:], rtol=0.15)


def test_a_steady_rise_is_expected_when_it_goes_no_further_than_was_seen():
    t = np.arange(312)
    counts = np.random.default_rng(3).poisson(50 * np.exp(0.004 * t)).astype(float)
    counts[270:280] *= 1.5
    trending = farrington_flexible(counts, **LAST).expected[0, 0]
    flat = farrington_flexible(counts, trend=False, **LAST).expected[0, 0]
    assert flat < trending
    assert trending == pytest.approx(50 * np.exp(0.004 * 311), rel=0.15)


def test_a_trend_that_forecasts_more_than_was_ever_seen_is_dropped():
    counts = np.round(10 * np.exp(0.01 * np.arange(312)))
    found = farrington_flexible(counts, **LAST)
    assert found.expected[0, 0] <= counts[:-26].max()


def test_five_cases_after_years_of_none_are_an_alarm():
    counts = np.zeros(312)
    counts[-1] = 5
    for bound in ("delta", "nbPlugin"):
        found = farrington_flexible(counts, bound=bound, **LAST)
        assert found.usable[0, 0]
        assert found.alarm[0, 0]
        assert found.expected[0, 0] == pytest.approx(0, abs=1e-6)


def test_four_cases_in_four_weeks_are_too_few_to_judge():
    counts = np.zeros(312)
    counts[-4:] = 1
    assert not farrington_flexible(counts, **LAST).usable.any()
    assert farrington_flexible(counts, least=(4, 4), **LAST).usable.all()


def test_nothing_at_all_is_never_usable():
    found = farrington_flexible(np.zeros((3, 312)))
    assert not found.usable.any()
    assert not found.alarm.any()


def test_a_missing_week_now_is_not_judged_but_its_bound_is_known():
    counts = steady()
    counts[-1] = np.nan
    found = farrington_flexible(counts, **LAST)
    assert not found.usable[0, 0]
    assert np.isfinite(found.upper[0, 0])


def test_a_missing_week_in_the_past_is_left_out():
    counts = steady()
    holes = counts.copy()
    holes[100:104] = np.nan
    with_holes, whole = (farrington_flexible(y, **LAST) for y in (holes, counts))
    assert with_holes.usable[0, 0]
    assert with_holes.expected[0, 0] == pytest.approx(whole.expected[0, 0], rel=0.05)


def test_a_past_with_nothing_known_is_not_usable():
    counts = steady()
    counts[:-8] = np.nan
    assert not farrington_flexible(counts, **LAST).usable.any()


@pytest.mark.parametrize("weeks", [0, 1, 4, 51, 263])
def test_a_history_short_of_five_years_is_not_usable(weeks):
    found = farrington_flexible(np.full((2, weeks), 9.0))
    assert found.upper.shape == (2, weeks)
    assert not found.usable.any()


def test_as_many_years_as_there_are_can_be_asked_for():
    counts = steady(120)
    assert not farrington_flexible(counts, **LAST).usable.any()
    assert farrington_flexible(counts, years=None, **LAST).usable.all()


def test_with_all_years_asked_for_no_more_than_five_are_used():
    counts = steady(600)
    mine, five = (farrington_flexible(counts, years=years, **LAST) for years in (None, 5))
    assert mine.upper[0, 0] == five.upper[0, 0]


def test_series_are_judged_alike_alone_and_in_company():
    counts = weekly(30, 312, np.random.default_rng(4), missing=0.03)
    together = farrington_flexible(counts, [290, 311])
    for row in range(30):
        alone = farrington_flexible(counts[row], [290, 311])
        assert np.allclose(alone.expected[0], together.expected[row], rtol=1e-9, equal_nan=True)
        assert (alone.alarm[0] == together.alarm[row]).all()


def test_the_size_of_the_population_does_not_matter_only_its_changes_do():
    counts = weekly(6, 312, np.random.default_rng(5))
    people = np.linspace(1000, 1500, 312)
    small, large = (
        farrington_flexible(counts, population=people * k, bound="delta", **LAST) for k in (1, 1e4)
    )
    assert np.allclose(small.upper, large.upper, rtol=1e-6)


def test_twice_the_customers_with_twice_the_complaints_are_no_alarm():
    counts = steady(size=40.0)
    people = np.full(312, 1e4)
    counts[-1], people[-1] = 80, 2e4
    assert farrington_flexible(counts, **LAST).alarm[0, 0]
    assert not farrington_flexible(counts, population=people, **LAST).alarm[0, 0]


def test_a_week_without_a_known_population_is_not_judged():
    people = np.full(312, 1e4)
    people[-1] = 0
    assert not farrington_flexible(steady(), population=people, **LAST).usable.any()


def test_the_cautious_bound_lies_above_the_plain_one():
    counts = weekly(20, 312, np.random.default_rng(6)) + 2
    plain, cautious = (
        farrington_flexible(counts, bound=bound, **LAST).upper for bound in ("nbPlugin", "muan")
    )
    assert (cautious >= plain).all()


def test_a_smaller_alpha_gives_a_higher_bound():
    counts = weekly(20, 312, np.random.default_rng(7)) + 2
    for bound in ("delta", "nbPlugin", "muan"):
        loose, strict = (
            farrington_flexible(counts, alpha=a, bound=bound, **LAST).upper for a in (0.05, 0.001)
        )
        assert (strict > loose).all()


def test_by_the_calendar_the_same_week_slips_no_day_in_five_years():
    t = np.arange(522)
    day = np.array([(date(2001, 12, 31).toordinal() + 7 * week) for week in t])
    counts = np.round(200 * np.exp(np.cos(2 * np.pi * (day - date(2001, 1, 1).toordinal()) / 365.25)))
    dated, counted = (farrington_flexible(counts, 505, start=s) for s in (date(2001, 12, 31), None))
    truth = counts[505]
    assert abs(dated.expected[0, 0] - truth) < abs(counted.expected[0, 0] - truth)


def test_a_series_that_starts_on_29_february_is_no_trouble():
    assert farrington_flexible(steady(), start=date(2020, 2, 29), **LAST).usable.all()


def test_counts_as_large_as_a_billion_are_judged():
    counts = np.round(1e9 * np.random.default_rng(8).lognormal(0, 0.1, 312))
    counts[-1] = 5e9
    assert farrington_flexible(counts, **LAST).alarm[0, 0]


def test_the_original_method_asks_only_the_same_weeks():
    counts = steady()
    other = counts.copy()
    other[[312 - 30, 312 - 80, 312 - 130]] = 500
    mine, same = (farrington(y, **LAST) for y in (counts, other))
    assert mine.upper[0, 0] == same.upper[0, 0]


@pytest.mark.parametrize(
    "options",
    [
        {"alpha": 0},
        {"bound": "best"},
        {"power": "3"},
        {"years": 0},
        {"half_window": -1},
        {"half_window": 26},
        {"seasons": 0},
        {"seasons": 60},
        {"recent": -1},
        {"least": (5, 0)},
        {"weights_above": 0},
        {"at": 312},
    ],
)
def test_options_that_make_no_sense_are_refused_in_words(options):
    with pytest.raises(ValueError, match="must"):
        farrington_flexible(steady(), **options)


awkward = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True),
    st.integers(-3, 30).map(float),
    st.just(0.0),
    st.just(1e15),
)


@given(
    st.lists(awkward, min_size=1, max_size=40),
    st.integers(1, 320),
    st.sampled_from(["delta", "nbPlugin", "muan"]),
    st.booleans(),
    st.sampled_from([None, 1, 3, 5]),
)
def test_no_data_raise_and_every_alarm_is_usable_and_above_its_bound(some, weeks, bound, compat, years):
    counts = np.resize(np.array(some), weeks)
    found = farrington_flexible(counts, [-1, weeks // 2], bound=bound, compat=compat, years=years)
    assert found.alarm.shape == (1, 2)
    assert not (found.alarm & ~found.usable).any()
    assert (counts[found.at][found.alarm[0]] > found.upper[found.alarm]).all()
    assert np.isfinite(found.expected[found.usable]).all()
