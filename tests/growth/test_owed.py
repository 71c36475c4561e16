"""What somebody owes, in one list."""

from datetime import timedelta

import pytest

from andon.growth import owed
from andon.growth.actions import coaching, one_to_ones, promises
from andon.growth.owed import Owed, owed_by
from andon.standards.models import Acknowledgement, StandardVersion
from tests.growth.made import days, led_by, noted, promised, standard, talk


def kinds(person, now) -> list[str]:
    return [one.kind for one in owed_by(person, now)]


def test_support_looks_back_and_actions_stand_in_one_list_by_their_day(cast):
    promised(cast, due=days(9))
    noted(cast, follow_up_on=days(14))
    one_to_ones.agree_action(
        talk(cast), "Ask for a timer", cast.martin, days(3), by=cast.martin, now=cast.now
    )
    assert kinds(cast.martin, cast.now) == ["From a 1:1", "Support", "Follow-up"]


def test_what_came_leaves_the_list(cast):
    promise = promised(cast)
    promises.deliver(promise, "Came.", by=cast.martin, now=cast.now)
    assert owed_by(cast.martin, cast.now) == []


def test_what_the_person_doubts_comes_back_to_it(cast):
    promise = promised(cast)
    promises.deliver(promise, "Came.", by=cast.martin, now=cast.now)
    promises.doubt(promise, "It did not.", by=cast.alice, now=cast.now + timedelta(days=1))
    assert kinds(cast.martin, cast.now) == ["Support"]


def test_a_look_back_leaves_the_list_when_it_was_the_last(cast):
    note = noted(cast)
    coaching.follow_up(note, "Good.", their_part="done", our_part="done", by=cast.martin, now=cast.now)
    assert owed_by(cast.martin, cast.now) == []


def test_a_look_back_agreed_by_a_former_manager_is_the_new_ones(cast):
    noted(cast)
    led_by(cast.alice, cast.mona)
    (one,) = owed_by(cast.mona, cast.now)
    assert one.passed_on == "Martin Manager agreed it and no longer can. It is yours now."
    assert owed_by(cast.martin, cast.now) == []


def test_a_question_about_a_standard_waits_for_the_nearest_manager(cast):
    version = StandardVersion.objects.create(
        standard=standard(cast),
        number=1,
        statement="Labels hold.",
        serves="Parcels arrive.",
        drafted_at=cast.now,
    )
    asked = {"version": version, "person": cast.alice, "at": cast.now, "words": "Also in winter?"}
    Acknowledgement.objects.create(kind="question", **asked)
    Acknowledgement.objects.create(kind="understood", **asked | {"words": "Yes"})
    (one,) = owed_by(cast.martin, cast.now)
    assert one.what == "A question, about “Labels that hold”: Also in winter?"
    assert owed_by(cast.lena, cast.now) == []


def test_another_stage_adds_its_own(cast):
    def checkpoints(person, now):
        return (
            [Owed("Checkpoint", "Week four", cast.alice, days(1), ("home",))] if person == cast.martin else []
        )

    owed.register(checkpoints)
    try:
        owed.register(checkpoints)
        assert kinds(cast.martin, cast.now) == ["Checkpoint"]
    finally:
        owed.SOURCES.remove(checkpoints)


def test_who_left_owes_nothing(cast):
    assert owed_by(cast.lea, cast.now) == []


@pytest.mark.parametrize("many", [1, 15])
def test_the_list_takes_the_same_queries_however_long(cast, many, django_assert_max_num_queries):
    for n in range(many):
        promised(cast, what=f"Support {n}")
        noted(cast, situation=f"Talk {n}")
    with django_assert_max_num_queries(8):
        assert len(owed_by(cast.martin, cast.now)) == 2 * many
