"""Talks of two are read by the two alone."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from andon.evidence.models import Entry
from andon.growth.actions import one_to_ones as actions
from andon.growth.models import AgendaItem, OneToOne
from andon.growth.owed import owed_by
from tests.growth.made import days, led_by, talk

OTHERS = ["bob", "lena", "hana", "mona", "frank", "olga", "ana", "adam", "charlie", "lea"]


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_sees_it_neither_the_line_above_nor_hr(cast, who):
    talk(cast)
    assert not OneToOne.objects.visible_to(getattr(cast, who)).exists()


@pytest.mark.parametrize("who", ["alice", "martin"])
def test_the_two_see_it_and_both_write(cast, who):
    one = talk(cast)
    by = getattr(cast, who)
    actions.put_on_agenda(one, "The new timer", by=by, now=cast.now)
    assert OneToOne.objects.visible_to(by).get().agenda.get().by == by


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_writes(cast, who):
    one = talk(cast)
    with pytest.raises(PermissionDenied):
        actions.write_note(one, "x", by=getattr(cast, who), now=cast.now)


def test_a_former_manager_reads_it_no_more_and_the_person_still_does(cast):
    talk(cast)
    led_by(cast.alice, cast.mona)
    assert not OneToOne.objects.visible_to(cast.martin).exists()
    assert OneToOne.objects.visible_to(cast.alice).exists()


def test_the_new_manager_does_not_inherit_what_was_said(cast):
    talk(cast)
    led_by(cast.alice, cast.mona)
    assert not OneToOne.objects.visible_to(cast.mona).exists()


def test_nothing_of_it_is_in_the_ledger(cast):
    one = talk(cast)
    actions.put_on_agenda(one, "My child is ill", by=cast.alice, now=cast.now)
    actions.write_note(one, "Goes home at three.", by=cast.martin, now=cast.now)
    actions.agree_action(one, "Change the rota", cast.martin, days(3), by=cast.alice, now=cast.now)
    assert not Entry.objects.exists()


def test_a_talk_of_one_day_is_one_talk_whoever_plans_it(cast):
    assert talk(cast) == talk(cast, by=cast.alice)


@pytest.mark.parametrize("pair", [("bob", "alice"), ("charlie", "martin"), ("alice", "mona")])
def test_a_talk_is_between_somebody_and_their_line(cast, pair):
    person, manager = (getattr(cast, who) for who in pair)
    with pytest.raises(PermissionDenied):
        talk(cast, person=person, manager=manager, by=manager)


def test_somebody_else_does_not_plan_it_for_them(cast):
    with pytest.raises(PermissionDenied):
        talk(cast, by=cast.hana)


def test_an_action_is_for_one_of_the_two(cast):
    with pytest.raises(ValidationError, match="One of the two"):
        actions.agree_action(talk(cast), "x", cast.bob, days(3), by=cast.martin, now=cast.now)


def test_an_action_is_owed_until_it_is_done(cast):
    action = actions.agree_action(
        talk(cast), "Change the rota", cast.martin, days(3), by=cast.alice, now=cast.now
    )
    assert [one.what for one in owed_by(cast.martin, cast.now)] == ["Change the rota"]
    actions.finish(action, by=cast.alice, now=cast.now)
    assert owed_by(cast.martin, cast.now) == []


def test_what_was_talked_about_once_stays_so(cast):
    item = actions.put_on_agenda(talk(cast), "The timer", by=cast.alice, now=cast.now)
    first = actions.cover(item, by=cast.martin, now=cast.now)
    assert actions.cover(item, by=cast.alice, now=cast.now) == first
    assert AgendaItem.objects.filter(covered=None).count() == 0
