"""How far a key result and an objective have come, honestly."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.standards.rules.progress import (
    Part,
    of_part,
    of_parts,
    problems_of_check_in,
    problems_of_key_result,
    weights_of,
)

numbers = st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.none() | numbers
weights = st.none() | st.floats(min_value=1e-6, max_value=1e6)


@st.composite
def parts(draw, value=VALUES):
    ends = sorted((draw(numbers), draw(numbers)))
    good = draw(st.sampled_from(["high", "low"]))
    baseline, target = ends if good == "high" else reversed(ends)
    return Part(baseline, target, good, draw(value), draw(weights))


def test_half_of_the_way_is_half():
    assert of_part(Part(10, 20, "high", 15)).share == 0.5


def test_down_is_forward_where_lower_is_better():
    assert of_part(Part(20, 10, "low", 18)).share == pytest.approx(0.2)


def test_no_check_in_is_not_yet_and_not_nothing():
    progress = of_part(Part(10, 20))
    assert progress.share is None
    assert progress.words == "not yet: no check-in"


def test_beyond_the_target_counts_as_reached_and_says_so():
    progress = of_part(Part(10, 20, "high", 25))
    assert (progress.share, progress.words) == (1.0, "beyond the target")


def test_worse_than_at_the_start_counts_as_nothing_and_says_so():
    progress = of_part(Part(10, 20, "high", 5))
    assert (progress.share, progress.words) == (0.0, "further from the target than at the start")


@pytest.mark.parametrize(
    ("good", "value", "words"),
    [("high", 5, "held"), ("high", 4.9, "not held"), ("low", 4.9, "held"), ("low", 6, "not held")],
)
def test_where_the_target_is_the_baseline_it_is_held_or_not(good, value, words):
    assert of_part(Part(5, 5, good, value)).words == words


def test_ninety_nine_and_a_half_is_not_rounded_up_to_all():
    assert of_part(Part(0, 1000, "high", 999)).words == "99 % of the way"


def test_parts_without_a_check_in_are_left_out_of_the_sum():
    progress = of_parts([Part(0, 10, value=5), Part(0, 10)])
    assert progress.share == 0.5
    assert progress.words == "50 % of the way; 1 key result without a check-in is left out"


def test_without_any_check_in_there_is_no_number():
    assert of_parts([Part(0, 10), Part(0, 10)]).share is None


def test_without_key_results_it_says_so():
    assert of_parts([]).words == "no key result yet"


def test_weights_weigh():
    assert of_parts([Part(0, 10, value=10, weight=3), Part(0, 10, value=0, weight=1)]).share == pytest.approx(
        0.75
    )


def test_the_weight_of_a_part_without_a_check_in_weighs_nothing():
    assert of_parts([Part(0, 10, value=5, weight=1), Part(0, 10, weight=99)]).share == pytest.approx(0.5)


def test_without_weights_all_count_alike():
    assert weights_of([None, None]) == [0.5, 0.5]


def test_a_missing_weight_is_the_average_of_the_others():
    assert weights_of([1.0, 3.0, None]) == pytest.approx([1 / 6, 3 / 6, 2 / 6])


@given(parts())
def test_a_share_is_between_nothing_and_all_or_missing(part):
    share = of_part(part).share
    assert (share is None) == (part.value is None)
    assert share is None or 0 <= share <= 1


@given(parts(value=numbers), numbers)
def test_a_better_value_is_never_less_progress(part, other):
    worse, better = sorted((part.value, other), reverse=part.good == "low")
    first, second = (
        of_part(Part(part.baseline, part.target, part.good, value)).share for value in (worse, better)
    )
    assert first <= second


@given(st.lists(parts(), max_size=8))
def test_a_sum_lies_between_its_parts(some):
    shares = [of_part(part).share for part in some if part.value is not None]
    share = of_parts(some).share
    if not shares:
        assert share is None
    else:
        assert min(shares) - 1e-9 <= share <= max(shares) + 1e-9


@given(st.lists(parts(), max_size=8))
def test_adding_a_part_that_nobody_checked_in_on_changes_no_number(some):
    assert of_parts([*some, Part(0, 1)]).share == of_parts(some).share


@given(st.lists(weights, min_size=1, max_size=8))
def test_weights_add_up_to_one(given_):
    assert math.isclose(sum(weights_of(given_)), 1.0, rel_tol=1e-9)


def test_a_target_on_the_wrong_side_is_questioned():
    assert "direction" in problems_of_key_result(10, 5, "high")["target"]
    assert not problems_of_key_result(10, 5, "low")


@pytest.mark.parametrize("broken", [math.nan, math.inf])
def test_what_is_no_number_is_refused(broken):
    assert problems_of_key_result(broken, 1, "high")["baseline"]
    assert problems_of_key_result(0, broken, "high")["target"]
    assert problems_of_check_in(broken, "low", ["low"], "")["value"]


@pytest.mark.parametrize("weight", [0, -1, math.nan])
def test_a_weight_is_above_zero(weight):
    assert problems_of_key_result(0, 1, "high", weight)["weight"]


def test_confidence_is_a_word():
    assert problems_of_check_in(1, "0.7", ["low", "middle", "high"], "")["confidence"]
