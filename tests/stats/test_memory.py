"""EWMA and CUSUM: what a missing point, a head start and many series do."""

import numpy as np
import pytest

from andon.stats import arl, charts, memory, rules


def test_a_missing_point_leaves_the_average_where_it_was():
    limits = charts.limits("ewma", [1, 3, np.nan, 5], [0, 4], weight=0.5, centre=0, sigma=1)
    assert limits.plotted == pytest.approx([0.5, 1.75, np.nan, 3.375], nan_ok=True)


def test_limits_of_an_average_grow_to_their_steady_width():
    limits = charts.limits("ewma", np.zeros(200), [0, 200], weight=0.2, centre=0, sigma=1)
    assert limits.upper[0] == pytest.approx(3 * 0.2)
    assert limits.upper[-1] == pytest.approx(3 * np.sqrt(0.2 / 1.8))


def test_an_average_takes_centre_and_sigma_from_its_points():
    limits = charts.limits("ewma", [1, 2, 1, 2], [0, 4], steady=True)
    assert (limits.centre[0], limits.sigma[0]) == (1.5, pytest.approx(np.sqrt(0.2 / 1.8) / 1.128))


def test_series_of_unequal_length_are_summed_apart():
    x = np.array([2.0, 2, 2, 5, 5])
    sums = memory.cusum_sums(x, [0, 3, 5], target=0, sigma=1, k=0.5)
    assert sums.high.tolist() == [1.5, 3, 4.5, 4.5, 9]
    assert sums.high_for.tolist() == [1, 2, 3, 1, 2]
    assert sums.low.tolist() == [0] * 5


def test_a_missing_point_leaves_a_sum_where_it_was():
    sums = memory.cusum_sums([2, np.nan, 2], [0, 3], target=0, sigma=1)
    assert sums.high.tolist() == [1.5, 1.5, 3.0]
    assert sums.high_for.tolist() == [1, 1, 2]


def test_a_head_start_signals_sooner():
    x = np.full(30, 1.0)
    late, soon = (charts.limits("cusum", x, [0, 30], centre=0, sigma=1, fir=fir) for fir in (0, 0.5))
    first = [int(rules.marks("limits", x, limits, [0, 30]).argmax()) for limits in (late, soon)]
    assert first == [10, 5]


def test_a_fall_is_drawn_downwards():
    x = np.full(30, -1.0)
    limits = charts.limits("cusum", x, [0, 30], centre=0, sigma=1)
    assert limits.plotted[-1] == -15
    assert limits.lower[0] == -5


def test_a_sum_takes_target_and_sigma_from_the_baseline():
    x = np.array([1.0, 2, 1, 2, 9, 9])
    limits = charts.limits("cusum", x, [0, 6], baseline=4)
    assert limits.upper[0] == pytest.approx(5 / 1.128)
    assert limits.plotted[5] == pytest.approx(15 - (1 + 1) * 0.5 / 1.128, abs=0.6)


def test_the_simulated_run_length_of_a_cusum_is_the_solved_one():
    x = np.random.default_rng(4).normal(1, 1, (4000, 100))
    offsets = np.arange(4001) * 100
    limits = charts.limits("cusum", x.ravel(), offsets, centre=0, sigma=1)
    first = (rules.marks("limits", x.ravel(), limits, offsets).reshape(x.shape) > 0).argmax(axis=1) + 1
    assert first.mean() == pytest.approx(arl.cusum(0.5, 5, shift=1), abs=0.3)
