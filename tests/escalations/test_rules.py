"""Clocks, closing and titles. No database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.escalations.rules import (
    ANSWERS,
    Facts,
    clocks,
    problem_asking,
    problem_closing,
    problem_writing,
    shorten,
    span,
    title_of,
)

RAISED = datetime(2026, 3, 2, 9, tzinfo=UTC)
ASKED = Facts(raised_at=RAISED, customer_since=RAISED - timedelta(hours=2))


def after(**length):
    return RAISED + timedelta(**length)


def words(facts, now):
    return [clock.words for clock in clocks(facts, now)]


def test_a_new_question_has_an_hour_to_be_owned_and_a_day_to_be_explained():
    assert words(ASKED, RAISED) == [
        "1 h left to own it",
        "2 h left to make it right for the customer",
        "24 h left to explain it",
    ]


def test_the_customers_clock_runs_from_receipt():
    assert [clock.due - RAISED for clock in clocks(ASKED, RAISED)] == [
        timedelta(hours=1),
        timedelta(hours=2),
        timedelta(hours=24),
    ]


def test_time_left_is_told_in_minutes():
    assert words(ASKED, after(minutes=19))[0] == "41 min left to own it"


def test_a_clock_that_ran_out_says_by_how_much():
    assert words(ASKED, after(hours=3))[:2] == [
        "late by 2 h to own it",
        "late by 1 h to make it right for the customer",
    ]


def test_a_clock_is_not_late_at_the_moment_it_is_due():
    assert not clocks(ASKED, after(hours=1))[0].late
    assert clocks(ASKED, after(hours=1, microseconds=1))[0].late


def test_a_met_clock_says_how_long_it_took_and_stays_so():
    owned = replace(ASKED, owned_at=after(minutes=12))
    assert words(owned, after(days=9))[0] == "owned in 12 min"


def test_a_clock_met_late_stays_late():
    owned = replace(ASKED, owned_at=after(hours=3))
    clock = clocks(owned, after(days=9))[0]
    assert (clock.late, clock.words) == (True, "owned 2 h late")


def test_closing_ends_the_clocks_that_were_not_met():
    closed = replace(ASKED, owned_at=after(minutes=5), closed_at=after(minutes=30))
    _, right, explain = clocks(closed, after(days=9))
    assert [right.late, explain.late, right.running, explain.running] == [False] * 4
    assert right.words == "closed without being made right"


def test_closing_after_it_was_due_is_late():
    assert clocks(replace(ASKED, closed_at=after(days=2)), after(days=9))[2].late


def test_a_change_to_summer_time_does_not_touch_the_clocks():
    berlin = ZoneInfo("Europe/Berlin")
    night = datetime(2026, 3, 29, 1, 30, tzinfo=berlin)  # at 2 the clocks go to 3
    facts = Facts(raised_at=night, customer_since=night)
    hour_later = datetime(2026, 3, 29, 3, 45, tzinfo=berlin)
    assert words(_in_utc(facts), hour_later.astimezone(UTC))[0] == "late by 15 min to own it"


def _in_utc(facts):
    return Facts(facts.raised_at.astimezone(UTC), facts.customer_since.astimezone(UTC))


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "less than a minute"),
        (1, "1 min"),
        (59.9, "59 min"),
        (60, "1 h"),
        (125, "2 h 5 min"),
        (600, "10 h"),
        (635, "10 h"),
        (47 * 60 + 59, "47 h"),
        (48 * 60, "2 days"),
        (-5, "less than a minute"),
    ],
)
def test_lengths_of_time_in_words(minutes, said):
    assert span(timedelta(minutes=minutes)) == said


moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
later = st.none() | st.timedeltas(timedelta(0), timedelta(days=400))


@given(
    raised=moments,
    waited=st.timedeltas(timedelta(0), timedelta(days=400)),
    ends=st.tuples(*[later] * 4),
    gap=later,
)
def test_a_clock_never_becomes_less_late(raised, waited, ends, gap):
    facts = Facts(raised, raised - waited, *(raised + end if end is not None else None for end in ends))
    now = max([raised, *(raised + end for end in ends if end is not None)])
    before, after_gap = clocks(facts, now), clocks(facts, now + (gap or timedelta(0)))
    for early, late in zip(before, after_gap, strict=True):
        assert early.due == late.due
        assert late.late or not early.late
        assert early.running == late.running == (early.met_at is None and facts.closed_at is None)


@given(st.sets(st.sampled_from(["note", "also_asked", *ANSWERS])), st.text(max_size=5))
def test_a_question_closes_only_with_an_answer_or_a_reason(kinds, reason):
    may_close = not problem_closing(kinds, reason)
    assert may_close == bool(kinds & ANSWERS or reason.strip())


@pytest.mark.parametrize(
    ("kind", "text", "closed", "said"),
    [
        ("note", "", False, "at least a word"),
        ("verdict", "x", False, "not something to write"),
        ("also_asked", "x", False, "not something to write"),
        ("note", "x" * 20_001, False, "Longer than 20,000"),
        ("answer", "x", True, "closed"),
        ("note", "x", True, ""),
        ("answer", "x", False, ""),
    ],
)
def test_what_may_be_written(kind, text, closed, said):
    problem = problem_writing(kind, text, closed)
    assert said in problem
    assert bool(problem) == bool(said)


def test_a_blank_note_about_something_is_a_question():
    assert problem_asking("", "", things=1) == ""


def test_a_question_about_nothing_needs_words():
    assert "Say what" in problem_asking(" ", "", things=0)
    assert problem_asking("Who sorts the post?", "", things=0) == ""


def test_a_note_of_more_than_a_book_is_refused():
    assert "20,000" in problem_asking("x" * 20_001, "", things=1)


@pytest.mark.parametrize(
    ("text", "short"), [("one two three four", "one two…"), ("abcdefghijklm", "abcdefghi…"), ("one", "one")]
)
def test_a_text_is_cut_at_a_word_where_there_is_one(text, short):
    assert shorten(text, 10) == short


def test_a_title_of_more_than_a_line_is_refused():
    assert "200" in problem_asking("", "x" * 201, things=1)


@pytest.mark.parametrize("secret", ["ada@example.com", "+44 20 7946 0958", "4111 1111 1111 1111", "Finch"])
def test_a_title_hides_who_wrote(secret):
    assert secret not in title_of(f"Call {secret} about my parcel", ["Fiona", "Finch"])


def test_a_title_keeps_short_numbers():
    assert title_of("Waited 3 weeks for order 17") == "Waited 3 weeks for order 17"


@given(st.text(), st.integers(10, 100))
def test_a_shortened_text_fits(text, longest):
    assert len(shorten(text, longest)) <= longest
