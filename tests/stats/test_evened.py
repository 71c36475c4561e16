"""The mix of work evened out, told from within people."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.stats.evened import advantages


def crew(rng, people=40, kinds=3, cases=400.0):
    who, kind = (grid.ravel() for grid in np.meshgrid(np.arange(people), np.arange(kinds), indexing="ij"))
    n = rng.integers(1, int(cases), who.size).astype(float)
    return who, kind, n


def test_how_easy_a_kind_is_is_told_apart_from_who_had_more_of_it():
    """The best people have most of the hard cases: a comparison across people would call these easy."""
    who, kind, n = crew(np.random.default_rng(1))
    n = np.where(kind == 2, who * 50.0 + 1, n)
    ease = np.array([0.1, 0.0, -0.2])[kind]
    found = advantages(who, [kind], n, ease + who * 0.05)
    told = [found[kind == k].mean() for k in range(3)]
    assert np.subtract(told, told[1]) == pytest.approx([0.1, 0.0, -0.2], abs=0.01)


def test_where_nobody_had_two_kinds_nothing_is_told():
    who = np.arange(6)
    assert np.allclose(advantages(who, [who % 2], np.full(6, 50.0), who * 1.0), 0)


def test_without_kinds_nothing_is_told():
    assert advantages(np.arange(3), [], np.ones(3), np.ones(3)).tolist() == [0, 0, 0]


def test_a_kind_that_was_seen_once_says_little():
    who = np.zeros(2, int)
    found = advantages(who, [np.array([0, 1])], np.array([1.0, 1000.0]), np.array([1.0, 0.0]))
    assert abs(found[0] - found[1]) < 0.7


@given(st.integers(0, 1000), st.floats(-5, 5))
def test_over_all_cases_nothing_is_given_or_taken(seed, shift):
    rng = np.random.default_rng(seed)
    who, kind, n = crew(rng, people=5)
    found = advantages(who, [kind, rng.integers(0, 2, who.size)], n, rng.normal(shift, 1, who.size))
    assert np.average(found, weights=n) == pytest.approx(0, abs=1e-9)
