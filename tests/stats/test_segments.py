"""Phases, sums and the constants of control charts."""

import numpy as np
import pytest

from andon.stats import arl, charts
from andon.stats.constants import c4, range_constants
from andon.stats.rules import RULES
from andon.stats.segments import Segments, phase_offsets


def test_series_split_where_a_phase_begins():
    begins = np.zeros(10, bool)
    begins[[4, 7]] = True
    assert phase_offsets([0, 6, 10], begins).tolist() == [0, 4, 6, 7, 10]


def test_a_phase_that_begins_with_its_series_splits_nothing():
    assert phase_offsets([0, 2, 2, 4], [True, False, True, False]).tolist() == [0, 2, 2, 4]


def test_limits_are_re_based_in_each_phase_and_nowhere_else():
    x = np.array([1.0, 2, 1, 2, 11, 12, 11, 12])
    begins = np.arange(8) == 4
    limits = charts.limits("xmr", x, phase_offsets([0, 8], begins))
    assert limits.centre.tolist() == [1.5] * 4 + [11.5] * 4
    assert limits.sigma[4] == pytest.approx(1 / 1.128)


def test_a_segment_of_its_own_is_never_joined_in_a_block():
    cuts = list(Segments(np.array([0, 5, 5, 9, 20])).blocks(points=6))
    assert [(which.start, which.stop) for which, _, _ in cuts] == [(0, 2), (2, 3), (3, 4)]
    assert [(where.start, where.stop) for _, where, _ in cuts] == [(0, 5), (5, 9), (9, 20)]


def test_medians_of_segments():
    median = Segments(np.array([0, 3, 3, 7])).median(np.array([5, 1, 3, 1, 2, 3, np.nan]))
    assert median[:, 0] == pytest.approx([3, np.nan, 2], nan_ok=True)


@pytest.mark.parametrize(
    ("size", "d2", "d3"),
    [(2, 1.128, 0.853), (3, 1.693, 0.888), (5, 2.326, 0.864), (10, 3.078, 0.797), (25, 3.931, 0.708)],
)
def test_constants_of_the_range_as_printed(size, d2, d3):
    """Montgomery, appendix VI."""
    assert range_constants(size) == pytest.approx((d2, d3), abs=0.0006)


@pytest.mark.parametrize(("size", "printed"), [(2, 0.7979), (5, 0.9400), (25, 0.9896)])
def test_constants_of_the_standard_deviation_as_printed(size, printed):
    """Montgomery, appendix VI."""
    assert c4(np.array(float(size))) == pytest.approx(printed, abs=5e-5)


def test_constants_join_smoothly_where_the_expansion_takes_over():
    below, above = c4(np.array([350.0, 351.0]))
    assert above - below == pytest.approx(0.25 / 350**2, rel=0.05)


def test_one_value_has_no_range_and_no_standard_deviation():
    assert np.isnan([*range_constants(1), c4(np.array(1.0))]).all()


@pytest.mark.parametrize("shift", [0, 1.5])
def test_run_lengths_of_rules_on_either_side_are_solved_too(shift):
    both = (RULES["nelson"][6], RULES["nelson"][7], RULES["nelson"][0])
    mean, error = arl.simulated(both, np.random.default_rng(1), shift, series=2000, points=3000)
    assert mean == pytest.approx(arl.of_rules(both, shift), abs=4 * error + 0.01 * mean)


def test_one_number_a_point_needs_no_spreading():
    own = np.array([1.0, 2.0])
    assert Segments(np.array([0, 2])).expand(own) is own
