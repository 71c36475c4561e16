"""Cronbach's alpha: agreement with psych::alpha in R, and what must hold of any answers."""

import math
from io import StringIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from andon.stats.reliability import alpha

# How 30 departments of a financial organisation judge their supervisors, seven questions (Chatterjee and Price 1977).
ATTITUDE = np.loadtxt(
    StringIO("""
    43 51 30 39 61 92 45  63 64 51 54 63 73 47  71 70 68 69 76 86 48  61 63 45 47 54 84 35  81 78 56 66 71 83 47
    43 55 49 44 54 49 34  58 67 42 56 66 68 35  71 75 50 55 70 66 41  72 82 72 67 71 83 31  67 61 45 47 62 80 41
    64 53 53 58 58 67 34  67 60 47 39 59 74 41  69 62 57 42 55 63 25  68 83 83 45 59 77 35  77 77 54 72 79 77 46
    81 90 50 72 60 54 36  74 85 64 69 79 79 63  65 60 65 75 55 80 60  65 70 46 57 75 85 46  50 58 68 54 64 78 52
    50 40 33 34 43 64 33  64 61 52 62 66 80 41  53 66 52 50 63 80 37  40 37 42 58 50 57 49  63 54 42 48 66 75 33
    66 77 66 63 88 76 72  78 75 58 74 80 78 49  48 57 44 45 51 83 38  85 85 71 71 77 74 55  82 82 39 59 64 78 39
""")
).reshape(30, 7)


def test_the_judgements_of_supervisors_hang_together_as_psych_says():
    """psych 2.2.9: alpha(attitude), raw 0.843143; alpha.ci of it with 30 and 7: 0.739376 to 0.915773."""
    found = alpha(ATTITUDE)
    assert found.value == pytest.approx(0.843142770, abs=1e-8)
    assert (found.low, found.high) == pytest.approx((0.73937607, 0.91577320), abs=1e-6)
    assert (found.n, found.k) == (30, 7)


def test_questions_that_say_the_same_hang_together_wholly():
    one = np.array([1.0, 2, 5, 3])
    assert alpha(np.column_stack([one, one, one])).value == pytest.approx(1)


@pytest.mark.parametrize("answers", [np.full((9, 3), 4.0), np.ones((2, 3)), np.empty((0, 2))])
def test_where_nobody_differs_nothing_can_be_told(answers):
    assert math.isnan(alpha(answers).value)


@pytest.mark.parametrize("answers", [np.ones((5, 1)), np.array([[1.0, np.nan], [2, 3], [4, 5]])])
def test_it_takes_several_questions_and_every_answer(answers):
    with pytest.raises(ValueError, match="two questions or more"):
        alpha(answers)


@given(
    arrays(
        np.float64, st.tuples(st.integers(3, 30), st.integers(2, 6)), elements=st.integers(1, 5).map(float)
    )
)
def test_it_is_one_at_most_lies_in_its_interval_and_knows_no_order(answers):
    found = alpha(answers)
    if math.isnan(found.value):
        return
    assert found.value <= 1 + 1e-12
    assert found.low <= found.high <= 1 + 1e-12
    assert found.low <= found.value <= 1 + 1e-12
    assert alpha(answers[::-1, ::-1]).value == pytest.approx(found.value)
    assert alpha(25 * (answers - 1)).value == pytest.approx(found.value)
