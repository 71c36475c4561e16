"""Numbers beside the axis of a shape are told apart."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from andon.plots.shape import ShapePicture, shape


def drawn(low: float, high: float) -> str:
    at = np.array([1.0, 2.0, 3.0])
    value = np.array([low, (low + high) / 2, high])
    nothing = np.full(3, np.nan)
    return shape(
        ShapePicture(
            "",
            "",
            "time",
            "csat",
            ["a", "b", "c"],
            at,
            at,
            value,
            nothing,
            nothing,
            value[1],
            0.0,
            np.nan,
            "",
        )
    )


def beside_the_axis(svg: str) -> list[str]:
    return re.findall(r'text-anchor="end">([^<]+)<', svg)


def test_a_narrow_range_gets_more_figures():
    assert beside_the_axis(drawn(3.93, 4.07)) == ["3.95", "4.00", "4.05"]


@given(st.floats(-50, 50), st.floats(0.02, 100))
def test_no_two_numbers_beside_the_axis_are_alike(low, width):
    told = beside_the_axis(drawn(low, low + width))
    assert len(set(told)) == len(told)
