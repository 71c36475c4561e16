"""The scan: how often it is wrong where nothing happens, and what it finds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from andon.stats.scan import ScanSpec, scan
from andon.stats.spread import extra_variance
from andon.stats.unlikely import t_tail, tail

WORLDS = ("poisson", "wild", "growing", "winter")


def world(kind: str, seed: int, series: int = 600, windows: int = 60) -> np.ndarray:
    rng = np.random.default_rng(seed)
    mean = np.exp(rng.normal(1, 1.6, series))[:, None] * np.ones(windows)
    t = np.arange(windows)
    mean = mean * np.exp(1.5 * t / windows) if kind == "growing" else mean
    mean = mean * (1 + 0.5 * np.sin(2 * np.pi * t / 52)) if kind == "winter" else mean
    mean = mean * rng.gamma(10, 0.1, mean.shape) if kind != "poisson" else mean
    return rng.poisson(mean).astype(float)


def least_p(counts: np.ndarray) -> float:
    """The smallest p, corrected for all series, windows and lengths."""
    found = scan(counts, counts.sum(axis=0))
    return float(np.exp(found.log_p.min()) * found.judged.sum() * len(ScanSpec().lengths))


@pytest.mark.parametrize("kind", WORLDS)
def test_one_quiet_world_in_twenty_at_most_raises_an_alarm(kind):
    wrong = sum(least_p(world(kind, seed)) < 0.05 for seed in range(20))
    assert wrong <= stats.binom.isf(0.01, 20, 0.05)


@pytest.mark.parametrize("kind", WORLDS)
def test_small_chances_are_not_told_smaller_than_they_are(kind):
    found = [scan(c, c.sum(axis=0)) for c in (world(kind, seed) for seed in range(3))]
    p = np.concatenate([np.exp(one.log_p[one.judged]) for one in found])
    for level in (1e-3, 1e-4):
        assert (p < level).mean() < 2 * len(ScanSpec().lengths) * level


def test_a_series_that_doubles_is_found_in_its_window_and_no_other_is():
    counts = world("poisson", 1)
    big = int(np.argmax(counts.mean(axis=1)))
    counts[big, -1] *= 2
    found = scan(counts, counts.sum(axis=0) - counts[big])
    assert np.unravel_index(found.log_p.argmin(), found.log_p.shape) == (big, counts.shape[1] - 1)


def test_a_lasting_rise_does_not_hide_itself():
    counts = world("poisson", 2)
    counts[0] = np.random.default_rng(0).poisson(np.where(np.arange(60) < 30, 10, 40))
    found = scan(counts, np.ones(60))
    assert (found.log_p[0, 31:45] < np.log(1e-6)).all()
    assert found.expected[0, 40] < 20


def test_a_rise_that_stays_becomes_the_level():
    counts = np.where(np.arange(80) < 30, 0.0, 40.0)[None]
    found = scan(counts, np.ones(80))
    assert found.log_p[0, 31] < np.log(1e-6)
    assert found.log_p[0, 75] > np.log(1e-3)


def test_the_first_windows_are_judged_by_what_came_after():
    counts = world("poisson", 3)
    counts[0] = 10
    counts[0, 0] = 60
    found = scan(counts, np.ones(60))
    assert found.after[0, 0]
    assert found.log_p[0, 0] < np.log(1e-6)
    assert found.expected[0, 10] < 15


def test_a_season_of_its_own_is_no_rise_the_second_year():
    counts = np.full((40, 160), 20.0)
    counts[0, [50, 51, 52, 102, 103, 104, 154, 155, 156]] = 60
    lags = tuple(52 * k + j for k in (1, 2) for j in (-2, -1, 0, 1, 2))
    alone, season = (scan(counts, np.ones(160), ScanSpec(lags=given)) for given in ((), lags))
    assert season.expected[0, 155] > 1.5 * alone.expected[0, 155]
    assert season.log_p[0, 155] > alone.log_p[0, 155]


def test_too_short_a_history_judges_nothing():
    found = scan(np.array([[1.0, 2.0, 50.0]]), np.ones(3))
    assert not found.judged.any()
    assert (found.log_p == 0).all()


@given(
    st.lists(st.lists(st.integers(0, 10_000), min_size=7, max_size=7), min_size=1, max_size=5), st.booleans()
)
@settings(max_examples=60, deadline=None)
def test_any_counts_give_chances_between_0_and_1_without_a_warning(rows, hole):
    counts = np.array(rows, float)
    exposure = np.ones(7)
    exposure[2] = 0 if hole else 1
    with np.errstate(all="raise", under="ignore"):
        found = scan(counts, exposure)
    assert ((found.log_p <= 0) & np.isfinite(found.log_p)).all()
    assert np.isfinite(found.expected).all()


@given(st.integers(2, 30), st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_twice_the_exposure_is_twice_expected(scale, seed):
    counts = np.random.default_rng(seed).poisson(8, (6, 30)).astype(float)
    one, other = scan(counts, np.ones(30)), scan(counts, np.full(30, float(scale)))
    np.testing.assert_allclose(one.expected, other.expected)
    np.testing.assert_allclose(one.log_p, other.log_p, atol=1e-8)


# Tails and spread


@pytest.mark.parametrize(("mean", "variance"), [(0.02, 0.021), (3, 3.0001), (3, 9), (40, 200), (1000, 1500)])
def test_the_tail_is_close_to_the_exact_one_and_never_below(mean, variance):
    r = mean**2 / (variance - mean)
    for z in (3, 6, 12):
        observed = float(np.ceil(mean + z * np.sqrt(variance)))
        exact = stats.nbinom.logsf(observed - 1, r, r / (r + mean))
        found = float(tail(np.array([observed]), np.array([mean]), np.array([variance]))[0])
        assert exact - 1e-6 <= found <= exact + 0.12


def test_a_tail_beyond_the_smallest_number_is_still_told():
    assert -1e5 < float(tail(np.array([7000.0]), np.array([50.0]), np.array([51.0]))[0]) < -20_000


def test_few_degrees_of_freedom_make_a_chance_less_small():
    log_p = np.log(np.array([1e-8]))
    small, many = (float(t_tail(log_p, np.array([df]))[0]) for df in (10.0, 1e7))
    assert small == pytest.approx(float(stats.t.logsf(stats.norm.isf(1e-8), 10)), rel=1e-6)
    assert many == pytest.approx(float(log_p[0]))


@pytest.mark.parametrize("over", [0.0, 0.05, 0.3])
def test_extra_variance_is_learned(over):
    rng = np.random.default_rng(0)
    mean = rng.gamma(1 / over, over, (52, 400)) * 30 if over else 30.0
    found = extra_variance(rng.poisson(mean, (52, 400)).astype(float), np.ones((52, 400)))
    assert float(np.median(found)) == pytest.approx(over, abs=0.02 + over / 5)


def test_a_step_is_no_extra_variance():
    rng = np.random.default_rng(0)
    counts = rng.poisson(np.where(np.arange(60) < 30, 20, 60)[:, None], (60, 200)).astype(float)
    assert float(np.median(extra_variance(counts, np.ones((60, 200))))) < 0.03
