"""Saying which mechanism signals are about."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from andon.signals import actions
from andon.signals.assigning import last_batch
from andon.signals.models import Assignment, Signal


def test_an_analyst_gives_a_signal_its_mechanism(cast):
    assert actions.assign(cast.lost, cast.refunds, by=cast.ana, now=cast.now) == 1
    cast.lost.refresh_from_db()
    assert cast.lost.mechanism == cast.refunds
    made = cast.lost.assignments.get()
    assert (made.was, made.mechanism, made.by, made.basis) == (None, cast.refunds, cast.ana, "person")


def test_what_is_so_already_is_not_written_again(cast):
    assert actions.assign(cast.torn, cast.labels, by=cast.ana, now=cast.now) == 0
    assert not Assignment.objects.exists()


def test_all_that_match_are_assigned_at_once(cast):
    everything = Signal.objects.visible_to(cast.lena)
    assert actions.assign(everything, cast.refunds, by=cast.lena, now=cast.now) == 2
    assert not Signal.objects.exclude(mechanism=cast.refunds).exists()


def test_the_mechanism_can_be_taken_away(cast):
    actions.assign(cast.torn, None, by=cast.ana, now=cast.now)
    cast.torn.refresh_from_db()
    assert cast.torn.mechanism is None


def test_the_owner_passes_a_signal_on(cast):
    assert actions.assign(cast.torn, cast.refunds, by=cast.olga, now=cast.now) == 1


@pytest.mark.parametrize("who", ["alice", "martin", "charlie", "hana", "lea"])
def test_who_does_not_answer_for_it_cannot(cast, who):
    with pytest.raises(PermissionDenied):
        actions.assign(cast.torn, cast.refunds, by=getattr(cast, who), now=cast.now)
    assert not Assignment.objects.exists()


def test_one_that_may_not_be_assigned_stops_all(cast):
    with pytest.raises(PermissionDenied):
        actions.assign([cast.torn, cast.unpaid], None, by=cast.olga, now=cast.now)
    cast.torn.refresh_from_db()
    assert cast.torn.mechanism == cast.labels


def test_a_retired_mechanism_is_not_chosen(cast):
    cast.refunds.retired_at = cast.now
    cast.refunds.save()
    with pytest.raises(ValidationError, match="retired"):
        actions.assign(cast.lost, cast.refunds, by=cast.ana, now=cast.now)


def test_many_are_taken_back_at_once(cast):
    actions.assign(Signal.objects.all(), cast.refunds, by=cast.ana, now=cast.now)
    assert actions.undo(last_batch(cast.ana).batch, by=cast.ana, now=cast.now) == 2
    mechanisms = dict(Signal.objects.values_list("key", "mechanism__slug"))
    assert mechanisms == {"said-1": "labels", "said-2": "refunds", "said-3": None}


def test_what_somebody_has_assigned_since_stays(cast):
    actions.assign(Signal.objects.all(), cast.refunds, by=cast.ana, now=cast.now)
    actions.assign(cast.lost, cast.labels, by=cast.lena, now=cast.now)
    actions.undo(last_batch(cast.ana).batch, by=cast.ana, now=cast.now)
    cast.lost.refresh_from_db()
    assert cast.lost.mechanism == cast.labels


def test_taking_back_works_once_and_only_for_whoever_did_it(cast):
    actions.assign(cast.lost, cast.refunds, by=cast.ana, now=cast.now)
    batch = last_batch(cast.ana).batch
    with pytest.raises(ValidationError):
        actions.undo(batch, by=cast.lena, now=cast.now)
    actions.undo(batch, by=cast.ana, now=cast.now)
    assert last_batch(cast.ana) is None
    with pytest.raises(ValidationError):
        actions.undo(batch, by=cast.ana, now=cast.now)
