"""Raising a question: who is asked, what it is called, and asking the same again."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from andon.escalations.actions import close, raise_escalation
from andon.escalations.models import Escalation
from andon.people.models import Deed
from andon.watch.models import ChartException

pytestmark = pytest.mark.django_db


def ask(cast, by=None, **about):
    return raise_escalation(by=by or cast.alice, now=cast.now, **about)


def test_a_question_about_a_signal_goes_to_the_owner_of_its_mechanism(cast):
    asked = ask(cast, signal=cast.torn)
    assert (asked.mechanism, asked.to_person, asked.to_team) == (cast.labels, cast.olga, cast.fulfilment)


def test_the_customers_clock_began_when_the_signal_was_received(cast):
    asked = ask(cast, signal=cast.torn)
    assert (asked.raised_at, asked.customer_since) == (cast.now, cast.torn.received_at)


def test_a_signal_from_the_future_does_not_put_the_clock_off(cast):
    cast.torn.received_at = cast.now + timedelta(days=400)
    assert ask(cast, signal=cast.torn).customer_since == cast.now


def test_a_question_about_an_unknown_mechanism_goes_to_triage(cast):
    asked = ask(cast, by=cast.lena, signal=cast.lost)
    assert (asked.to_person, asked.to_team, asked.addressee) == (None, None, "Triage")
    assert list(Escalation.objects.in_triage()) == [asked]


def test_a_question_to_an_owner_who_left_goes_to_the_owning_team(cast):
    cast.olga.is_active = False
    cast.olga.save()
    cast.labels.refresh_from_db()
    asked = ask(cast, by=cast.lena, mechanism=cast.labels)
    assert (asked.to_person, asked.to_team) == (None, cast.fulfilment)


def test_a_question_to_an_owner_who_left_and_no_team_goes_to_triage(cast):
    cast.olga.is_active = False
    cast.olga.save()
    cast.labels.owner_team = None
    cast.labels.save()
    cast.labels.refresh_from_db()
    assert ask(cast, mechanism=cast.labels).addressee == "Triage"


def test_a_question_whose_addressee_leaves_is_back_in_triage(cast):
    asked = ask(cast, note="Who sorts the post?", to_person=cast.olga)
    Escalation.objects.filter(pk=asked.pk).update(to_team=None)
    cast.olga.is_active = False
    cast.olga.save()
    assert list(Escalation.objects.in_triage()) == [asked]


def test_anybody_asks_anybody_however_high(cast):
    asked = ask(cast, signal=cast.torn, to_person=cast.lena)
    assert (asked.to_person, asked.mechanism) == (cast.lena, cast.labels)


def test_a_question_may_be_put_to_a_team(cast):
    asked = ask(cast, note="Why?", to_team=cast.chat)
    assert (asked.to_person, asked.addressee) == (None, "Chat")


def test_nobody_who_left_is_asked(cast):
    with pytest.raises(ValidationError, match="does not work here any more"):
        ask(cast, note="Why?", to_person=cast.lea)


def test_who_left_asks_nothing(cast):
    with pytest.raises(PermissionDenied):
        ask(cast, by=cast.lea, note="Why?")


def test_a_signal_out_of_reach_cannot_be_asked_about(cast):
    with pytest.raises(PermissionDenied):
        ask(cast, by=cast.charlie, signal=cast.torn)


def test_a_point_of_a_chart_is_asked_about_with_its_exception(cast):
    at = cast.now - timedelta(days=7)
    marked = ChartException.objects.create(
        measure=cast.late, at=at, value=0.2, rules="1", reason="Above the limit", first_seen=cast.now
    )
    asked = ask(cast, measure=cast.late, point_at=at)
    assert (asked.exception, asked.mechanism, asked.title) == (
        marked,
        cast.labels,
        "Address labels: Arrived late",
    )


def test_the_title_is_the_customers_first_words_without_their_name(cast):
    assert ask(cast, signal=cast.torn).title == "The label was torn and my parcel went to Mr … next door."


def test_a_given_title_is_kept(cast):
    assert ask(cast, signal=cast.torn, title=" Torn again ").title == "Torn again"


def test_a_signal_without_words_still_has_a_title(cast):
    cast.torn.text = ""
    assert "2026-03-02" in ask(cast, signal=cast.torn).title


def test_a_question_about_nothing_is_refused(cast):
    with pytest.raises(ValidationError, match="Say what the question is about"):
        ask(cast)


def test_numbers_count_from_one_without_gaps(cast):
    assert [ask(cast, note=f"Why {n}?").number for n in range(3)] == [1, 2, 3]
    with pytest.raises(ValidationError):
        ask(cast)
    ask(cast, signal=cast.torn)
    ask(cast, by=cast.bob, signal=cast.torn)
    assert ask(cast, note="And now?").number == 5


def test_asking_about_the_same_signal_joins_the_open_question(cast):
    first = ask(cast, signal=cast.torn)
    assert ask(cast, by=cast.bob, signal=cast.torn, note="Me too") == first
    joined = first.entries.get()
    assert (joined.kind, joined.by, joined.text) == ("also_asked", cast.bob, "Me too")


def test_the_same_person_asking_again_without_a_word_changes_nothing(cast):
    first = ask(cast, signal=cast.torn)
    for _ in range(2):
        assert ask(cast, signal=cast.torn) == first
    assert not first.entries.exists()


def test_joining_twice_without_a_word_joins_once(cast):
    first = ask(cast, signal=cast.torn)
    for _ in range(2):
        ask(cast, by=cast.bob, signal=cast.torn)
    assert first.entries.count() == 1


def test_after_closing_the_same_is_asked_anew(cast):
    first = ask(cast, signal=cast.torn)
    close(first, "Sent again", cast.olga, cast.now)
    assert ask(cast, signal=cast.torn).number == 2


def test_asking_somebody_higher_is_a_question_of_its_own(cast):
    ask(cast, signal=cast.torn)
    assert ask(cast, signal=cast.torn, to_person=cast.lena).number == 2


def test_naming_whom_it_is_put_to_already_joins(cast):
    cast.labels.owner_team = cast.chat
    cast.labels.save()
    first = ask(cast, signal=cast.torn)
    assert ask(cast, by=cast.bob, signal=cast.torn, to_person=cast.olga) == first


def test_another_point_is_another_question(cast):
    ask(cast, measure=cast.late, point_at=cast.now - timedelta(days=7))
    assert ask(cast, measure=cast.late, point_at=cast.now).number == 2


def test_what_was_asked_is_on_the_audit_trail(cast):
    ask(cast, signal=cast.torn)
    deed = Deed.objects.get(verb="asked")
    assert (deed.by, deed.thing) == (cast.alice, "escalation 1")
