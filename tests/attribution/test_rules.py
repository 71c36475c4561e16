"""Who is too few to be shown."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from andon.attribution.rules import FEWEST, period_of, small

sizes = st.lists(st.integers(1, 30), max_size=12)


@given(sizes)
def test_no_group_of_too_few_is_ever_shown(found):
    hidden = small(found)
    assert all(size >= FEWEST for i, size in enumerate(found) if i not in hidden)


@given(sizes)
def test_those_left_out_are_nobody_or_enough_unless_all_are_left_out(found):
    hidden = small(found)
    assert not hidden or sum(found[i] for i in hidden) >= FEWEST or len(hidden) == len(found)


@given(st.lists(st.integers(FEWEST, 30), max_size=12))
def test_large_groups_are_all_shown(found):
    assert small(found) == set()


def test_one_small_group_takes_the_next_larger_with_it():
    assert small([2, 6, 8]) == {0, 1}


def test_time_is_told_apart_by_weeks_in_short_data_and_by_months_in_long():
    assert (period_of(timedelta(weeks=8)), period_of(timedelta(weeks=78))) == ("week", "month")
    assert period_of(None) == "week"
