"""When a measure is out, and how many were touched."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from andon.analysis.beyond import beyond
from andon.watch.definition import RECENT, spell


def marks(text: str) -> np.ndarray:
    return np.array([letter == "x" for letter in text])


def test_a_mark_among_the_last_four_is_going_on():
    assert spell(marks("........x..."))
    assert spell(marks(".......x....")) is None


def test_marks_close_together_are_one_spell():
    found = spell(marks("..x....x.x..x"))
    assert (found.first, found.last) == (7, 12)


def test_an_unfinished_period_does_not_count_as_calm():
    assert spell(marks("x...."), judged_end=4)


@given(st.lists(st.booleans(), max_size=60))
def test_a_spell_begins_and_ends_with_a_mark_and_ends_recently(marked):
    found = spell(np.array(marked, bool))
    if found:
        assert marked[found.first]
        assert marked[found.last]
        assert found.last >= len(marked) - RECENT


def test_bad_outcomes_beyond_the_expected_are_beyond():
    n, value, centre = np.array([200.0, 200.0]), np.array([0.15, 0.02]), np.array([0.05, 0.05])
    assert beyond(n, value, centre, "low", "proportion").tolist() == [20.0, 0.0]


def test_half_as_long_again_touches_half():
    assert beyond(np.array([100.0]), np.array([45.0]), np.array([30.0]), "low", "value").tolist() == [50.0]


def test_nothing_known_touches_nobody():
    nothing = np.array([np.nan])
    for kind in ("proportion", "value", "count", "rate", "between"):
        assert beyond(nothing, nothing, nothing, "low", kind).tolist() == [0.0]
