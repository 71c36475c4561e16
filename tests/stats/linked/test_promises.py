"""Chances and intervals keep their promise."""

import numpy as np
import pytest

from andon.stats import linked
from tests.analysis.linking.made import BURN, later, series


def worlds(count, units=12, periods=10, missing=0.0, keeps=0.6):
    """Two measures that have nothing to do with each other, both of which last."""
    for seed in range(count):
        rng = np.random.default_rng([3, seed])
        x, y = (series(rng, units, periods + BURN, keeps)[:, BURN:] for _ in range(2))
        holes = rng.random(x.shape) < missing
        yield np.where(holes, np.nan, x), y


def rate(found):
    return float(np.mean([p <= 0.05 for p in found]))


def test_within_nothing_is_found_in_about_one_of_twenty_worlds_at_most_although_measures_last():
    assert rate(linked.within(x, y, np.random.default_rng(1), 199).p for x, y in worlds(200)) <= 0.085


def test_nor_more_where_cells_are_missing():
    found = [linked.within(x, y, np.random.default_rng(1), 199).p for x, y in worlds(200, missing=0.3)]
    assert rate(found) <= 0.085


def test_lags_find_nothing_in_about_one_of_twenty():
    found = [lag.association.p for x, y in worlds(200, units=15, periods=15) for lag in linked.lags(x, y, 1)]
    assert rate(found) <= 0.075


def test_between_finds_nothing_in_about_one_of_twenty():
    rng = np.random.default_rng(2)
    found = [linked.between(rng.normal(size=10), rng.exponential(size=10), rng, 199).p for _ in range(300)]
    assert rate(found) <= 0.08


def test_the_interval_within_holds_the_truth_in_about_nineteen_of_twenty():
    held = []
    for seed in range(200):
        rng = np.random.default_rng([9, seed])
        x = series(rng, 10, 12, 0.6)
        y = 0.5 * x + series(rng, 10, 12, 0.6) * rng.uniform(0.5, 2, (10, 1))
        found = linked.within(x, y, rng, 99)
        held.append(found.slope_low <= 0.5 <= found.slope_high)
    assert np.mean(held) >= 0.91


def test_the_interval_of_r_within_is_near_fishers_where_cells_have_nothing_to_do_with_each_other():
    rng = np.random.default_rng(8)
    x = rng.normal(size=(200, 20))
    found = linked.within(x, 2 * x + rng.normal(size=x.shape), rng, 99)
    wide = 1.96 / np.sqrt(found.cells * 0.95)
    assert np.arctanh([found.low, found.r, found.high]) == pytest.approx(
        np.arctanh(found.r) + np.array([-wide, 0, wide]), rel=0.05
    )
    assert found.high < 1


def test_one_unit_far_out_does_not_make_a_small_chance():
    rng = np.random.default_rng(6)
    x, y = rng.normal(size=(2, 40))
    x[0], y[0] = 20, 20
    found = linked.between(x, y, rng, 999)
    assert found.r > 0.8
    assert found.p > 0.05
    assert found.without_one is not None
    assert found.without_one.unit == 0
    assert found.without_one.far


def test_what_leads_is_seen_to_lead_and_not_to_follow():
    rng = np.random.default_rng(11)
    x = series(rng, 40, 36, 0.6)
    y = 0.5 * later(x) + series(rng, 40, 36, 0.3)
    first, second = linked.lags(x[:, BURN:], y[:, BURN:], 1)
    assert first.leads == "first"
    assert first.association.low > 0.2
    assert second.association.p > 0.05
    assert second.plain > 0.05  # without holding its past equal, it would seem to follow as well
