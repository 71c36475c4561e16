"""What counts as documented, followed up, given time, and delivered."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from andon.growth.rules.promises import Facts
from andon.growth.rules.support import Noted, Promised, Terms, coached, enough

TODAY = date(2026, 6, 1)
DAYS = st.integers(0, 200).map(lambda days: TODAY - timedelta(days=days))
NOTES = st.lists(st.builds(Noted, DAYS, st.lists(DAYS, max_size=4).map(tuple)), max_size=4)
PROMISES = st.lists(
    st.builds(
        Promised, st.just("training"), st.builds(Facts, DAYS, st.none() | DAYS, st.booleans(), st.booleans())
    ),
    max_size=4,
)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def kept(due: int, came: int) -> Promised:
    return Promised("Sit in on calls", Facts(ago(due), ago(came)))


GOOD = Noted(ago(30), (ago(16),))


def test_a_note_followed_up_after_two_weeks_with_support_that_came_is_enough():
    assert enough(coached([GOOD], [kept(20, 21)], TODAY)).ok


def test_a_note_that_nobody_looked_back_at_is_not_enough():
    found = enough(coached([Noted(ago(60))], [], TODAY))
    assert not found.ok
    assert any("Nobody has looked back" in sentence for sentence in found.missing)


def test_thirteen_days_are_not_yet_two_weeks():
    found = enough(coached([Noted(ago(30), (ago(17),))], [], TODAY))
    assert found.missing == [
        "Time is missing: a talk that looks back at least 14 days after the coaching note."
    ]


def test_two_talks_a_week_apart_from_two_notes_are_not_two_weeks():
    notes = [Noted(ago(30), (ago(23),)), Noted(ago(20), (ago(13),))]
    assert coached(notes, [], TODAY).days_given == 7


def test_nothing_written_is_nothing_done():
    found = enough(coached([], [], TODAY))
    assert len(found.missing) == 3


def test_a_promise_that_is_late_stands_in_the_way_and_is_named():
    found = enough(coached([GOOD], [Promised("Sit in on calls", Facts(ago(3)))], TODAY))
    assert found.missing == ["“Sit in on calls” was promised and is 3 days late."]


def test_a_promise_that_is_not_due_yet_stands_in_nobodys_way():
    assert enough(coached([GOOD], [Promised("A course", Facts(TODAY))], TODAY)).ok


def test_support_that_came_late_did_come():
    assert enough(coached([GOOD], [kept(20, 5)], TODAY)).ok


def test_a_delivery_the_person_doubts_does_not_count_until_somebody_answers():
    doubted = Promised("A course", Facts(ago(20), ago(21), doubted=True))
    found = enough(coached([GOOD], [doubted], TODAY))
    assert "nobody has answered" in found.missing[0]


def test_what_the_person_let_go_is_neither_promised_nor_late():
    found = coached([GOOD], [Promised("A course", Facts(ago(20), released=True))], TODAY)
    assert (found.promised, found.late) == (0, [])


def test_what_is_dated_after_the_day_that_is_asked_about_does_not_count():
    assert coached([Noted(TODAY + timedelta(days=1))], [], TODAY).noted == 0


def test_a_company_may_ask_for_more():
    assert not enough(coached([GOOD], [], TODAY), Terms(notes=2)).ok


@given(NOTES, PROMISES)
def test_enough_means_that_nothing_is_missing_and_every_part_is_said(notes, support):
    found = enough(coached(notes, support, TODAY))
    assert found.ok == (not found.missing)
    assert len(found.there) + len(found.missing) >= 4


@given(NOTES, PROMISES)
def test_it_is_never_enough_without_a_talk_two_weeks_after_a_note(notes, support):
    gaps = [(on - note.on).days for note in notes for on in note.followed_up]
    if max(gaps, default=0) < 14:
        assert not enough(coached(notes, support, TODAY)).ok


@given(NOTES, PROMISES, st.builds(Promised, st.just("a tool"), st.builds(Facts, st.just(ago(1)))))
def test_no_amount_of_coaching_makes_up_for_a_promise_not_kept(notes, support, late):
    assert not enough(coached(notes, [*support, late], TODAY)).ok


@given(NOTES, NOTES, PROMISES)
def test_more_coaching_never_makes_it_less(notes, more, support):
    if enough(coached(notes, support, TODAY)).ok:
        assert enough(coached([*notes, *more], support, TODAY)).ok
