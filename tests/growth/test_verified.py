"""Coaching and promises are held against the ledger: whatever is altered or taken away of them is found."""

from datetime import date, timedelta

import pytest

from andon.evidence import reading
from andon.evidence.law import erasing
from andon.growth import models
from andon.growth.actions import coaching, promises
from tests.growth.made import noted, promised


@pytest.fixture
def kept(cast, settings, tmp_path):
    """One of everything: a talk with all that follows it, and a promise with its whole story."""
    settings.HOME = tmp_path
    later = cast.now + timedelta(days=40)
    note = noted(cast, by=cast.martin, their_view="It was loud.", with_consent=True)
    coaching.confirm_view(note.views.get(), True, by=cast.alice, now=cast.now)
    coaching.correct(note, "It was Tuesday.", by=cast.martin, now=cast.now)
    coaching.follow_up(note, "Better.", their_part="done", our_part="done", by=cast.martin, now=later)
    promise = promised(cast)
    promises.hand_on(promise, cast.lena, "She has the desk.", by=cast.martin, now=cast.now)
    promises.deliver(promise, "It came.", by=cast.martin, now=later)
    doubt = promises.doubt(promise, "It did not help.", by=cast.alice, now=later)
    promises.answer_doubt(doubt, "We look for another.", by=cast.martin, now=later)
    promises.release(promise, by=cast.alice, now=later)
    return cast


ALTERED = [
    (models.Coaching, {"impact": "None."}),
    (models.Coaching, {"follow_up_on": date(2027, 1, 1)}),
    (models.View, {"text": "I agree with all of it."}),
    (models.Confirmation, {"agrees": False}),
    (models.Correction, {"text": "Nothing was wrong."}),
    (models.FollowUp, {"their_part": "not_yet"}),
    (models.Promise, {"due": date(2027, 1, 1)}),
    (models.Delivery, {"words": "Nothing came."}),
    (models.Doubt, {"words": "It helped."}),
    (models.DoubtAnswer, {"words": "No."}),
    (models.Release, {"words": "I want none of it."}),
    (models.Passing, {"words": "Because."}),
]


def test_as_it_was_written_all_of_it_agrees(kept):
    assert reading.check().problems == []


@pytest.mark.parametrize(("model", "change"), ALTERED)
def test_what_was_altered_is_found(kept, model, change):
    model.objects.update(**change)
    (problem,) = reading.check().problems
    assert problem.startswith(f"{model.__name__} ")
    assert "was altered" in problem


@pytest.mark.parametrize("model", [models.Correction, models.FollowUp, models.Release, models.DoubtAnswer])
def test_what_was_taken_away_is_found(kept, model):
    model.objects.all().delete()
    assert any("was taken away" in problem for problem in reading.check().problems)


def test_a_promise_that_was_moved_to_another_person_is_found(kept):
    models.Promise.objects.update(person=kept.bob)
    assert any("moved to another person" in problem for problem in reading.check().problems)


def test_who_owes_it_without_having_been_handed_it_is_found(kept):
    models.Promise.objects.update(held_by=kept.mona)
    assert any("nobody handed it on" in problem for problem in reading.check().problems)


def test_what_was_erased_agrees_as_well(kept):
    kept.alice.left, kept.alice.is_active = date(2026, 2, 28), False
    kept.alice.save()
    erasing.erase_person(kept.alice, why="leaver", by=kept.hana, now=kept.now + timedelta(days=50))
    assert reading.check().problems == []
