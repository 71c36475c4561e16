"""When a confidential round may show: never fewer than three, never while it can still grow."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from andon.growth.rules.feedback import (
    FEWEST,
    RoundFacts,
    gives_away,
    problem_answering,
    problem_asking,
    showing,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
AHEAD, PAST = NOW + timedelta(days=3), NOW - timedelta(seconds=1)
counts = st.integers(0, 40)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 6, 1), timezones=st.just(UTC))


@given(counts, counts, moments)
def test_a_confidential_round_never_shows_fewer_than_three(answered, waiting, closes):
    shown = showing(RoundFacts(True, closes, answered, waiting), NOW).shown
    assert not (shown and answered < FEWEST)


@given(counts, st.integers(1, 40), moments)
def test_a_confidential_round_never_shows_while_somebody_may_still_answer(answered, waiting, closes):
    if showing(RoundFacts(True, closes, answered, waiting), NOW).shown:
        assert closes <= NOW


@given(counts, st.integers(1, 40), counts, st.integers(1, 40))
def test_until_it_is_over_the_page_says_the_same_however_many_answered(a, left_a, b, left_b):
    one, other = (RoundFacts(True, AHEAD, answered, left) for answered, left in ((a, left_a), (b, left_b)))
    assert showing(one, NOW) == showing(other, NOW)


@given(counts, counts)
def test_with_few_answers_an_early_end_says_no_more_than_waiting(few, waiting):
    few = few % FEWEST
    early = showing(RoundFacts(True, AHEAD, few, 0), NOW)
    assert early == showing(RoundFacts(True, AHEAD, few, waiting), NOW)


@given(counts, counts, moments, moments, moments)
def test_what_shows_once_shows_ever_after(answered, waiting, closes, one, other):
    first, later = sorted((one, other))
    facts = RoundFacts(True, closes, answered, waiting)
    assert showing(facts, later).shown >= showing(facts, first).shown


@given(counts, counts, moments)
def test_named_answers_show_at_once(answered, waiting, closes):
    assert showing(RoundFacts(False, closes, answered, waiting), NOW).shown


def test_too_few_answers_are_said_to_be_too_few():
    told = showing(RoundFacts(True, PAST, 2, 3), NOW)
    assert told.over
    assert "Fewer than three" in told.why


def test_everybody_answered_ends_a_round_early():
    assert showing(RoundFacts(True, AHEAD, 3, 0), NOW).shown


def test_a_confidential_question_goes_to_three_or_more():
    today = date(2026, 3, 2)
    assert "three people or more" in problem_asking("How?", 2, True, date(2026, 3, 9), today)
    assert problem_asking("How?", 2, False, date(2026, 3, 9), today) == ""


def test_nobody_is_hurried():
    today = date(2026, 3, 2)
    assert "tomorrow" in problem_asking("How?", 3, True, today, today)
    assert "ninety days" in problem_asking("How?", 3, True, date(2026, 9, 1), today)


def test_an_answer_comes_once_and_in_time():
    assert "closed" in problem_answering("Well done.", True, False)
    assert "already" in problem_answering("Well done.", False, True)
    assert "decline" in problem_answering("  ", False, False)
    assert problem_answering("Well done.", False, False) == ""


def test_a_text_that_names_its_writer_is_noticed():
    assert gives_away("As Bob said to you, slow down.", "Bob Agent") == ["Bob"]
    assert gives_away("write to BOB@EXAMPLE.COM", "Robert Agent", "bob@example.com") == ["bob@example.com"]


def test_a_name_inside_another_word_gives_nobody_away():
    assert gives_away("The bobbin and the reagent.", "Bob Agent") == []


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_any_text_and_any_name_can_be_looked_at(text, name, number):
    assert set(gives_away(text, name, number)) <= {*name.replace(",", " ").replace(".", " ").split(), number}
