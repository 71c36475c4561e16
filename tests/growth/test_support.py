"""What was done for somebody before anybody thinks of a plan, looked up as it was known on a day."""

from datetime import timedelta

import pytest

from andon.growth.actions import coaching as noting
from andon.growth.actions import promises
from andon.growth.queries import support_before
from andon.growth.rules.support import enough
from tests.growth.made import days, noted, promised, standard


def later(cast, n: int):
    return cast.now + timedelta(days=n)


@pytest.fixture
def wanted(cast):
    return standard(cast)


def found(cast, wanted, n: int, since: int = 0):
    return support_before(cast.alice, standard=wanted, since=days(since), now=later(cast, n))


def look_back(cast, note, n: int) -> None:
    noting.follow_up(note, "Better.", their_part="done", our_part="done", by=cast.martin, now=later(cast, n))


def test_a_talk_support_that_came_and_a_look_back_after_two_weeks_are_enough(cast, wanted):
    note = noted(cast, standard=wanted)
    promise = promised(cast, coaching=note)
    promises.deliver(promise, "Tuesday.", by=cast.martin, now=later(cast, 5))
    look_back(cast, note, 15)
    assert enough(found(cast, wanted, 16)).ok
    assert found(cast, wanted, 16).days_given == 15


def test_coaching_about_the_mechanism_of_the_standard_counts(cast, wanted):
    noted(cast, standard=None, mechanism=cast.labels)
    assert found(cast, wanted, 1).noted == 1


def test_coaching_about_something_else_does_not(cast, wanted):
    noted(cast, standard=None, mechanism=cast.refunds)
    noted(cast, standard=None, mechanism=None, situation="Another")
    assert found(cast, wanted, 1).noted == 0


def test_a_standard_without_a_mechanism_counts_no_note_that_has_none(cast):
    bare = standard(cast, "Kind words")
    bare.measure = None
    bare.save()
    noted(cast, standard=None, mechanism=None)
    assert found(cast, bare, 1).noted == 0


def test_coaching_of_somebody_else_does_not_count(cast, wanted):
    noting.note_coaching(
        cast.bob, situation="x", behaviour="x", impact="x", agreed_action="x", follow_up_on=days(9),
        standard=wanted, by=cast.martin, now=cast.now,
    )  # fmt: skip
    assert found(cast, wanted, 1).noted == 0


def test_what_was_noted_before_the_period_does_not_count(cast, wanted):
    noted(cast, standard=wanted)
    assert found(cast, wanted, 30, since=1).noted == 0


def test_a_moment_earlier_in_time_knows_nothing_of_what_came_after(cast, wanted):
    note = noted(cast, standard=wanted)
    promise = promised(cast)
    look_back(cast, note, 15)
    promises.deliver(promise, "Late, on the tenth day.", by=cast.martin, now=later(cast, 10))
    as_of = found(cast, wanted, 9)
    assert (as_of.followed_up, as_of.delivered, len(as_of.late)) == (0, 0, 1)


def test_an_old_promise_that_never_came_still_stands_in_the_way(cast, wanted):
    promised(cast, due=days(2))
    assert found(cast, wanted, 60, since=30).late == [
        "“Sit in on calls of the returns desk” was promised and is 58 days late."
    ]


def test_an_old_promise_that_came_is_over(cast, wanted):
    promises.deliver(promised(cast, due=days(2)), "Came.", by=cast.martin, now=later(cast, 2))
    assert found(cast, wanted, 60, since=30).promised == 0


def test_a_doubt_nobody_answered_stands_in_the_way_until_somebody_does(cast, wanted):
    promise = promised(cast)
    promises.deliver(promise, "Came.", by=cast.martin, now=later(cast, 2))
    doubt = promises.doubt(promise, "It did not.", by=cast.alice, now=later(cast, 3))
    assert len(found(cast, wanted, 4).late) == 1
    promises.answer_doubt(doubt, "It comes on Monday.", by=cast.martin, now=later(cast, 5))
    assert len(found(cast, wanted, 4).late) == 1
    assert found(cast, wanted, 6).late == []


@pytest.mark.parametrize("many", [1, 12])
def test_it_takes_the_same_queries_however_much_was_done(cast, wanted, many, django_assert_max_num_queries):
    for n in range(many):
        note = noted(cast, standard=wanted, situation=f"Talk {n}")
        look_back(cast, note, 15)
        promises.deliver(promised(cast), "Came.", by=cast.martin, now=later(cast, 3))
    with django_assert_max_num_queries(7):
        assert found(cast, wanted, 20).noted == many
