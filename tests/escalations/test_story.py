"""Owning, writing, naming and closing; what everybody sees and what only some may read."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from andon.escalations import access, story
from andon.escalations.actions import close, name_mechanism, own, raise_escalation, write
from andon.escalations.models import Escalation

pytestmark = pytest.mark.django_db

EVERYBODY = ("alice", "bob", "martin", "mona", "charlie", "olga", "lena", "hana", "ana", "adam")


@pytest.fixture
def asked(cast):
    return raise_escalation(by=cast.alice, now=cast.now, signal=cast.torn, note="?")


def later(cast, **length):
    return cast.now + timedelta(**length)


def owns_clock(asked, now):
    return Escalation.objects.get(pk=asked.pk).clocks(now)[0]


def allowed(cast, may):
    return {who for who in (*EVERYBODY, "lea") if may(getattr(cast, who))}


def test_owning_stops_the_clock(cast, asked):
    own(asked, cast.olga, later(cast, minutes=12))
    assert owns_clock(asked, later(cast, days=1)).words == "owned in 12 min"


def test_owning_twice_is_harmless(cast, asked):
    own(asked, cast.olga, later(cast, minutes=12))
    own(asked, cast.olga, later(cast, hours=5))
    assert asked.ownerships.count() == 1


def test_the_newest_owner_holds_and_the_first_stopped_the_clock(cast, asked):
    own(asked, cast.olga, later(cast, minutes=12))
    own(asked, cast.lena, later(cast, hours=5))
    assert asked.owner == cast.lena
    assert owns_clock(asked, later(cast, days=1)).met_at == later(cast, minutes=12)


def test_who_is_asked_and_leaders_own(cast, asked):
    assert allowed(cast, lambda person: access.may_own(person, asked)) == {"olga", "lena"}


def test_the_manager_above_the_team_asked_owns(cast):
    asked = raise_escalation(by=cast.alice, now=cast.now, note="Why?", to_team=cast.phones)
    assert access.may_own(cast.martin, asked)
    assert not access.may_own(cast.mona, asked)


def test_in_triage_those_who_know_the_register_own(cast):
    asked = raise_escalation(by=cast.alice, now=cast.now, note="Who sorts the post?")
    assert allowed(cast, lambda person: access.may_own(person, asked)) == {
        "olga", "mona", "charlie", "lena", "ana", "adam",
    }  # fmt: skip


def test_a_question_for_somebody_else_is_not_owned(cast, asked):
    with pytest.raises(PermissionDenied):
        own(asked, cast.mona, cast.now)


def test_everybody_at_work_sees_that_it_was_asked(cast, asked):
    assert allowed(cast, lambda person: Escalation.objects.visible_to(person).exists()) == set(EVERYBODY)


def test_the_inside_is_read_by_who_may_read_the_signal_or_takes_part(cast, asked):
    readers = allowed(cast, lambda person: access.may_read(person, asked))
    assert readers == {"alice", "bob", "martin", "olga", "lena", "ana", "adam"}


def test_a_question_about_no_customers_words_is_read_by_all(cast):
    asked = raise_escalation(by=cast.alice, now=cast.now, measure=cast.late)
    assert allowed(cast, lambda person: access.may_read(person, asked)) == set(EVERYBODY)


def test_whoever_a_question_is_put_to_reads_it(cast):
    asked = raise_escalation(by=cast.alice, now=cast.now, signal=cast.torn, to_person=cast.charlie)
    assert access.may_read(cast.charlie, asked)
    assert access.may_read(cast.mona, asked)


def test_answers_are_written_by_who_is_asked(cast, asked):
    assert access.kinds_open_to(cast.olga, asked) == ("note", "answer", "made_right", "explained")
    assert access.kinds_open_to(cast.alice, asked) == ("note", "made_right")
    assert access.kinds_open_to(cast.bob, asked) == ("note",)
    assert access.kinds_open_to(cast.charlie, asked) == ()


def test_what_may_not_be_written_is_not(cast, asked):
    with pytest.raises(PermissionDenied):
        write(asked, "answer", "Because.", cast.bob, cast.now)
    with pytest.raises(PermissionDenied):
        write(asked, "note", "Hm.", cast.charlie, cast.now)


def test_making_it_right_and_explaining_stop_their_clocks(cast, asked):
    write(asked, "made_right", "A new parcel is on its way.", cast.alice, later(cast, hours=1))
    write(asked, "explained", "The printer was out of ribbon.", cast.olga, later(cast, hours=30))
    _, right, explain = Escalation.objects.get(pk=asked.pk).clocks(later(cast, days=9))
    assert (right.words, explain.words) == ("made right in 2 h", "explained 6 h late")


def test_who_answers_has_taken_it_on(cast, asked):
    write(asked, "answer", "We look into it.", cast.olga, later(cast, minutes=5))
    assert asked.owner == cast.olga
    assert owns_clock(asked, later(cast, days=1)).words == "owned in 5 min"


def test_who_asked_does_not_own_by_making_it_right(cast, asked):
    write(asked, "made_right", "I sent another.", cast.alice, cast.now)
    assert asked.owner is None


def test_a_question_without_answer_or_reason_does_not_close(cast, asked):
    write(asked, "note", "Hm.", cast.olga, cast.now)
    with pytest.raises(ValidationError, match="Write an answer first"):
        close(asked, " ", cast.olga, cast.now)
    assert asked.is_open


def test_an_answered_question_closes(cast, asked):
    write(asked, "answer", "New ribbon.", cast.olga, cast.now)
    close(asked, "", cast.alice, cast.now)
    assert Escalation.objects.closed().get() == asked


def test_a_stated_reason_closes(cast, asked):
    close(asked, "Asked twice", cast.alice, cast.now)
    assert not Escalation.objects.open().exists()


def test_closing_twice_keeps_the_first(cast, asked):
    first = close(asked, "Done", cast.olga, cast.now)
    assert close(asked, "Really done", cast.olga, later(cast, hours=1)) == first
    assert first.reason == "Done"


def test_who_asked_who_is_asked_and_leaders_close(cast, asked):
    assert allowed(cast, lambda person: access.may_close(person, asked)) == {"alice", "olga", "lena"}
    with pytest.raises(PermissionDenied):
        close(asked, "Not mine", cast.bob, cast.now)


def test_a_closed_question_is_neither_owned_nor_answered_and_may_be_noted(cast, asked):
    close(asked, "Done", cast.olga, cast.now)
    with pytest.raises(ValidationError, match="closed"):
        own(asked, cast.lena, cast.now)
    with pytest.raises(ValidationError, match="closed"):
        write(asked, "answer", "Late thought", cast.olga, cast.now)
    assert write(asked, "note", "It came back.", cast.olga, cast.now)


def test_naming_the_mechanism_puts_it_to_its_owner_and_the_clocks_run_on(cast):
    lost = raise_escalation(by=cast.lena, now=cast.now, signal=cast.lost)
    named = name_mechanism(lost, cast.labels, cast.ana, later(cast, minutes=50))
    assert (named.to_person, named.to_team) == (cast.olga, cast.fulfilment)
    assert owns_clock(named, later(cast, minutes=50)).words == "10 min left to own it"
    assert not Escalation.objects.in_triage().exists()


def test_a_retired_mechanism_is_not_named(cast, asked):
    cast.refunds.retired_at = cast.now
    with pytest.raises(ValidationError, match="retired"):
        name_mechanism(asked, cast.refunds, cast.olga, cast.now)


def test_who_has_nothing_to_do_with_it_names_nothing(cast, asked):
    with pytest.raises(PermissionDenied):
        name_mechanism(asked, cast.refunds, cast.charlie, cast.now)


def test_overdue_are_open_questions_with_a_clock_that_ran_out(cast, asked):
    assert not Escalation.objects.overdue(cast.now).exists()
    assert Escalation.objects.overdue(later(cast, hours=1, seconds=1)).get() == asked
    own(asked, cast.olga, cast.now)
    assert not Escalation.objects.overdue(later(cast, hours=2)).exists()
    assert Escalation.objects.overdue(later(cast, hours=3, seconds=1)).exists()
    close(asked, "Done", cast.olga, cast.now)
    assert not Escalation.objects.overdue(later(cast, days=9)).exists()


def test_overdue_agrees_with_the_clocks(cast, asked):
    write(asked, "made_right", "Sent.", cast.olga, later(cast, hours=2))
    for hours in (0, 1, 2, 5, 23, 24, 25):
        now = later(cast, hours=hours, minutes=1)
        one = Escalation.objects.get(pk=asked.pk)
        late = any(clock.late and clock.running for clock in one.clocks(now))
        assert Escalation.objects.overdue(now).exists() == late


def test_the_story_tells_everything_in_order(cast):
    asked = raise_escalation(by=cast.alice, now=cast.now, signal=cast.torn, note="?")
    raise_escalation(by=cast.bob, now=later(cast, minutes=1), signal=cast.torn)
    own(asked, cast.olga, later(cast, minutes=2))
    write(asked, "explained", "No ribbon.", cast.olga, later(cast, minutes=3))
    name_mechanism(asked, cast.refunds, cast.olga, later(cast, minutes=4))
    close(asked, "", cast.mona, later(cast, minutes=5))
    told = [(step.what, step.by.name) for step in story.of(asked)]
    assert told == [
        ("asked", "Alice Agent"),
        ("asked the same", "Bob Agent"),
        ("took it on", "Olga Owner"),
        ("explained how it could happen", "Olga Owner"),
        ("said it is about Refunds", "Olga Owner"),
        ("closed it", "Mona Manager"),
    ]


def test_the_story_hides_texts_from_who_may_not_read_them(cast, asked):
    write(asked, "explained", "No ribbon.", cast.olga, cast.now)
    assert {step.text for step in story.told_to(cast.charlie, asked)} == {""}
    assert "No ribbon." in {step.text for step in story.told_to(cast.alice, asked)}


@pytest.mark.parametrize("count", [2, 20])
def test_the_board_is_four_queries_whatever_its_size(cast, count, django_assert_num_queries):
    for n in range(count):
        one = raise_escalation(by=cast.alice, now=cast.now, mechanism=cast.labels, note=f"Why {n}?")
        own(one, cast.olga, cast.now)
    with django_assert_num_queries(4):
        rows = [
            (
                one.title,
                one.addressee,
                one.owner.name,
                one.raised_by.name,
                one.mechanism.name,
                one.clocks(cast.now),
            )
            for one in Escalation.objects.visible_to(cast.alice).board()
        ]
    assert len(rows) == count


def test_my_questions_are_those_put_to_me(cast, asked):
    assert list(Escalation.objects.put_to(cast.olga)) == [asked]
    assert not Escalation.objects.put_to(cast.mona).exists()
    assert list(Escalation.objects.raised_by_person(cast.alice)) == [asked]
