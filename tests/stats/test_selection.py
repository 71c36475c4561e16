"""Naming as many as can be without naming too many wrongly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.stats.selection import expected_wrong, selected

chances = st.lists(st.floats(0, 1), max_size=60)
shares = st.floats(0, 0.99)


def test_the_largest_set_whose_mean_risk_is_allowed_is_named():
    # risks .01, .04, .10, .30: means .01, .025, .05, .1125
    assert selected([0.99, 0.70, 0.96, 0.90], 0.05).tolist() == [True, False, True, True]


def test_nobody_is_named_where_even_the_likeliest_is_too_unsure():
    assert not selected([0.94, 0.5, 0.2], 0.05).any()


def test_a_sure_one_does_not_drag_equals_in_one_by_one():
    assert selected([1.0, 0.9, 0.9], 0.05).tolist() == [True, False, False]


def test_who_was_not_looked_at_is_never_named():
    assert selected([np.nan, 0.99], 0.05).tolist() == [False, True]


def test_nobody_at_all_is_nobody_named():
    assert selected([], 0.05).tolist() == []
    assert expected_wrong([], []) == 0


@pytest.mark.parametrize("q", [-0.1, 1.0, float("nan")])
def test_what_is_no_share_is_turned_down(q):
    with pytest.raises(ValueError, match="share"):
        selected([0.5], q)


@given(chances, shares)
def test_the_expected_share_of_wrong_ones_is_kept(chance, q):
    assert expected_wrong(chance, selected(chance, q)) <= q + 1e-9


@given(chances, shares)
def test_nobody_is_left_out_who_is_likelier_than_somebody_named(chance, q):
    named = selected(chance, q)
    if named.any() and not named.all():
        assert np.max(np.array(chance)[~named]) < np.min(np.array(chance)[named])


@given(chances, shares, shares)
def test_who_allows_more_names_no_fewer(chance, q, other):
    assert selected(chance, min(q, other)).sum() <= selected(chance, max(q, other)).sum()
