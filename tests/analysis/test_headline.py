"""The line above a review."""

import numpy as np
import pytest

from andon.analysis import ReviewSpec, review
from andon.analysis.ask import Answer, Question
from andon.analysis.report import headline
from andon.lake import Tally
from tests.analysis.made import truths


def reviewed(shares) -> Answer:
    spec = ReviewSpec(good="high")
    found = review(truths(shares, 200, np.random.default_rng(5)), spec)
    return Answer(Question((), "at", spec=spec), found, Tally(), (), (), "", ())


@pytest.fixture
def shares():
    return np.full((12, 30), 0.95)


def test_nothing_is_out(shares):
    assert headline(reviewed(shares)) == "Nothing out of the ordinary in twelve mechanisms."


def test_what_always_lies_apart_is_said_though_nothing_changed(shares):
    shares[4] = 0.3
    assert headline(reviewed(shares)) == (
        "Nothing out of the ordinary in twelve mechanisms. One lies far from the others the whole time."
    )


def test_what_changed_and_what_always_lies_apart_are_counted_each(shares):
    shares[4] = 0.3
    shares[7, 20:] = 0.5
    assert headline(reviewed(shares)) == (
        "One of twelve mechanisms is out of spec. One more lies far from the others the whole time."
    )


def test_what_lies_apart_comes_next_after_what_changed(shares):
    shares[4] = 0.3
    shares[7, 20:] = 0.5
    assert [one.name for one in reviewed(shares).review.series[:2]] == ["m007", "m004"]


def test_a_warning_of_the_only_series_does_not_count_series():
    found = reviewed(np.full((1, 10), 0.95)).review
    assert "The limits rest on fewer than 13 points and are provisional." in found.warnings
