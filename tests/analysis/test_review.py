"""From cells to what is said of them."""

from dataclasses import replace

import numpy as np
import pytest

from andon.analysis import ReviewSpec, review, review_many
from andon.lake import BadInput
from tests.analysis.made import MONDAY, made, times, truths


@pytest.fixture
def rng():
    return np.random.default_rng(12)


def stepped(rng, series=6, points=60, at=42, by=3.0):
    """Quiet series, of which the first rises by so many sigma."""
    values = rng.normal(10, 1, (series, points))
    values[0, at:] += by
    return values


def test_a_lasting_rise_is_called_out_and_the_quiet_ones_are_not(rng):
    found = review(made(stepped(rng)), ReviewSpec(kind="value", good="low"))
    assert [one.name for one in found.out] == ["m000"]
    assert "since the week of 23 October 2023" in found.out[0].sentence
    assert found.out[0].since == MONDAY + np.timedelta64(42 * 7, "D")
    assert found.out[0].ongoing
    assert not found.out[0].better


def test_the_rise_does_not_widen_its_own_limits(rng):
    found = review(made(stepped(rng)), ReviewSpec(kind="value"))
    one = found.out[0]
    assert not found.points.baseline[one.points][42:].any()
    assert one.usual == pytest.approx(10, abs=0.5)


def test_a_rise_is_better_where_high_is_good(rng):
    found = review(made(stepped(rng)), ReviewSpec(kind="value", good="high"))
    assert found.out[0].better
    assert found.out[0].sentence.startswith("Better than usual (higher)")


def test_a_lone_spike_is_named_with_its_period(rng):
    values = rng.normal(10, 1, (5, 40))
    values[2, 20] = 20
    found = review(made(values), ReviewSpec(kind="value"))
    assert [one.name for one in found.out] == ["m002"]
    assert "in the week of 22 May 2023" in found.out[0].sentence


def test_quiet_series_are_almost_never_called_out(rng):
    values = rng.normal(10, 1, (300, 52))
    found = review(made(values), ReviewSpec(kind="value"))
    marked = sum(bool((found.points.marks[one.points] > 0).any()) for one in found.series)
    assert marked > 40  # rules alone would have called these out
    assert len(found.out) <= 1


def test_skewed_values_are_not_taken_for_signals(rng):
    found = review(made(np.exp(rng.normal(0, 0.7, (100, 40)))), ReviewSpec(kind="value"))
    assert len(found.out) <= 2


def test_one_series_alone_is_judged_by_the_rules(rng):
    values = rng.normal(10, 1, (1, 40))
    values[0, 30] = 14
    assert review(made(values), ReviewSpec(kind="value")).fdr is None
    assert review(made(values), ReviewSpec(kind="value")).exceptions >= 1


def test_false_alarms_are_controlled_over_all_measures_of_one_call(rng):
    together = [(made(stepped(rng, series=1, by=4)), ReviewSpec(kind="value"))]
    together += [(made(rng.normal(5, 1, (1, 60))), ReviewSpec(kind="value")) for _ in range(30)]
    found = review_many(together)
    assert len(found[0].out) == 1
    assert sum(len(one.out) for one in found[1:]) <= 2
    assert {one.fdr for one in found} == {0.05}


# Kinds and charts


def test_the_kind_is_read_from_the_cells(rng):
    assert review(truths(np.full((1, 30), 0.2), 50, rng)).kind == "proportion"
    assert review(made(rng.normal(10, 1, (1, 30)))).kind == "value"
    assert review(made(rng.poisson(9, (1, 30)), outcome=False)).kind == "count"
    assert review(made(rng.poisson(9, (1, 30)), 100, of=True)).kind == "proportion"
    assert review(replace(made(rng.poisson(9, (1, 30)), 5, of=True), over=30)).kind == "rate"


def test_shares_that_scatter_as_chance_says_get_a_p_chart(rng):
    assert review(truths(np.full((1, 40), 0.2), 200, rng)).charts == {"p": 1}


def test_shares_that_scatter_more_get_laneys_chart_and_a_warning(rng):
    found = review(truths(np.clip(rng.normal(0.3, 0.06, (1, 40)), 0.05, 0.9), 2000, rng))
    assert found.charts == {"p'": 1}
    assert any("over-dispersion" in warning for warning in found.warnings)


def test_counts_that_scatter_more_than_chance_are_charted_by_their_changes(rng):
    assert review(made(rng.poisson(20, (1, 40)), outcome=False)).charts == {"c": 1}
    assert review(made(rng.normal(200, 60, (1, 40)).round(), outcome=False)).charts == {"xmr": 1}


def test_means_use_the_spread_of_single_values_where_it_explains_them(rng):
    cases = rng.normal(50, 10, (1, 40, 25))
    found = review(made(cases.sum(2), 25, squares=(cases**2).sum(2)), ReviewSpec(kind="value"))
    assert found.charts == {"xbar-s": 1}


def test_a_series_that_never_failed_before_is_out_when_it_fails_often():
    yes = np.zeros((3, 30))
    yes[0, 25:] = 8
    found = review(made(yes, 40, squares=yes))
    assert [one.name for one in found.out] == ["m000"]
    assert np.isfinite(found.out[0].strength)


def test_one_failure_where_there_was_none_is_no_signal():
    yes = np.zeros((3, 30))
    yes[0, 12] = 1
    assert not review(made(yes, 40, squares=yes)).out


def test_nearly_perfect_series_are_not_marked_for_running_above_the_mean(rng):
    yes = np.full((1, 40), 50.0)
    yes[0, ::13] = 49
    assert review(made(yes, 50, squares=yes)).exceptions == 0


@pytest.mark.parametrize(
    "values", [[5.0], [5, 5, 5, 5], [1, 2], [0, 0, 0], [1e300, -1e300, 0, 1], [5, np.nan, 6, 5]]
)
def test_short_constant_and_huge_series_are_defined(values):
    found = review(made([values]), ReviewSpec(kind="value"))
    assert len(found.series) == 1
    assert found.series[0].sentence


def test_a_kind_that_cannot_be_is_bad_input(rng):
    counts = made(rng.poisson(9, (1, 30)), outcome=False)
    with pytest.raises(BadInput, match="needs an outcome"):
        review(counts, ReviewSpec(kind="value"))
    with pytest.raises(BadInput, match="yes/no or 0/1"):
        review(made(rng.normal(10, 1, (1, 30))), ReviewSpec(kind="proportion"))
    with pytest.raises(BadInput, match="cannot be negative"):
        review(made(rng.normal(0, 1, (1, 30))), ReviewSpec(kind="count"))


# Options


def test_a_baseline_of_so_many_points_is_kept_to(rng):
    found = review(made(rng.normal(10, 1, (2, 40))), ReviewSpec(kind="value", baseline=15))
    assert found.points.baseline.reshape(2, 40)[:, :15].all()
    assert not found.points.baseline.reshape(2, 40)[:, 15:].any()


def test_a_baseline_in_time_includes_both_ends(rng):
    at = times(40)
    found = review(made(rng.normal(10, 1, (1, 40))), ReviewSpec(kind="value", baseline=(at[5], at[20])))
    assert np.flatnonzero(found.points.baseline).tolist() == list(range(5, 21))


def test_a_phase_begins_new_limits(rng):
    values = stepped(rng, series=1, by=6)
    found = review(made(values), ReviewSpec(kind="value", phases=(times(60)[42],)))
    assert found.exceptions <= 2  # as many as quiet points show; without the phase there are many
    assert review(made(values), ReviewSpec(kind="value")).exceptions > 10
    assert set(found.points.phase.tolist()) == {0, 1}
    assert found.points.centre[-1] - found.points.centre[0] == pytest.approx(6, abs=1)


def test_a_yearly_season_is_no_exception_once_it_is_learned(rng):
    winter = np.tile(np.where(np.isin(np.arange(12), (0, 1, 11)), 1.8, 1.0), 4)
    cells = truths(np.tile(0.1 * winter, (12, 1)), 3000, rng)
    cells = replace(cells, every="month", at=np.tile(times(48, "month"), 12))
    assert any("--season year" in warning for warning in review(cells).warnings)
    found = review(cells, ReviewSpec(season="year"))
    assert not found.out
    assert found.points.centre[0] > 1.4 * found.points.centre[6]


def test_a_season_does_not_hide_a_real_change(rng):
    winter = np.tile(np.where(np.isin(np.arange(12), (0, 1, 11)), 1.8, 1.0), 4)
    shares = np.tile(0.1 * winter, (12, 1))
    shares[3, 30:] *= 1.5
    cells = truths(shares, 3000, rng)
    cells = replace(cells, every="month", at=np.tile(times(48, "month"), 12))
    assert [one.name for one in review(cells, ReviewSpec(season="year")).out] == ["m003"]


def test_a_season_needs_two_turns(rng):
    cells = replace(made(rng.normal(10, 1, (1, 14))), every="month", at=times(14, "month"))
    with pytest.raises(BadInput, match="too short"):
        review(cells, ReviewSpec(kind="value", season="year"))


def test_points_outside_the_specification_are_exceptions_by_themselves(rng):
    values = rng.normal(10, 0.5, (2, 30))
    values[1] = 20
    found = review(made(values), ReviewSpec(kind="value", upper=15))
    assert [one.name for one in found.out] == ["m001"]
    assert "Out of spec the whole time (above 15, 30 weeks)" in found.out[0].sentence


def test_limits_of_shares_may_be_given_in_per_cent(rng):
    cells = truths(np.full((1, 30), 0.2), 200, rng)
    assert (
        review(cells, ReviewSpec(upper=10)).exceptions == review(cells, ReviewSpec(upper=0.1)).exceptions > 20
    )


def test_a_target_out_of_reach_is_said(rng):
    found = review(truths(np.full((1, 30), 0.8), 500, rng), ReviewSpec(target=0.95, good="high"))
    assert "will keep missing the target of 95 %" in found.series[0].sentence


def test_a_series_far_from_the_others_is_named_though_it_never_changed(rng):
    shares = np.full((12, 20), 0.98)
    shares[4] = 0.25
    found = review(truths(shares, 40, rng), ReviewSpec(good="high"))
    assert [one.name for one in found.series if one.far] == ["m004"]
    assert "the worse side" in next(one.far for one in found.series if one.far)


# The calendar


def test_empty_weeks_of_a_count_are_zero_and_of_a_value_missing():
    rows = np.where(np.arange(20) % 5 == 3, np.nan, 4.0)
    assert np.nansum(review(made([rows, rows * 0 + 4]), ReviewSpec(kind="value")).points.n == 0) == 8
    counts = np.vstack([rows, np.full(20, 4.0)])
    found = review(made(counts, outcome=False), ReviewSpec(kind="count"))
    assert (found.points.value[:20] == 0).sum() == 4


def test_days_on_which_nobody_works_break_no_run(rng):
    values = rng.normal(10, 1, (1, 140))
    values[0, np.isin(np.arange(140) % 7, (5, 6))] = np.nan
    assert len(review(made(values, every="day"), ReviewSpec(kind="value")).points.at) == 100


def test_the_tail_after_intake_stopped_is_shown_but_not_judged(rng):
    rows = np.r_[rng.poisson(400, 30), rng.poisson(3, 12)].astype(float)
    found = review(made([rows], rows, outcome=False), ReviewSpec(kind="count"))
    assert not found.points.judged[30:].any()
    assert not found.points.exception[30:].any()
    assert any("Intake stops" in warning for warning in found.warnings)


def test_the_week_in_which_intake_stops_is_not_judged_either(rng):
    rows = np.r_[rng.poisson(400, 30), 150, rng.poisson(3, 12)].astype(float)
    found = review(made([rows], rows, outcome=False), ReviewSpec(kind="count"))
    assert not found.points.judged[30:].any()
    assert found.points.judged[:30].all()
    assert any("in which it stops, is not judged either" in warning for warning in found.warnings)


def test_a_peak_does_not_turn_ordinary_weeks_into_a_tail(rng):
    rows = rng.poisson(40, 30).astype(float)
    rows[4] = 4000
    found = review(made([rows], rows, outcome=False), ReviewSpec(kind="count"))
    assert found.points.judged.all()
    assert found.points.exception[4]


def test_the_last_week_is_not_judged_when_more_rows_would_still_come(rng):
    rows = np.r_[rng.poisson(400, 30), 90].astype(float)
    cells = replace(made([rows], rows, outcome=False), unfinished=0.7)
    found = review(cells, ReviewSpec(kind="count"))
    assert not found.points.judged[-1]
    assert any("incomplete" in warning for warning in found.warnings)


def test_short_baselines_are_warned_of(rng):
    assert any(
        "provisional" in w
        for w in review(made(rng.normal(10, 1, (1, 10))), ReviewSpec(kind="value")).warnings
    )
    assert any(
        "shorter than 25" in w
        for w in review(made(rng.normal(10, 1, (1, 20))), ReviewSpec(kind="value")).warnings
    )


def test_neighbours_that_are_alike_are_warned_of(rng):
    values = np.zeros((1, 60))
    for i in range(1, 60):
        values[0, i] = 0.8 * values[0, i - 1] + rng.normal()
    found = review(made(values + 50), ReviewSpec(kind="value", baseline=60))
    assert any("autocorrelation" in warning for warning in found.warnings)


# Rare events


def test_time_between_rare_events_is_charted_event_by_event(rng):
    at = MONDAY + np.cumsum(rng.exponential(20 * 86400, 40)).astype(int)
    at = np.r_[at, at[-1] + np.cumsum(rng.exponential(86400, 15)).astype(int)]
    ones = np.ones(55)
    cells = replace(made([ones], outcome=False), every="second", at=at.astype("datetime64[s]"))
    found = review(cells, ReviewSpec(kind="between", good="high"))
    assert (found.unit, found.charts) == ("days", {"t": 1})
    assert "closer together" in found.series[0].sentence


def test_one_event_alone_has_nothing_between():
    cells = replace(made([[1.0]], outcome=False), every="second")
    with pytest.raises(BadInput, match="at least two events"):
        review(cells, ReviewSpec(kind="between"))
