"""Which columns are what customers feel, and when a number that people are held to is not felt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.culture.metrics.columns import Outcome, label, metrics, outcomes
from andon.culture.metrics.feeling import FELT, NOT_FELT, OPEN, OTHER_WAY, Said, judged
from andon.mechanisms.models import Measure

LAKE = {
    "at": "time", "worker": "text", "customer": "text", "csat": "number", "nps": "number", "CES": "number",
    "repeat_contact": "truth", "handling_time": "number", "transfers": "number", "idle_time": "number",
    "basket": "number", "parcel_lost": "truth", "satisfaction_words": "text",
}  # fmt: skip
VERDICTS = ("matters", "does not matter", "cannot tell")


def measure(outcome, good="low", kind="proportion"):
    return Measure(outcome=outcome, good=good, kind=kind)


def test_outcomes_are_known_by_the_names_of_their_columns_nearest_to_the_heart_first():
    found = [(one.column, one.good) for one in outcomes(LAKE, [], [])]
    assert found == [("csat", "high"), ("nps", "high"), ("CES", "low"), ("repeat_contact", "low")]


def test_the_register_says_which_side_is_better():
    assert outcomes(LAKE, [measure("CES", "high", "value")], [])[2] == Outcome("CES", "high")


def test_an_outcome_that_a_standard_is_meant_to_move_counts_as_well():
    assert [one.column for one in outcomes(LAKE, [], ["parcel_lost", "no_such_column", "csat"])] == [
        "csat", "nps", "CES", "repeat_contact", "parcel_lost",
    ]  # fmt: skip


def test_metrics_are_numbers_of_the_work_and_what_the_register_counts_never_ids_and_words():
    felt = outcomes(LAKE, [], [])
    assert metrics("csat", LAKE, [], felt) == ("CES", "repeat_contact", "handling_time", "transfers")
    counted = metrics("repeat_contact", LAKE, [measure("basket"), measure("satisfaction_words")], felt)
    assert counted == ("handling_time", "transfers", "basket")


def test_a_column_is_called_as_contact_centres_call_it():
    assert [label(name) for name in ("aht", "Handling-Time", "callback_kept")] == [
        "Handling time", "Handling time", "Callback kept",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "good", "state"),
    [
        ([("does not matter", "")], "low", NOT_FELT),
        ([("does not matter", ""), ("cannot tell", "")], "low", NOT_FELT),
        ([("does not matter", ""), ("matters", "worse")], "low", FELT),
        ([("matters", "better")], "low", OTHER_WAY),
        ([("matters", "better"), ("matters", "worse")], "low", FELT),
        ([("matters", "worse")], "high", OTHER_WAY),
        ([("matters", "")], "low", FELT),
        ([("cannot tell", "")], "low", OPEN),
        ([], "low", OPEN),
    ],
)
def test_a_number_is_felt_if_any_outcome_goes_with_it_and_the_other_way_round_only_if_all_do(
    said, good, state
):
    assert judged([Said("csat", *one) for one in said], good) == state


@given(
    st.lists(st.tuples(st.sampled_from(VERDICTS), st.sampled_from(("", "better", "worse")))),
    st.sampled_from(("high", "low")),
)
def test_nothing_is_said_against_a_number_of_which_nothing_was_told(said, good):
    state = judged([Said("csat", *one) for one in said], good)
    told = [verdict for verdict, _more in said if verdict != "cannot tell"]
    assert (state == OPEN) == (not told)
    assert state != NOT_FELT or "matters" not in told
