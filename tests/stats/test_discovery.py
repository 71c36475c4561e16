"""p-values of whole series, and false discoveries over many."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.stats import charts, discovery


def strength(kind, x, points, n=None, **options):
    offsets = np.arange(len(x) // points + 1) * points
    return discovery.strength(x, charts.limits(kind, x, offsets, n, **options), offsets, n)


def quiet(kind, rng, size):
    return {
        "xmr": (rng.normal(size=size), None),
        "c": (rng.poisson(3, size).astype(float), None),
        "u": (rng.poisson(2, size) / 2.0, 2),
        "p": (rng.binomial(50, 0.1, size) / 50, 50),
        "np": (rng.binomial(50, 0.1, size).astype(float), 50),
        "p'": (rng.binomial(50, 0.1, size) / 50, 50),
        "u'": (rng.poisson(2, size) / 2.0, 2),
        "xbar-s": (rng.normal(size=size) / 2, 4),
    }[kind]


@pytest.mark.parametrize("kind", ["xmr", "c", "u", "p", "np", "p'", "u'", "xbar-s"])
@pytest.mark.parametrize("points", [12, 24, 104])
def test_quiet_series_are_seldom_surprising(kind, points):
    x, n = quiet(kind, np.random.default_rng(6), 1500 * points)
    p = strength(kind, x, points, n).p
    assert (p < 0.05).mean() < 0.065
    assert (p < 0.001).mean() < 0.004
    assert discovery.discoveries(p, 0.05).sum() <= 2


def test_a_few_changed_series_among_many_quiet_ones_are_found():
    rng = np.random.default_rng(7)
    x = rng.normal(size=(2000, 104))
    x[:20, 50:] += 2.0
    x[20:40, 77] += 9.0
    found = discovery.discoveries(strength("xmr", x.ravel(), 104).p, 0.05)
    assert found[:40].sum() >= 38
    assert found[40:].sum() <= 6


def test_the_point_farthest_out_is_named():
    x = np.random.default_rng(8).normal(size=50)
    x[17] = -12
    found = strength("xmr", x, 50)
    assert found.point[0] == 17
    assert found.score[0] < -6


def test_leaving_a_series_that_never_moved_is_as_likely_as_one_in_so_many():
    x = np.array([3.0] * 9 + [4.0])
    assert discovery.strength(x, charts.limits("xmr", x, [0, 10], baseline=9), [0, 10]).extreme[0] > 0.3


@pytest.mark.parametrize("x", [[], [1.0], [np.nan] * 4, [2.0] * 30, [1.0, 2.0]])
def test_little_or_nothing_to_go_by_is_no_surprise(x):
    found = discovery.strength(x, charts.limits("xmr", x, [0, len(x)]), [0, len(x)])
    assert found.p.tolist() == [1.0]


def test_a_run_chart_is_judged_by_its_runs():
    x = np.array([1.0] * 30 + [3.0] * 31)
    found = discovery.strength(x, charts.limits("run", x, [0, 61], centre=2), [0, 61])
    assert found.extreme[0] == 1
    assert found.p[0] < 1e-6


def test_no_series_no_strength():
    assert len(discovery.strength([], charts.limits("xmr", [], [0]), [0]).p) == 0


@pytest.mark.parametrize("flips", range(1, 11))
def test_the_longest_run_of_coin_flips_by_counting_them_all(flips):
    longest = [
        max(len(list(same)) for _, same in itertools.groupby(coins))
        for coins in itertools.product((0, 1), repeat=flips)
    ]
    for run in range(1, flips + 2):
        expected = np.mean([length >= run for length in longest])
        assert discovery.longest_run_chance(flips, run) == pytest.approx(expected, abs=1e-12)


def test_very_many_flips_join_the_exact_ones():
    exact, rough = discovery.longest_run_chance(10_000, 18), discovery.longest_run_chance(10_001, 18)
    assert rough == pytest.approx(exact, rel=1e-2)


def test_q_values_of_benjamini_and_hochberg_by_hand():
    assert discovery.q_values([0.01, 0.04, 0.03, 0.5]) == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])


def test_a_p_value_that_is_missing_was_not_looked_at():
    found = discovery.q_values([0.01, np.nan, 0.02])
    assert found == pytest.approx([0.02, np.nan, 0.02], nan_ok=True)
    assert discovery.discoveries([0.01, np.nan, 0.02], 0.05).tolist() == [True, False, True]


def test_no_p_values_no_discoveries():
    assert discovery.discoveries([]).tolist() == []


@pytest.mark.parametrize("q", [0, 1.5, -1])
def test_q_is_a_share(q):
    with pytest.raises(ValueError, match="share"):
        discovery.discoveries([0.1], q)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_q_values_keep_the_order_and_never_fall_below_p(p):
    q = discovery.q_values(p)
    order = np.argsort(p, kind="stable")
    assert (np.diff(q[order]) >= 0).all()
    assert (q >= np.array(p) - 1e-12).all()
