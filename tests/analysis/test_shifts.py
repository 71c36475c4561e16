"""Where a series changes its level, and which points make its baseline."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.analysis import baselines, shifts


@pytest.fixture
def rng():
    return np.random.default_rng(3)


def test_a_step_is_found_where_it_is(rng):
    z = np.r_[rng.normal(0, 1, 30), rng.normal(5, 1, 20)]
    assert shifts.splits(z) == [30]


def test_noise_has_no_steps(rng):
    assert sum(bool(shifts.splits(rng.normal(0, 1, 60))) for _ in range(200)) <= 4


def test_a_lone_spike_is_no_step_and_no_baseline(rng):
    z = rng.normal(0, 1, 40)
    z[17] = 15
    use, cuts = shifts.baseline(z)
    assert cuts == []
    assert np.flatnonzero(~use).tolist() == [17]


def test_what_came_before_is_what_is_usual(rng):
    z = np.r_[rng.normal(0, 1, 20), rng.normal(6, 1, 30)]
    use, _ = shifts.baseline(z)
    assert use[:20].sum() >= 18
    assert not use[20:].any()


def test_a_short_odd_start_is_not_what_is_usual(rng):
    z = np.r_[[20.0, 14.0], rng.normal(0, 1, 10)]
    use, _ = shifts.baseline(z)
    assert not use[:2].any()
    assert use[2:].all()


def test_stretches_back_at_the_old_level_count_as_baseline(rng):
    z = np.r_[rng.normal(0, 1, 25), rng.normal(8, 1, 10), rng.normal(0, 1, 25)]
    use, _ = shifts.baseline(z)
    assert use[40:].sum() >= 20
    assert not use[25:35].any()


def test_likeness_of_neighbours_is_told_apart_from_a_step(rng):
    step = np.r_[rng.normal(0, 1, 100), rng.normal(8, 1, 100)]
    alike = np.zeros(200)
    for i in range(1, 200):
        alike[i] = 0.7 * alike[i - 1] + rng.normal()
    assert shifts.likeness(step) < 0.2
    assert shifts.likeness(alike) > 0.3


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_a_baseline_is_never_empty(values):
    use, cuts = shifts.baseline(np.array(values))
    assert use.any()
    assert cuts == sorted(set(cuts))


def test_a_fault_that_becomes_four_times_as_frequent_is_seen_among_few_cases():
    cases = np.full(72, 28.0)
    faults = np.r_[np.tile([0, 1, 0, 1, 1, 0, 0, 1], 7)[:52], np.tile([2, 3, 1, 3], 5)]
    _, cuts = shifts.baseline(*baselines._even(faults / cases, cases, "proportion"))
    assert cuts == [52]


def test_faults_that_stay_as_rare_as_they_were_are_no_shift():
    rng = np.random.default_rng(1)
    cases = rng.poisson(28, 72) + 1.0
    shares = [rng.binomial(cases.astype(int), 0.02) / cases for _ in range(200)]
    split = [bool(shifts.baseline(*baselines._even(share, cases, "proportion"))[1]) for share in shares]
    assert sum(split) <= 1
