"""Groups compared within strata, and waits compared: agreement with R's printed results."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.stats.strata import exact, mantel_haenszel
from andon.stats.tables import fisher
from andon.stats.waits import longer

BERKELEY = ((512, 825, 89, 108), (353, 560, 17, 25), (120, 325, 202, 593), (138, 417, 131, 375), (53, 191, 94, 393),
            (22, 373, 24, 341))  # fmt: skip
"""Men and women admitted to six departments (Bickel, Hammel and O'Connell 1975; R's UCBAdmissions)."""


def test_berkeley_as_r_prints_it():
    """mantelhaen.test(UCBAdmissions): p = 0.2323, common odds ratio 0.9046968."""
    found = mantel_haenszel(BERKELEY)
    assert (found.p, found.odds) == pytest.approx((0.2323, 0.9046968), abs=5e-5)


def test_a_difference_that_the_mix_of_strata_makes_is_gone_within_them():
    whole = np.sum(BERKELEY, axis=0)
    assert fisher(*whole.tolist()) < 1e-20
    assert mantel_haenszel(BERKELEY).ratio.low < 1 < mantel_haenszel(BERKELEY).ratio.high


def test_with_one_stratum_the_exact_test_is_fishers():
    assert exact([(3, 4, 1, 4)]) == pytest.approx(fisher(3, 4, 1, 4))


@given(st.integers(0, 20), st.integers(0, 15))
def test_a_stratum_of_one_group_alone_changes_nothing(x, y):
    row = (x, 20, y, 15)
    assert exact([row, (3, 9, 0, 0)]) == pytest.approx(exact([row]))
    assert mantel_haenszel([row, (3, 9, 0, 0)]).p == pytest.approx(mantel_haenszel([row]).p)


def test_the_exact_test_is_near_the_usual_one_where_there_are_many():
    assert exact(BERKELEY) == pytest.approx(mantel_haenszel(BERKELEY).p, abs=0.01)


def test_no_stratum_says_nothing():
    found = mantel_haenszel([(1, 4, 0, 0)])
    assert (found.used, found.compared, found.p) == (0, 0, 1.0)


def test_more_than_there_are_is_turned_down():
    with pytest.raises(ValueError, match="a stratum is"):
        mantel_haenszel([(5, 4, 0, 3)])


def test_waits_as_r_compares_them():
    """R's ?wilcox.test (Hollander and Wolfe 1973, 69f): shift 0.305, from -0.15 to 0.76, p = 0.2544 two-sided."""
    x = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
    y = [1.15, 0.88, 0.90, 0.74, 1.21]
    shift, p = longer(x, y)
    assert (shift.estimate, shift.low, shift.high) == pytest.approx((0.305, -0.15, 0.76))
    assert p == pytest.approx(0.2544, abs=5e-5)


def test_equal_waits_are_no_difference():
    shift, p = longer([3.0] * 8, [3.0] * 9)
    assert (shift.estimate, p) == (0, 1)


def test_nobody_waiting_says_nothing():
    assert longer([], [1.0])[1] == 1.0
