"""What is said of one series."""

from dataclasses import replace

import numpy as np

from andon.analysis.sentences import Facts, episodes, is_ongoing, sentence, told
from tests.analysis.made import times


def facts(value, marked, usual: float = 10.0, good="low") -> Facts:
    value = np.asarray(value, np.float64)
    exception = np.isin(np.arange(len(value)), marked)
    centre = np.full(len(value), usual)
    return Facts(
        "m", "value", "plain", "week", good, times(len(value)), value, centre, exception, usual, np.ones(len(value))
    )  # fmt: skip


def test_marks_near_the_end_are_a_lasting_change():
    assert "since the week of" in sentence(facts([10] * 8 + [14, 15, 14, 15], [8, 9, 10, 11]))


def test_a_change_that_has_gone_back_is_not_said_to_last():
    one = facts([10] * 8 + [14, 15, 9, 6], [8, 9, 11])
    assert not is_ongoing(one, np.array([8, 9]))
    assert "from the week of 27 February 2023 to the week of 6 March 2023: 14.5" in sentence(one)


def test_a_point_that_lies_between_the_limits_on_the_same_side_ends_nothing():
    one = facts([10] * 8 + [14, 15, 11, 11], [8, 9])
    assert is_ongoing(one, np.array([8, 9]))


def test_a_level_close_to_the_usual_one_is_told_from_it_by_more_figures():
    assert "10.01 against the usual 10.00" in sentence(facts([10] * 8 + [10.01] * 4, [8, 9, 10, 11]))


def test_a_level_that_cannot_be_told_from_the_usual_one_is_not_set_against_it():
    assert sentence(facts([10] * 8 + [10 + 1e-9] * 4, [8, 9, 10, 11])).endswith(": 10, as much as usual.")


def test_a_flood_is_told_of_rather_than_a_later_drop():
    one = facts([90, *[10] * 10, 12, 10], [0, 11])
    assert told(one, episodes(one)).tolist() == [0]
    assert sentence(one).startswith("Worse than usual (higher) in the week of 2 January 2023")


def test_a_calm_series_says_that_it_has_marks_which_do_not_count():
    calm = facts([10] * 12, [])
    assert sentence(calm) == "Varies as usual around 10."
    assert sentence(replace(calm, held=True)) == (
        "Varies as usual around 10; what stands out is no more than chance."
    )
