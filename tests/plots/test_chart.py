"""The chart itself: its arrays, its phases, and which exceptions are welcome."""

import numpy as np
import pytest

from andon.plots import ControlChart


def test_parts_of_different_length_are_refused_with_their_lengths(make):
    with pytest.raises(ValueError, match=r"“Returns: wrong item” differ in length.*'lower': 2"):
        make(lower=[0.1, 0.2])


def test_lists_become_arrays(make):
    chart = make(phase=[0, 0, 1, 1], lower=[1, 2, 3, 4])
    assert chart.lower.dtype == np.float64
    assert chart.phase.dtype == np.int64


def test_phases_start_where_their_number_changes(make):
    assert make(phase=[0, 0, 1, 2]).starts.tolist() == [0, 2, 3]
    assert make([]).starts.tolist() == []


@pytest.mark.parametrize(("good", "better"), [("high", [1, 0]), ("low", [0, 1]), (None, [0, 0])])
def test_every_exception_is_either_better_or_worse(make, good, better):
    chart: ControlChart = make([0.09, 0.01], marked=[1, 1], good=good)
    assert chart.better.tolist() == [bool(b) for b in better]
    assert (chart.better ^ chart.worse).all()


def test_the_latest_points_make_a_chart_of_their_own(make):
    chart = make([1, 2, 3, 4], reasons=["", "", "high", ""]).latest(2)
    assert chart.value.tolist() == [3, 4]
    assert chart.reasons == ["high", ""]
