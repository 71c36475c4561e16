"""Promises: owed, delivered, doubted, answered, let go; and passed on when people come and go."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from andon.evidence.models import Entry
from andon.growth.actions import promises as actions
from andon.growth.models import Promise
from andon.growth.owed import owed_by
from andon.growth.rules.promises import State
from tests.growth.made import days, led_by, noted, promised


def later(cast, n: int):
    return cast.now + timedelta(days=n)


def state(promise: Promise, now) -> State:
    return Promise.objects.complete().get(pk=promise.pk).state(now)


class TestPromising:
    def test_a_promise_has_its_entry_in_the_ledger(self, cast):
        assert promised(cast).entry.what == "promise.made"

    def test_sitting_in_on_calls_brings_somebody_closer_to_customers(self, cast):
        assert promised(cast).customer_centred
        assert not promised(cast, kind="training").customer_centred

    @pytest.mark.parametrize("who", ["alice", "bob", "mona", "frank", "olga", "ana", "adam"])
    def test_who_is_not_above_somebody_promises_nothing(self, cast, who):
        with pytest.raises(PermissionDenied):
            promised(cast, by=getattr(cast, who), owed_by=cast.martin)

    def test_an_hr_partner_may_promise(self, cast):
        assert promised(cast, by=cast.hana).as_manager is False

    def test_support_is_never_owed_by_the_person_themselves(self, cast):
        with pytest.raises(ValidationError, match="somebody else"):
            promised(cast, owed_by=cast.alice)

    def test_nor_by_somebody_who_left(self, cast):
        with pytest.raises(ValidationError, match="works here"):
            promised(cast, owed_by=cast.lea)

    def test_it_belongs_to_coaching_with_the_same_person_only(self, cast):
        with pytest.raises(ValidationError, match="somebody else"):
            actions.promise(
                cast.bob, what="x", kind="other", owed_by=cast.martin, due=days(3), by=cast.martin, now=cast.now,
                coaching=noted(cast),
            )  # fmt: skip


class TestKeeping:
    def test_it_is_late_once_its_day_has_passed(self, cast):
        promise = promised(cast)
        assert state(promise, later(cast, 7)) is State.COMING
        assert state(promise, later(cast, 8)) is State.LATE

    def test_delivered_says_what_came(self, cast):
        promise = promised(cast)
        actions.deliver(promise, "Two hours on Tuesday.", by=cast.martin, now=later(cast, 6))
        assert state(promise, later(cast, 9)) is State.DELIVERED

    @pytest.mark.parametrize("who", ["alice", "bob", "mona", "frank", "olga"])
    def test_the_person_and_outsiders_cannot_say_that_it_came(self, cast, who):
        with pytest.raises(PermissionDenied):
            actions.deliver(promised(cast), "It came.", by=getattr(cast, who), now=cast.now)

    def test_a_colleague_who_owes_it_can(self, cast):
        promise = promised(cast, owed_by=cast.olga, kind="mentoring")
        assert actions.deliver(promise, "We met.", by=cast.olga, now=later(cast, 2)).by == cast.olga

    def test_nothing_is_delivered_twice(self, cast):
        promise = promised(cast)
        actions.deliver(promise, "Tuesday.", by=cast.martin, now=later(cast, 2))
        with pytest.raises(ValidationError, match="delivered already"):
            actions.deliver(promise, "Tuesday.", by=cast.martin, now=later(cast, 3))

    def test_the_person_may_say_that_it_did_not_help(self, cast):
        promise = promised(cast)
        actions.deliver(promise, "Tuesday.", by=cast.martin, now=later(cast, 2))
        actions.doubt(promise, "There was no call in these hours.", by=cast.alice, now=later(cast, 3))
        assert state(promise, later(cast, 3)) is State.DOUBTED

    @pytest.mark.parametrize("who", ["martin", "lena", "hana", "bob"])
    def test_nobody_doubts_for_them(self, cast, who):
        with pytest.raises(PermissionDenied):
            actions.doubt(promised(cast), "x", by=getattr(cast, who), now=later(cast, 30))

    def test_an_answer_settles_a_doubt(self, cast):
        promise = promised(cast)
        actions.deliver(promise, "Tuesday.", by=cast.martin, now=later(cast, 2))
        doubt = actions.doubt(promise, "No call came.", by=cast.alice, now=later(cast, 3))
        actions.answer_doubt(doubt, "Again on Monday, at the busy hour.", by=cast.martin, now=later(cast, 4))
        assert state(promise, later(cast, 5)) is State.DELIVERED

    def test_so_does_delivering_it_anew(self, cast):
        promise = promised(cast)
        actions.deliver(promise, "Tuesday.", by=cast.martin, now=later(cast, 2))
        actions.doubt(promise, "No call came.", by=cast.alice, now=later(cast, 3))
        actions.deliver(promise, "Monday, nine calls.", by=cast.martin, now=later(cast, 5))
        assert state(promise, later(cast, 6)) is State.DELIVERED
        assert not Promise.objects.waiting().exists()

    def test_a_doubt_before_it_is_due_is_too_early(self, cast):
        with pytest.raises(ValidationError, match="not due yet"):
            actions.doubt(promised(cast), "x", by=cast.alice, now=cast.now)

    def test_what_is_late_may_be_doubted_too(self, cast):
        promise = promised(cast)
        actions.doubt(promise, "It never came.", by=cast.alice, now=later(cast, 9))
        assert state(promise, later(cast, 9)) is State.DOUBTED

    def test_only_the_person_lets_a_promise_go(self, cast):
        promise = promised(cast)
        with pytest.raises(PermissionDenied):
            actions.release(promise, by=cast.martin, now=cast.now)
        actions.release(promise, "I know it by now.", by=cast.alice, now=cast.now)
        assert state(promise, later(cast, 30)) is State.RELEASED
        assert not Promise.objects.waiting().exists()

    def test_every_act_is_in_the_ledger(self, cast):
        promise = promised(cast)
        actions.deliver(promise, "Tuesday.", by=cast.martin, now=later(cast, 2))
        doubt = actions.doubt(promise, "No call came.", by=cast.alice, now=later(cast, 3))
        actions.answer_doubt(doubt, "Monday.", by=cast.martin, now=later(cast, 4))
        actions.release(promise, by=cast.alice, now=later(cast, 5))
        assert list(Entry.objects.order_by("seq").values_list("what", flat=True)) == [
            "promise.made", "promise.delivered", "promise.doubted", "promise.doubt_answered", "promise.released",
        ]  # fmt: skip


class TestPassingOn:
    def owes(self, promise: Promise):
        return Promise.objects.complete().get(pk=promise.pk).owes_name

    def test_who_promised_it_owes_it(self, cast):
        assert self.owes(promised(cast)) == "Martin Manager"

    def test_a_new_manager_owes_what_the_old_one_promised(self, cast):
        promise = promised(cast)
        led_by(cast.alice, cast.mona)
        assert self.owes(promise) == "Mona Manager"

    def test_when_the_manager_leaves_the_next_above_owes_it(self, cast):
        promise = promised(cast)
        cast.martin.left = date.today() - timedelta(days=1)
        cast.martin.save()
        assert self.owes(promise) == "Lena Leader"

    def test_the_day_somebody_leaves_it_has_passed_on_without_any_job(self, cast):
        promise = promised(cast)
        cast.martin.left = date.today()
        cast.martin.save()
        assert self.owes(promise) == "Lena Leader"

    def test_a_mentor_of_another_team_keeps_it_whoever_leads(self, cast):
        promise = promised(cast, owed_by=cast.olga, kind="mentoring")
        led_by(cast.alice, cast.mona)
        assert self.owes(promise) == "Olga Owner"

    def test_the_former_manager_sees_it_no_more_and_the_new_one_reads_why(self, cast):
        promised(cast)
        led_by(cast.alice, cast.mona)
        assert owed_by(cast.martin, cast.now) == []
        (owed,) = owed_by(cast.mona, cast.now)
        assert owed.passed_on == "Martin Manager promised it. The company owes it, now through you."

    def test_nobody_owes_anything_to_somebody_who_left(self, cast):
        promised(cast)
        cast.alice.left, cast.alice.is_active = date.today(), False
        cast.alice.save()
        assert owed_by(cast.martin, cast.now) == []


class TestHandingOn:
    def handed(self, cast, to, by=None, promise=None):
        promise = promise or promised(cast)
        actions.hand_on(promise, to, "I am away until June.", by=by or cast.martin, now=cast.now)
        return promise

    def test_whoever_it_is_handed_on_to_owes_it(self, cast):
        promise = self.handed(cast, cast.olga)
        assert [one.thing for one in owed_by(cast.olga, cast.now)] == [promise]
        assert owed_by(cast.martin, cast.now) == []

    def test_it_is_in_the_ledger_with_its_reason(self, cast):
        promise = self.handed(cast, cast.olga)
        entry = Entry.objects.get(what="promise.handed_on")
        assert "away until June" in entry.content.body
        assert promise.passings.get().entry == entry

    def test_when_they_leave_it_comes_back_to_the_line(self, cast):
        promise = self.handed(cast, cast.olga)
        cast.olga.left = date.today()
        cast.olga.save()
        assert TestPassingOn().owes(promise) == "Martin Manager"

    @pytest.mark.parametrize("who", ["alice", "bob", "mona", "frank", "adam"])
    def test_who_neither_owes_it_nor_leads_the_person_hands_nothing_on(self, cast, who):
        with pytest.raises(PermissionDenied):
            self.handed(cast, cast.olga, by=getattr(cast, who))

    @pytest.mark.parametrize("to", ["alice", "lea", "martin"])
    def test_it_goes_to_somebody_else_who_works_here(self, cast, to):
        with pytest.raises(ValidationError):
            self.handed(cast, getattr(cast, to))

    def test_what_has_come_is_not_handed_on(self, cast):
        promise = promised(cast)
        actions.deliver(promise, "It came.", by=cast.martin, now=cast.now)
        with pytest.raises(ValidationError, match="any more"):
            self.handed(cast, cast.olga, promise=promise)


class TestNotingWhatPassedOn:
    def test_a_change_of_managers_is_written_down_once(self, cast):
        promise = promised(cast)
        led_by(cast.alice, cast.mona)
        assert [actions.note_passed_on(cast.now), actions.note_passed_on(cast.now)] == [1, 0]
        passing = promise.passings.get()
        assert (passing.to, passing.by, passing.entry.what) == (cast.mona, None, "promise.handed_on")

    def test_and_the_next_change_too(self, cast):
        promise = promised(cast)
        for manager in (cast.mona, cast.lena):
            led_by(cast.alice, manager)
            actions.note_passed_on(later(cast, 1))
        assert [one.to for one in promise.passings.all()] == [cast.mona, cast.lena]

    def test_what_stays_where_it_was_is_not_written_down(self, cast):
        promised(cast)
        assert actions.note_passed_on(cast.now) == 0
