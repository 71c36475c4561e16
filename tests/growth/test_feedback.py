"""Feedback that was asked for is its person's alone, and a confidential answer is nobody's."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models

from andon.evidence.models import Entry, Item
from andon.growth.actions import feedback
from andon.growth.models import Answer, Feedback, FeedbackRound, Invitation
from andon.growth.queries.feedback import open_to
from andon.people import lines
from andon.people.models import Deed, Person

pytestmark = pytest.mark.django_db
CLOSES = date(2026, 3, 9)
OVER = timedelta(days=8)


def asked(cast, *people, confidential=True) -> FeedbackRound:
    people = people or (cast.bob, cast.mona, cast.olga)
    return feedback.ask(
        people, "When did I help?", confidential=confidential, closes_on=CLOSES, by=cast.alice, now=cast.now
    )


def answered(cast, put_to: FeedbackRound, *people: Person, rng=None) -> None:
    for person in people:
        feedback.answer(put_to, f"words of {person.number}", by=person, now=cast.now, rng=rng)


def columns(model: type[models.Model]) -> dict[str, type]:
    return {field.name: type(field) for field in model._meta.concrete_fields}


def test_a_confidential_answer_names_nobody_and_no_moment(cast):
    put_to = asked(cast)
    answered(cast, put_to, cast.bob)
    one = put_to.answers.get()
    assert one.by is None
    assert one.on == CLOSES


def test_an_answer_has_no_column_for_a_moment():
    assert models.DateTimeField not in {*columns(Answer).values(), *columns(Invitation).values()}


def test_the_order_of_rows_does_not_follow_the_order_of_answering(cast):
    """By chance it may, once in 120 times; not in three rounds running."""
    people = (cast.bob, cast.mona, cast.olga, cast.martin, cast.charlie)
    given = [f"words of {person.number}" for person in people]
    kept = [rows_of_a_round(cast, people) for _ in range(3)]
    assert all(sorted(rows) == sorted(given) for rows in kept)
    assert any(rows != given for rows in kept)


def rows_of_a_round(cast, people) -> list[str]:
    """As the table gives them."""
    put_to = asked(cast, *people)
    answered(cast, put_to, *people)
    return list(put_to.answers.order_by().values_list("text", flat=True))


def test_every_answer_changes_every_key(cast):
    put_to = asked(cast)
    answered(cast, put_to, cast.bob)
    before = set(put_to.answers.values_list("pk", flat=True))
    answered(cast, put_to, cast.mona)
    assert before.isdisjoint(put_to.answers.values_list("pk", flat=True))


def test_neither_trail_nor_ledger_hears_of_an_answer(cast):
    put_to = asked(cast)
    deeds, entries = Deed.objects.count(), Entry.objects.count()
    answered(cast, put_to, cast.bob, cast.mona, cast.olga)
    assert (Deed.objects.count(), Entry.objects.count()) == (deeds, entries)


def test_a_named_answer_carries_its_name_and_day(cast):
    put_to = asked(cast, cast.bob, confidential=False)
    answered(cast, put_to, cast.bob)
    one = put_to.answers.get()
    assert (one.by, one.on) == (cast.bob, date(2026, 3, 2))


def test_nobody_answers_twice(cast):
    put_to = asked(cast)
    answered(cast, put_to, cast.bob)
    with pytest.raises(ValidationError):
        answered(cast, put_to, cast.bob)


def test_who_was_not_asked_does_not_answer(cast):
    with pytest.raises(PermissionDenied):
        answered(cast, asked(cast), cast.charlie)


def test_who_declined_may_not_answer_after(cast):
    put_to = asked(cast)
    feedback.decline(put_to, by=cast.bob, now=cast.now)
    with pytest.raises(ValidationError):
        answered(cast, put_to, cast.bob)


def test_nobody_answers_after_the_end(cast):
    with pytest.raises(ValidationError):
        feedback.answer(asked(cast), "Late.", by=cast.bob, now=cast.now + OVER)


def test_nobody_asks_themselves_or_somebody_who_left(cast):
    for person in (cast.alice, cast.lea):
        with pytest.raises(ValidationError):
            asked(cast, cast.bob, cast.mona, cast.olga, person)


def test_the_same_person_three_times_is_one(cast):
    with pytest.raises(ValidationError):
        asked(cast, cast.bob, cast.bob, cast.bob)


def test_whether_it_is_confidential_is_fixed(cast):
    put_to = asked(cast)
    assert not hasattr(feedback, "revise")
    assert FeedbackRound.objects.get(pk=put_to.pk).confidential


def test_called_off_confidential_answers_are_gone_unread(cast):
    put_to = asked(cast)
    answered(cast, put_to, cast.bob, cast.mona)
    feedback.call_off(put_to, by=cast.alice, now=cast.now)
    assert not Answer.objects.exists()


def test_too_few_answers_are_deleted_unread(cast):
    put_to = asked(cast)
    answered(cast, put_to, cast.bob, cast.mona)
    assert feedback.let_go(cast.now) == 0
    assert feedback.let_go(cast.now + OVER) == 1
    assert not Answer.objects.exists()


def test_enough_answers_are_never_deleted(cast):
    put_to = asked(cast)
    answered(cast, put_to, cast.bob, cast.mona, cast.olga)
    assert feedback.let_go(cast.now + OVER) == 0
    assert put_to.answers.count() == 3


def test_feedback_is_its_persons_alone(cast):
    put_to = asked(cast)
    answered(cast, put_to, cast.bob, cast.mona, cast.olga)
    seen_by = {
        key
        for key, person in vars(cast).items()
        if isinstance(person, Person) and FeedbackRound.objects.visible_to(person).exists()
    }
    assert seen_by == {"alice"}


def test_it_is_shared_with_the_line_and_taken_back(cast):
    put_to = asked(cast)
    answered(cast, put_to, cast.bob, cast.mona, cast.olga)
    shared = feedback.share(put_to, cast.martin, by=cast.alice, now=cast.now)
    assert put_to in FeedbackRound.objects.visible_to(cast.martin)
    assert put_to not in FeedbackRound.objects.visible_to(cast.lena)
    feedback.take_back(shared, by=cast.alice, now=cast.now)
    assert put_to not in FeedbackRound.objects.visible_to(cast.martin)


def test_a_former_manager_reads_nothing_that_was_shared(cast):
    put_to = asked(cast)
    answered(cast, put_to, cast.bob, cast.mona, cast.olga)
    feedback.share(put_to, cast.martin, by=cast.alice, now=cast.now)
    cast.alice.manager = cast.mona
    cast.alice.save()
    lines.rebuild()
    assert put_to not in FeedbackRound.objects.visible_to(cast.martin)


@pytest.mark.parametrize("to", ["bob", "mona", "frank", "lea", "alice"])
def test_it_is_shared_with_nobody_outside_the_line(cast, to):
    put_to = asked(cast)
    answered(cast, put_to, cast.bob, cast.mona, cast.olga)
    with pytest.raises(ValidationError):
        feedback.share(put_to, getattr(cast, to), by=cast.alice, now=cast.now)


def test_what_cannot_be_read_yet_is_neither_shared_nor_put_on_record(cast):
    put_to = asked(cast)
    answered(cast, put_to, cast.bob)
    with pytest.raises(ValidationError):
        feedback.share(put_to, cast.martin, by=cast.alice, now=cast.now)
    with pytest.raises(PermissionDenied):
        feedback.put_on_record(put_to.answers.get(), by=cast.alice, now=cast.now)
    assert not Item.objects.exists()


def test_on_the_record_a_confidential_answer_still_names_nobody(cast):
    put_to = asked(cast)
    answered(cast, put_to, cast.bob, cast.mona, cast.olga)
    feedback.put_on_record(put_to.answers.first(), by=cast.alice, now=cast.now + OVER)
    item = Item.objects.get()
    assert item.kind == "feedback"
    assert not any(name in item.source + item.text for name in ("Bob", "Mona", "Olga"))


def test_it_goes_on_the_record_once(cast):
    given = feedback.give(cast.alice, "You rang back.", by=cast.bob, now=cast.now)
    feedback.put_on_record(given, by=cast.alice, now=cast.now)
    with pytest.raises(ValidationError):
        feedback.put_on_record(given, by=cast.alice, now=cast.now)


def test_only_the_person_puts_it_on_their_record(cast):
    given = feedback.give(cast.alice, "You rang back.", by=cast.bob, now=cast.now)
    for person in (cast.bob, cast.martin, cast.hana):
        with pytest.raises(PermissionDenied):
            feedback.put_on_record(given, by=person, now=cast.now)


def test_unasked_feedback_is_read_by_both_and_nobody_else(cast):
    given = feedback.give(cast.alice, "You rang back.", by=cast.bob, now=cast.now)
    for person in (cast.alice, cast.bob):
        assert given in Feedback.objects.visible_to(person)
    for person in (cast.martin, cast.lena, cast.hana, cast.adam, cast.lea):
        assert not Feedback.objects.visible_to(person).exists()


def test_nobody_is_asked_by_somebody_who_left(cast):
    put_to = asked(cast)
    assert open_to(cast.bob, cast.now).get() == put_to
    cast.alice.left = date(2026, 3, 1)
    cast.alice.save()
    assert not open_to(cast.bob, cast.now).exists()


def test_what_a_leaver_shared_is_read_no_longer(cast):
    given = feedback.give(cast.alice, "You rang back.", by=cast.bob, now=cast.now)
    feedback.share(given, cast.martin, by=cast.alice, now=cast.now)
    assert given in Feedback.objects.visible_to(cast.martin)
    cast.alice.left = date(2026, 3, 1)
    cast.alice.save()
    assert given not in Feedback.objects.visible_to(cast.martin)
