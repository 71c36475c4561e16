"""Risk-adjusted CUSUM, its limits, and VLAD."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit
from scipy.stats import beta

from andon.stats.adjusted import adjusted_cusum, scores, vlad
from andon.stats.adjusted_arl import average_run_length, limit_for
from tests.reference.files import columns, numbers

STEINER = expit(-3.68 + 0.077 * np.array([0, 0, 50, 50]))
"""Risk of death by Parsonnet score (Steiner et al. 2000, Biostatistics 1, 441)."""


def patients(many=2000):
    """Parsonnet scores spread as Beta(1, 3) x 71, with the risks of Wittenberg (2022)."""
    share = beta.ppf((np.arange(many) + 0.5) / many, 1, 3)
    return expit(-3.6798 + 0.0768 * 71 * share)


def test_scores_are_those_published_for_odds_twice_as_high():
    """Steiner (2014), p. 234: scores 0 and 50, survived and died."""
    assert np.round(scores([0, 1, 0, 1], STEINER), 3).tolist() == [-0.024, 0.669, -0.433, 0.26]


def test_scores_are_those_published_for_odds_half_as_high():
    """The same page."""
    assert np.round(scores([0, 1, 0, 1], STEINER, 0.5), 3).tolist() == [0.012, -0.681, 0.316, -0.377]


def test_a_score_is_that_of_a_second_book():
    """Rigdon and Fricker (2015), Health Surveillance, p. 225: Parsonnet 19, survived."""
    assert scores(0, expit(-3.67 + 0.077 * 19), 0.5) == pytest.approx(0.05083, abs=5e-6)


def test_vlad_steps_are_those_published():
    """Steiner (2014), p. 234: risk minus outcome is 0.025, -0.975, 0.542, -0.458."""
    assert np.allclose(
        np.diff(vlad([0, 0, 1, 0, 1], [0, *STEINER])), [0.025, -0.975, 0.542, -0.458], atol=6e-4
    )


@pytest.mark.parametrize(("odds", "published"), [(2.0, 4485.203), (0.5, 5731.772)])
def test_run_lengths_are_those_of_the_integral_equation(odds, published):
    """R package vlad 0.2.2, racusum_beta_arl_int, limit 4.5, 70 nodes, piecewise."""
    assert average_run_length(patients(), 4.5, odds=odds) == pytest.approx(published, rel=0.003)


def test_the_limit_is_that_published():
    """R package vlad 0.2.2, racusum_beta_crit_mc: 500 cases between false alarms."""
    assert limit_for(500, patients()) == pytest.approx(2.5178, abs=0.003)


@pytest.mark.parametrize("actual", [1.0, 2.0])
def test_run_lengths_are_those_of_simulated_cases(actual):
    rng = np.random.default_rng(5)
    risk = rng.choice([0.02, 0.1, 0.35], (1500, 1200))
    y = rng.random(risk.shape) < actual * risk / (1 - risk + actual * risk)
    alarm = adjusted_cusum(y, risk, limit=1.5).alarm
    assert alarm.any(axis=1).all()
    lengths = alarm.argmax(axis=1) + 1
    expected = average_run_length([0.02, 0.1, 0.35], 1.5, actual=actual)
    assert lengths.mean() == pytest.approx(expected, rel=0.1)


def test_a_higher_limit_and_a_calmer_mix_mean_longer_runs():
    risk = np.array([0.05, 0.2])
    runs = [average_run_length(risk, limit) for limit in (1, 2, 3, 4)]
    assert (np.diff(runs) > 0).all()
    rare, often = (average_run_length(risk, 3, weights=w) for w in ([9, 1], [1, 9]))
    assert rare > often


def test_the_limit_gives_back_its_run_length():
    risk = np.random.default_rng(2).beta(1, 8, 500)
    for odds in (0.5, 1.5, 3.0):
        limit = limit_for(2000, risk, odds=odds)
        assert average_run_length(risk, limit, odds=odds) == pytest.approx(2000, rel=0.01)


def test_nothing_can_signal_where_every_outcome_is_certain():
    assert average_run_length([0.0, 0.0], 3) == np.inf
    assert np.isnan(limit_for(100, [0.0, 1.0]))


def test_without_a_known_risk_nothing_is_known():
    for risk in ([], [np.nan], [-1, 2]):
        assert np.isnan(average_run_length(risk, 3))
        assert np.isnan(limit_for(100, risk))


def test_what_had_to_happen_tells_nothing_and_what_could_not_stays_finite():
    assert scores([0, 1], [0.0, 1.0]).tolist() == [0, 0]
    assert np.isfinite(scores([1, 0], [0.0, 1.0])).all()


def test_a_rise_in_the_odds_is_found_and_its_fall_by_the_other_side():
    rng = np.random.default_rng(6)
    risk = rng.beta(2, 10, 3000)
    worse = rng.random(3000) < 3 * risk / (1 + 2 * risk)
    better = rng.random(3000) < risk / (3 - 2 * risk)
    assert adjusted_cusum(worse, risk).alarm[-1]
    assert not adjusted_cusum(worse, risk, odds=0.5).alarm.any()
    assert adjusted_cusum(better, risk, odds=0.5).alarm[-1]
    assert vlad(worse, risk)[-1] < 0 < vlad(better, risk)[-1]


def test_cases_that_are_harder_excuse_what_easier_ones_do_not():
    y = np.zeros(200)
    y[::5] = 1
    assert not adjusted_cusum(y, np.full(200, 0.25)).alarm.any()
    assert adjusted_cusum(y, np.full(200, 0.05)).alarm.any()


def test_after_an_alarm_the_sum_starts_again_when_asked():
    y, risk = np.ones(20), np.full(20, 0.1)
    assert adjusted_cusum(y, risk, limit=2).alarm.sum() == 17
    assert np.flatnonzero(adjusted_cusum(y, risk, limit=2, restart=True).alarm).tolist() == [3, 7, 11, 15, 19]


def test_a_case_without_outcome_or_risk_is_passed_over():
    y, risk = [1, np.nan, 1, 2, 1], [0.1, 0.1, np.nan, 0.1, 0.1]
    found = adjusted_cusum(y, risk)
    assert found.usable.tolist() == [True, False, False, False, True]
    assert found.sums[3] == found.sums[0]
    assert found.sums[4] == pytest.approx(2 * found.sums[0])
    assert vlad(y, risk).tolist() == pytest.approx([-0.9, -0.9, -0.9, -0.9, -1.8])


def test_several_series_are_judged_as_each_alone():
    rng = np.random.default_rng(7)
    risk = rng.beta(1, 5, (4, 100))
    y = rng.random((4, 100)) < risk
    together = adjusted_cusum(y, risk, limit=2)
    for row in range(4):
        assert np.array_equal(adjusted_cusum(y[row], risk[row], limit=2).sums, together.sums[row])


def surgery():
    found = columns("vlad_surgery.csv", "mixed")
    return numbers(found["y"]), expit(-3.6798 + 0.0768 * numbers(found["s"]))


def test_made_up_surgery_at_its_own_risk_ends_where_expected_minus_seen_is():
    """R package vlad 0.2.2, surgery: 204 deaths among 2,500 made with this risk."""
    y, risk = surgery()
    line = vlad(y, risk)
    assert line[-1] == pytest.approx(risk.sum() - 204)
    assert abs(line[-1]) < 3 * np.sqrt((risk * (1 - risk)).sum())


def test_made_up_surgery_at_its_own_risk_has_no_alarm_but_at_half_the_odds_it_has():
    y, risk = surgery()
    limit = limit_for(10_000, risk)
    assert not adjusted_cusum(y, risk, limit=limit).alarm.any()
    assert adjusted_cusum(y, risk / (2 - risk), limit=limit).alarm.any()


@pytest.mark.parametrize(
    "work",
    [
        lambda: scores([1], [0.1], 1.0),
        lambda: scores([1], [0.1], -2),
        lambda: adjusted_cusum([1], [0.1], limit=0),
        lambda: average_run_length([0.1], 0),
        lambda: average_run_length([0.1], 99),
        lambda: average_run_length([0.1], 3, actual=0),
        lambda: limit_for(1, [0.1]),
    ],
)
def test_options_that_make_no_sense_are_refused(work):
    with pytest.raises(ValueError, match="must"):
        work()


case = st.tuples(
    st.one_of(st.sampled_from([0.0, 1.0, np.nan]), st.floats(allow_nan=True)),
    st.one_of(st.floats(0, 1), st.floats(allow_nan=True)),
)


@given(st.lists(case, max_size=50), st.sampled_from([0.25, 0.5, 2.0, 4.0]), st.booleans())
def test_no_data_raise_and_sums_never_fall_below_nought(cases, odds, restart):
    y, risk = (np.array([one[i] for one in cases], float) for i in (0, 1))
    found = adjusted_cusum(y, risk, odds=odds, restart=restart)
    assert (found.sums >= 0).all()
    assert np.isfinite(found.sums).all()
    assert np.isfinite(vlad(y, risk)).all()
