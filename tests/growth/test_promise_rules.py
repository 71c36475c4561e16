"""How a promise stands, and who owes it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.growth.rules import passing
from andon.growth.rules.promises import Facts, State, state, until, words

DUE = date(2026, 3, 10)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
ANY = st.builds(Facts, DAYS, st.none() | DAYS, st.booleans(), st.booleans())


def test_a_promise_is_coming_until_the_end_of_the_day_it_is_due():
    assert state(Facts(DUE), DUE) is State.COMING


def test_it_is_late_the_day_after():
    assert state(Facts(DUE), DUE + timedelta(days=1)) is State.LATE


def test_what_came_on_the_day_it_was_due_came_in_time():
    assert state(Facts(DUE, delivered_on=DUE), DUE + timedelta(days=40)) is State.DELIVERED


def test_what_came_after_stays_late_for_ever():
    came = Facts(DUE, delivered_on=DUE + timedelta(days=3))
    assert state(came, DUE + timedelta(days=400)) is State.DELIVERED_LATE
    assert words(came, DUE + timedelta(days=400)) == "delivered, 3 days late"


def test_what_the_person_doubts_is_not_settled_by_a_delivery():
    assert state(Facts(DUE, delivered_on=DUE, doubted=True), DUE) is State.DOUBTED


def test_what_the_person_let_go_is_not_owed():
    assert state(Facts(DUE, doubted=True, released=True), DUE + timedelta(days=9)) is State.RELEASED


@given(ANY, DAYS)
def test_a_promise_is_late_only_when_it_is_due_and_did_not_come(facts, today):
    late = state(facts, today) is State.LATE
    assert late == (
        facts.due < today and facts.delivered_on is None and not facts.doubted and not facts.released
    )


@given(ANY, DAYS)
def test_every_state_has_words(facts, today):
    assert words(facts, today)


@given(ANY, DAYS, st.integers(0, 400))
def test_time_alone_never_keeps_a_promise(facts, today, later):
    if state(facts, today) is State.LATE:
        assert state(facts, today + timedelta(days=later)) is State.LATE


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (0, "due today"),
        (1, "due tomorrow"),
        (5, "due in 5 days"),
        (-1, "late by 1 day"),
        (-9, "late by 9 days"),
    ],
)
def test_a_day_reads_as_people_say_it(ahead, said):
    assert until(DUE + timedelta(days=ahead), DUE) == said


def test_a_promise_that_passed_on_says_who_made_it_and_who_owes_it_now():
    said = passing.words("Frank", "Martin")
    assert said == "Frank promised it. The company owes it, now through Martin."


def test_a_promise_nobody_can_keep_is_still_the_companys():
    assert "The company owes it" in passing.words("Frank", None)


def test_a_promise_that_stayed_with_its_maker_says_nothing():
    assert passing.words("Martin", "Martin") == ""
