"""Which way is better."""

import numpy as np
import pytest

from andon.analysis.linking.goodness import oriented
from andon.lake import BadInput
from tests.analysis.linking.made import joined, told

X, Y, Z = np.random.default_rng(1).normal(size=(3, 12, 10))
DATA = joined(X, Y, wait=Z)


def ways(*good):
    found = oriented(DATA, good)
    return [one.good for one in (*found.employee, *found.customer)]


def test_without_it_nothing_is_better():
    assert ways() == [None, None, None]


def test_once_means_all_customer_measures():
    assert ways("low") == [None, "low", "low"]


def test_as_often_as_there_are_customer_measures_means_those_in_order():
    assert ways("high", "low") == [None, "high", "low"]


def test_as_often_as_there_are_measures_means_all_in_order():
    assert ways("high", "high", "low") == ["high", "high", "low"]


def test_a_name_says_which():
    assert ways("high", "Wait=low", "mood=high") == ["high", "high", "low"]


@pytest.mark.parametrize(
    ("good", "says"),
    [
        (("up",), "neither high nor low"),
        (("moood=high",), "none of the measures"),
        (("low",) * 4, "given 4 times"),
    ],
)
def test_what_makes_no_sense_is_refused(good, says):
    with pytest.raises(BadInput, match=says):
        oriented(DATA, good)


def test_a_scale_turned_round_says_better_with_better_all_the_same():
    x = X + np.arange(12)[:, None]
    plain = told(x, x + 0.5 * Y, good=("high", "high")).sentence
    turned = told(x, -x - 0.5 * Y, good=("high", "low")).sentence
    assert "so better goes with better" in plain
    assert "so better goes with better" in turned
    assert "better for one goes with worse" in told(x, x + 0.5 * Y, good=("high", "low")).sentence
