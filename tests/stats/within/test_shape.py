"""The curve over stretches and its form, against planted ones."""

import numpy as np
import pytest

from andon.stats.within import absorb, curve, shape
from tests.stats.within.made import Rows, cells, made

K = 10


def drawn(rng, what, count=20_000, noise=1.0):
    """The curve and the means of the stretches, of an outcome that is `what` of the metric."""
    rows = made(rng, count, workers=30, mechanisms=3, periods=8)
    x = rng.gamma(2.0, 1.0, count)
    y = what(x) + 0.3 * rows.worker + rows.mechanism * rows.period + noise * rng.normal(size=count)
    rows = Rows(rows.worker, rows.mechanism, rows.period, x, y)
    stretch = np.searchsorted(np.quantile(x, np.arange(1, K) / K), x)
    codes, summed, cell = cells(rows)
    size = len(codes.group)
    counts = np.bincount(cell * K + stretch, minlength=size * K).reshape(size, K).astype(float)
    totals = np.bincount(cell * K + stretch, rows.y, size * K).reshape(size, K)
    known = absorb(codes, summed(np.ones(count)), np.column_stack([summed(rows.y), counts]))
    found = curve(known, counts, totals, float(rows.y @ rows.y))
    return rows, stretch, found, np.bincount(stretch, x) / np.bincount(stretch)


def form(what, seed=1, **options):
    _, _, found, means = drawn(np.random.default_rng(seed), what, **options)
    return shape(means, found.value, found.precision, found.n, found.df)


def test_the_curve_is_that_of_a_regression_on_all_dummies():
    rows, stretch, found, _ = drawn(np.random.default_rng(2), np.sqrt, count=3000)
    design = np.column_stack([np.eye(K)[stretch], rows.dummies()])
    effect = np.linalg.lstsq(design, rows.y, rcond=None)[0][:K]
    assert found.value == pytest.approx(
        effect - np.bincount(stretch, effect[stretch]).sum() / len(rows.y), abs=1e-7
    )
    left = rows.y - design @ np.linalg.lstsq(design, rows.y, rcond=None)[0]
    free = len(rows.y) - np.linalg.matrix_rank(design)
    assert found.residual == pytest.approx(left @ left / free, rel=1e-6)


def test_a_straight_line_and_a_bowed_one_are_slopes():
    assert form(lambda x: 0.2 * x).form == "slope"
    assert form(lambda x: 0.5 * np.log(x + 0.3)).form == "slope"


def test_a_threshold_at_which_it_jumps_is_found_where_it_is():
    found = form(lambda x: -0.4 * (x > 3.0))
    assert found.form == "jump"
    assert found.at == pytest.approx(3.0, abs=0.5)
    assert found.change == pytest.approx(-0.4, abs=0.08)


def test_a_slope_that_begins_at_a_threshold_is_found():
    found = form(lambda x: -0.5 * np.maximum(x - 2.0, 0))
    assert found.form == "beyond"
    assert found.low - 0.3 <= 2.0 <= found.high + 0.3
    assert found.change < 0


def test_a_slope_that_ends_is_found():
    found = form(lambda x: 0.6 * np.minimum(x, 1.5))
    assert found.form == "until"
    assert found.at == pytest.approx(1.5, abs=0.5)
    assert found.change > 0


def test_turning_points_are_found_either_way():
    peak, valley = form(lambda x: -0.3 * (x - 2) ** 2), form(lambda x: 0.3 * np.abs(x - 2))
    assert (peak.form, valley.form) == ("peak", "valley")
    assert peak.at == pytest.approx(2, abs=0.5)
    assert valley.at == pytest.approx(2, abs=0.5)


def test_no_turning_point_is_seen_in_a_hundred_slopes_that_level_off():
    found = [form(lambda x: 0.4 * np.minimum(x, 2.5), seed=seed, count=4000).form for seed in range(100)]
    assert sum(one in ("peak", "valley") for one in found) <= 3


def test_of_nothing_but_noise_bends_are_rarely_seen():
    found = [form(lambda x: 0 * x, seed=seed, count=3000).form for seed in range(100)]
    assert sum(one != "slope" for one in found) <= 12


def test_cases_that_hang_together_widen_the_interval():
    rng = np.random.default_rng(3)
    tilt = rng.normal(0, 0.5, 30)
    rows = made(rng, 6000, workers=30, mechanisms=1, periods=1)
    x = rng.normal(size=6000)
    y = tilt[rows.worker] * x + rng.normal(size=6000)
    rows = Rows(rows.worker, rows.mechanism, rows.period, x, y)
    stretch = np.searchsorted(np.quantile(x, np.arange(1, K) / K), x)
    codes, summed, cell = cells(rows)
    size = len(codes.group)
    counts = np.bincount(cell * K + stretch, minlength=size * K).reshape(size, K).astype(float)
    totals = np.bincount(cell * K + stretch, y, size * K).reshape(size, K)
    known = absorb(codes, summed(np.ones(6000)), np.column_stack([summed(y), counts]))
    assert curve(known, counts, totals, float(y @ y)).hanging > 2
