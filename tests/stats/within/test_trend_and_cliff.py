"""Trends that are none, cliffs that are, and quantiles without sorting."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.stats.within.cliff import gap, jumps, sharp
from andon.stats.within.cluster import adjusted
from andon.stats.within.coding import crossed, dense, quantiles
from andon.stats.within.trend import levels, trend

WEEKS = np.arange(104)


def moved(level, n=None):
    years = np.arange(len(level)) / 52.18
    return trend(np.asarray(level, float), np.full(len(level), 50.0) if n is None else n, years)


def test_a_trend_beside_a_season_is_found_with_its_size():
    rng = np.random.default_rng(1)
    found = moved(0.5 * WEEKS / 103 + np.sin(2 * np.pi * WEEKS / 52.18) + 0.1 * rng.normal(size=104))
    assert found.change == pytest.approx(0.5, abs=0.1)
    assert found.p < 0.001
    assert found.steady
    assert found.seasonal


def test_a_season_alone_is_no_steady_trend():
    for phase in np.linspace(0, 2 * np.pi, 12):
        one = moved(np.sin(2 * np.pi * np.arange(52) / 52 + phase))
        two = moved(
            np.sin(2 * np.pi * WEEKS / 52.18 + phase) + 1e-3 * np.random.default_rng(1).normal(size=104)
        )
        assert not (one.p < 0.01 and one.steady)
        assert not (two.p < 0.01 and two.steady and abs(two.change) > 0.01)


def test_levels_that_wander_are_seldom_called_a_trend():
    rng = np.random.default_rng(5)
    called = 0
    for _ in range(200):
        noise = rng.normal(size=104)
        level = np.zeros(104)
        for i in range(1, 104):
            level[i] = 0.6 * level[i - 1] + noise[i]
        called += moved(level).p < 0.01
    assert called <= 8


def test_too_few_points_have_no_trend():
    assert moved([1, 2, 3]) is None


def test_a_change_of_the_mix_of_work_is_no_change_of_the_level():
    period = np.repeat(np.arange(10), 2)
    kind = np.tile([0, 1], 10)
    n = np.where(kind == 0, 100.0 - 8 * period, 20.0 + 8 * period)
    level, cases = levels(kind, period, n, n * np.where(kind == 0, 1.0, 5.0))
    assert np.ptp(level) == pytest.approx(0, abs=1e-6)
    assert cases == pytest.approx(np.full(10, 120.0))


# Cliffs


def counts(rng, moved_share=0.0, edge=300, size=200_000):
    x = rng.gamma(4, 75, size)
    over = (x > edge) & (rng.random(size) < moved_share)
    x = np.where(over, edge - rng.exponential(8, size), x)
    return np.bincount(np.clip(x, 0, 1499).astype(int), minlength=1500).astype(float)


def test_the_jump_of_densities_is_that_planted():
    rng = np.random.default_rng(2)
    n = np.concatenate([rng.poisson(1000, 60), rng.poisson(600, 60)]).astype(float)
    ratio, error = jumps(n, np.array([60]), 30)
    assert ratio[0] == pytest.approx(np.log(0.6), abs=3 * error[0])
    assert error[0] < 0.03


def test_a_cliff_is_sharp_and_a_curve_is_not():
    rng = np.random.default_rng(3)
    ratio, error = sharp(counts(rng, 0.3), np.array([300, 200, 400]), 40)
    z = ratio / error
    assert z[0] < -10
    plain, error = sharp(counts(rng), np.arange(100, 600, 20), 40)
    assert np.abs(plain / error).max() < 4.5


def test_edges_without_room_are_not_told():
    assert np.isnan(jumps(np.ones(40), np.array([3, 38]), 12)[0]).all()


def test_a_gap_in_the_outcome_beside_an_edge_is_measured():
    n = np.full(200, 400.0)
    mean = 0.02 * np.arange(200.0)
    mean[90:100] -= 0.5
    found = gap(n, n * mean, 100, True, 1.0, 10)
    assert found.value == pytest.approx(-0.5, abs=0.01)
    assert found.cases == 4000
    assert gap(n, n * mean, 150, True, 1.0, 10).value == pytest.approx(0, abs=1e-6)


# Codes and chances


@given(st.lists(st.integers(0, 50), min_size=1))
def test_dense_codes_are_those_of_sorting(codes):
    found, values = dense(np.array(codes))
    wanted = np.unique(codes, return_inverse=True)
    assert values.tolist() == wanted[0].tolist()
    assert found.tolist() == wanted[1].tolist()


def test_codes_too_large_for_a_table_are_sorted():
    found, values = dense(np.array([10**12, 5, 10**12]))
    assert found.tolist() == [1, 0, 1]
    assert values.tolist() == [5, 10**12]
    assert crossed(np.array([0, 1, 0]), np.array([2, 0, 2])).tolist() == [0, 1, 0]


def test_weighted_quantiles_are_near_those_of_the_cases_also_with_a_value_far_out():
    rng = np.random.default_rng(1)
    values = np.append(rng.normal(size=20_000), 1e6)
    found = quantiles(values, np.ones(len(values)), (0.25, 0.5, 0.75))
    assert found == pytest.approx(np.quantile(values, (0.25, 0.5, 0.75)), abs=0.02)


def test_adjusted_chances_are_those_of_r():
    """p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "BH") and of (0.005, 0.5, 0.02), R 4.2."""
    assert adjusted(np.array([0.01, 0.02, 0.03, 0.04, 0.05])) == pytest.approx([0.05] * 5)
    assert adjusted(np.array([0.005, 0.5, 0.02])) == pytest.approx([0.015, 0.5, 0.03])
