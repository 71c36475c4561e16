"""What must hold of any panel."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.stats import linked
from andon.stats.linked.permuting import deals, dealt_products, dealt_r, least

seeds = st.integers(0, 10_000)


def panel(seed, units=9, periods=6, missing=0.0):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2, units, periods))
    holes = rng.random((units, periods)) < missing
    return np.where(holes, np.nan, x), np.where(holes, np.nan, y)


@given(seeds, st.floats(0, 0.4))
@settings(max_examples=25, deadline=None)
def test_what_is_left_sums_to_nothing_in_every_unit_and_period(seed, missing):
    x, _ = panel(seed, missing=missing)
    left = linked.Sweeper(np.isfinite(x)).rest(x)
    assert np.abs(left.sum(axis=0)).max() < 1e-8
    assert np.abs(left.sum(axis=1)).max() < 1e-8


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_a_season_that_all_units_share_changes_nothing(seed):
    x, y = panel(seed)
    season = 10 * np.sin(np.arange(6))
    plain = linked.within(x, y, np.random.default_rng(1), 99)
    shared = linked.within(x + season, y - 3 * season, np.random.default_rng(1), 99)
    assert shared.r == pytest.approx(plain.r, abs=1e-8)
    assert shared.p == plain.p


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_levels_of_units_change_nothing_within_and_units_of_measure_nothing_at_all(seed):
    x, y = panel(seed)
    rng = np.random.default_rng(seed)
    plain = linked.within(x, y, np.random.default_rng(1), 99)
    moved = linked.within(100 * x + rng.normal(size=(9, 1)), y / 7 - 3, np.random.default_rng(1), 99)
    assert moved.r == pytest.approx(plain.r, abs=1e-8)
    assert moved.slope == pytest.approx(plain.slope / 700, rel=1e-6)


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_a_scale_turned_round_turns_the_sign_and_keeps_the_chance(seed):
    x, y = panel(seed)
    plain, turned = (linked.within(x, sign * y, np.random.default_rng(1), 99) for sign in (1, -1))
    assert (turned.r, turned.low, turned.high) == pytest.approx((-plain.r, -plain.high, -plain.low))
    assert turned.p == plain.p


def test_levels_of_units_are_their_means_where_nothing_is_missing():
    x, _ = panel(3)
    units, periods = linked.Sweeper(np.ones(x.shape, np.bool_)).effects(x)
    assert units == pytest.approx(x.mean(axis=1))
    assert periods.sum() == pytest.approx(0, abs=1e-9)


def test_levels_allow_for_the_periods_a_unit_was_missing_in():
    x = np.add.outer(np.array([1.0, 2.0, 3.0]), np.array([0.0, 10.0, 20.0]))
    x[0, 2] = np.nan
    units, _ = linked.Sweeper(np.isfinite(x)).effects(x)
    assert np.diff(units) == pytest.approx([1, 1])


def test_units_of_different_periods_are_not_joined():
    mask = np.array([[True, True, False, False], [True, True, False, False], [False, False, True, True]])
    assert not linked.Sweeper(mask).joined
    mask[1, 2] = True
    assert linked.Sweeper(mask).joined


@given(seeds, st.floats(0, 0.3))
@settings(max_examples=15, deadline=None)
def test_dealing_out_histories_at_once_is_dealing_them_out_one_by_one(seed, missing):
    x, y = panel(seed, missing=missing)
    mask = np.isfinite(x)
    sweep = linked.Sweeper(mask)
    a, b = sweep.rest(x), sweep.rest(y)
    orders = deals(np.random.default_rng(seed), 7, 9)
    for order, r in zip(orders, dealt_r(a, b, mask, orders), strict=True):
        both = mask & mask[order]
        c, d = np.where(both, a, 0), np.where(both, b[order], 0)
        size = np.sqrt((c * c).sum() * (d * d).sum())
        assert r == pytest.approx((c * d).sum() / size if size else 0, abs=1e-9)


def test_products_of_dealt_units_are_those_of_one_by_one():
    x, y = np.arange(5.0), np.array([3.0, 1, 4, 1, 5])
    orders = deals(np.random.default_rng(0), 20, 5)
    assert dealt_products(x, y, orders) == pytest.approx([x @ y[order] for order in orders])


def test_no_chance_is_smaller_than_the_number_of_orders_allows():
    assert least(4999, 5) == pytest.approx(1 / 120)
    assert least(99, 12) == pytest.approx(0.01)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_adjusted_chances_keep_the_order_and_are_never_smaller(chances):
    found = linked.adjusted(chances)
    assert (found >= np.array(chances) - 1e-12).all()
    assert (found <= 1).all()
    order = np.argsort(chances, kind="stable")
    assert (np.diff(found[order]) >= -1e-12).all()


def test_chances_that_are_not_known_are_not_counted():
    assert linked.adjusted([0.02, float("nan"), 0.5])[0] == pytest.approx(0.04)
    assert np.isnan(linked.adjusted([float("nan")])).all()


@pytest.mark.parametrize("flat", ["first", "second"])
def test_a_constant_measure_has_no_correlation(flat):
    x, y = panel(1)
    x, y = (np.full_like(x, 3.1), y) if flat == "first" else (x, np.full_like(y, 0.1))
    for found in (
        linked.between(x.mean(axis=1), y.mean(axis=1), np.random.default_rng(1), 99),
        linked.within(x, y, np.random.default_rng(1), 99),
    ):
        assert not found.known
        assert found.why == f"{flat} constant"


def test_one_period_says_nothing_within():
    x, y = panel(1, periods=1)
    assert linked.within(x, y, np.random.default_rng(1), 99).why == "few periods"


def test_no_cells_at_all_say_nothing():
    x = np.full((5, 4), np.nan)
    assert not linked.within(x, x, np.random.default_rng(1), 99).known
    assert not linked.between(np.empty(0), np.empty(0), np.random.default_rng(1), 99).known
    assert not any(lag.association.known for lag in linked.lags(x, x, 2))


def test_the_same_seed_gives_the_same_chance():
    x, y = panel(8)
    first, second = (linked.within(x, y, np.random.default_rng(4), 199).p for _ in range(2))
    assert first == second
