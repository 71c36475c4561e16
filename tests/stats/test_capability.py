"""Does the process fit its specification?"""

import numpy as np
import pytest
from scipy.stats import norm

from andon.stats import charts, limits
from andon.stats.capability import capability


def line(centre=10.0, sigma=1.0):
    return limits.given(centre, centre - 3 * sigma, centre + 3 * sigma, [0, 5])


def test_a_centred_process_that_just_fits():
    found = capability(line(), 7, 13)
    assert (found.cp[0], found.cpk[0]) == (1, 1)
    assert found.outside[0] == pytest.approx(2 * norm.sf(3))


def test_the_nearer_limit_counts():
    found = capability(line(), 4, 13)
    assert (found.cp[0], found.cpk[0]) == (1.5, 1)


def test_one_limit_only():
    found = capability(line(), upper=12)
    assert np.isnan(found.cp[0])
    assert (found.cpk[0], found.outside[0]) == (pytest.approx(2 / 3), pytest.approx(norm.sf(2)))


def test_no_limits_no_answer():
    found = capability(line())
    assert np.isnan([found.cpk[0], found.outside[0]]).all()


def test_a_process_that_never_moves_fits_entirely_or_not_at_all():
    x = [5.0] * 9
    fits = capability(charts.limits("xmr", x, [0, 9]), 4, 6)
    misses = capability(charts.limits("xmr", x, [0, 9]), 6, 7)
    assert (fits.cpk[0], fits.outside[0]) == (np.inf, 0)
    assert (misses.cpk[0], misses.outside[0]) == (-np.inf, 1)


def test_a_segment_without_points_has_no_answer():
    found = capability(charts.limits("xmr", [1, 2, 3], [0, 0, 3]), 0, 4)
    assert np.isnan(found.cpk[0])
    assert found.cpk[1] > 0


def test_limits_the_wrong_way_round_are_refused():
    with pytest.raises(ValueError, match="below"):
        capability(line(), 5, 5)
