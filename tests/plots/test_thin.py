"""Fewer points without hiding anything that matters."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from andon.plots.thin import thin


def test_a_short_series_is_kept_whole():
    assert thin(np.zeros(30), np.zeros(30, bool), 10).tolist() == list(range(30))


@given(st.integers(0, 2**32 - 1), st.integers(31, 400))
def test_the_lowest_the_highest_and_all_to_keep_stay(seed, n):
    rng = np.random.default_rng(seed)
    value, keep = rng.normal(size=n), rng.random(n) < 0.05
    kept = thin(value, keep, 10)
    assert {int(value.argmin()), int(value.argmax()), 0, n - 1} <= set(kept.tolist())
    assert set(np.flatnonzero(keep).tolist()) <= set(kept.tolist())
    assert len(kept) <= 22 + keep.sum()
    assert (np.diff(kept) > 0).all()


def test_a_column_without_any_value_keeps_a_missing_one():
    value = np.zeros(100)
    value[40:60] = np.nan
    assert np.isnan(value[thin(value, np.zeros(100, bool), 10)]).any()


def test_nothing_but_missing_points_is_no_error():
    assert len(thin(np.full(100, np.nan), np.zeros(100, bool), 10)) >= 10
