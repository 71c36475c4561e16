"""What makes a standard, an anchor and an acknowledgement sound."""

import math
from datetime import date

import pytest

from andon.standards.rules import writing

SOUND = {
    "statement": "Parcels arrive in time.", "serves": "Customers rely on the day.", "why_changed": "",
    "level": 0.05, "unit": "share", "good": "low", "measure_good": "low", "has_measure": True,
    "has_behaviour": False, "anchors": 0,
}  # fmt: skip
TODAY = date(2026, 3, 2)


def problems(number=1, **changed):
    return writing.problems_of_version({**SOUND, **changed}, number=number)


def test_a_sound_version_has_no_problem():
    assert problems() == {}


@pytest.mark.parametrize("missing", ["statement", "serves"])
def test_what_and_why_are_always_said(missing):
    assert missing in problems(**{missing: "  "})


def test_a_second_version_says_why_it_changes():
    assert "why_changed" in problems(number=2)
    assert problems(number=2, why_changed="The belt is faster now.") == {}


@pytest.mark.parametrize("level", [None, math.nan, math.inf, 85.0, -0.1])
def test_a_level_is_one_that_the_measure_can_have(level):
    assert "level" in problems(level=level)


def test_a_level_without_a_measure_measures_nothing():
    assert "level" in problems(has_measure=False, measure_good="")


def test_the_direction_is_that_of_the_measure():
    assert "lower is better" in problems(good="high")["good"]


def test_a_behaviour_without_anchors_is_no_standard():
    behaviour = {"has_measure": False, "measure_good": "", "level": None, "has_behaviour": True}
    assert "behaviour" in problems(**behaviour, anchors=1)
    assert problems(**behaviour, anchors=2) == {}


def test_a_standard_never_binds_backwards():
    assert writing.problem_of_start(date(2026, 3, 1), TODAY, None)
    assert not writing.problem_of_start(TODAY, TODAY, None)


def test_a_version_begins_after_the_one_before():
    assert writing.problem_of_start(date(2026, 4, 1), TODAY, date(2026, 4, 1))
    assert not writing.problem_of_start(date(2026, 4, 2), TODAY, date(2026, 4, 1))


def test_no_step_is_named_where_there_is_no_scale():
    assert writing.problem_naming_step(1, [])
    assert writing.problem_naming_step(1, [1])
    assert not writing.problem_naming_step(None, [])


def test_only_a_step_with_words_can_be_named():
    assert "1, 3" in writing.problem_naming_step(2, [1, 3])
    assert not writing.problem_naming_step(3, [1, 3])


def test_two_steps_never_look_the_same():
    assert writing.problems_of_anchors({1: "Asks.", 2: "asks."})


def test_a_question_says_what_is_asked():
    kinds = ["understood", "question", "objection"]
    assert writing.problem_acknowledging("question", " ", kinds)
    assert writing.problem_acknowledging("objection", "", kinds)
    assert not writing.problem_acknowledging("understood", "", kinds)
    assert writing.problem_acknowledging("agreed", "yes", kinds)


def bringing(starts=date(2025, 1, 1), before=date(2024, 12, 1), source="Handbook", earlier=None, here=False):
    return writing.problems_bringing_in(starts, before, source, TODAY, earlier, here)


def test_what_was_agreed_before_is_brought_in_with_day_and_source():
    assert bringing() == {}
    assert "source" in bringing(source=" ")
    assert "agreed_before" in bringing(before=date(2025, 1, 2))


def test_the_future_is_not_brought_in():
    assert "starts" in bringing(starts=date(2026, 3, 3))


def test_nothing_is_brought_in_behind_what_was_agreed_here():
    assert bringing(here=True)
