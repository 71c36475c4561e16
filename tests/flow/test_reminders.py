"""What waits for people is told to them once, and says no more than that."""

from datetime import timedelta

import pytest

from andon.flow.reminders import how_late, remind
from andon.growth.actions import feedback, promises
from andon.people.notices.models import Notice
from andon.plans import actions as plans
from tests.growth.made import TODAY, days, noted, promised
from tests.plans import story

pytestmark = pytest.mark.django_db


def told(person):
    return [one.subject for one in Notice.objects.visible_to(person).order_by("pk")]


@pytest.mark.parametrize(
    ("due", "step"),
    [(4, None), (3, "soon"), (1, "soon"), (0, "today"), (-1, "late 0"), (-6, "late 0"), (-7, "late 1")],
)
def test_a_reminder_comes_before_on_and_after_the_day_and_then_weekly(due, step):
    assert how_late(days(due), TODAY) == step


def test_who_promised_is_reminded_once_a_step(cast):
    promised(cast, due=days(2))
    assert remind(cast.now) == 1
    assert remind(cast.now + timedelta(days=1)) == 0
    remind(cast.now + timedelta(days=2))
    remind(cast.now + timedelta(days=3))
    assert told(cast.martin) == [
        "Something you owe is due soon", "Something you owe is due today", "Something you owe is late",
    ]  # fmt: skip
    assert told(cast.alice) == []


def test_what_came_is_not_reminded_of(cast):
    promise = promised(cast, due=days(2))
    promises.deliver(promise, "Came.", by=cast.martin, now=cast.now)
    assert remind(cast.now) == 0


def test_a_reminder_says_nothing_of_whom_or_what(cast):
    promised(cast, due=days(1))
    noted(cast, follow_up_on=days(2))
    remind(cast.now)
    words = " ".join(f"{one.subject} {one.text}" for one in Notice.objects.all())
    for private in ("Alice", "calls", "returns", "timer", "chat", "late parcels"):
        assert private not in words
    assert {one.link for one in Notice.objects.all()} <= {
        one.link for one in Notice.objects.filter(link__startswith="/team/")
    }


def test_a_promise_moved_to_another_day_is_reminded_of_anew(cast):
    promise = promised(cast, due=days(1))
    remind(cast.now)
    type(promise).objects.filter(pk=promise.pk).update(due=days(2))
    assert remind(cast.now) == 1


def test_whoever_is_asked_for_feedback_hears_of_it_once(cast):
    feedback.ask(
        [cast.bob, cast.martin], "How do I explain refunds?", confidential=False,
        closes_on=days(14), by=cast.alice, now=cast.now,
    )  # fmt: skip
    assert remind(cast.now) == 2
    assert remind(cast.now + timedelta(days=7)) == 0
    notice = Notice.objects.get(to=cast.bob)
    assert notice.subject == "A colleague asks you for feedback"
    assert "Alice" not in notice.text
    assert "refunds" not in notice.text


def test_hr_is_told_that_a_plan_waits_and_nobody_of_their_own_case(cast):
    story.proposed(story.ready(cast))
    remind(cast.now)
    waits = "A plan waits for HR’s review."
    assert waits in told(cast.hana)
    assert waits in told(cast.hugo)
    assert waits not in told(cast.martin) + told(cast.alice) + told(cast.lena)


def test_whoever_is_handed_a_plan_hears_that_something_waits_and_not_what(cast):
    story.issued(story.ready(cast))
    remind(cast.now)
    notice = Notice.objects.get(to=cast.alice)
    assert notice.subject == "Something was handed to you"
    assert "plan" not in (notice.subject + notice.text).lower()


def test_whoever_read_it_is_not_reminded(cast):
    story.active(story.ready(cast))
    remind(cast.now)
    assert told(cast.alice) == []


def test_whoever_a_decision_is_about_hears_that_it_stands_and_that_an_appeal_was_answered(cast):
    plan = story.active(story.ready(cast))
    at = cast.now + timedelta(days=1)
    second = story.add_second_hr(cast) if not hasattr(cast, "hugo") else cast.hugo
    plans.decide(plan, "met", story.REASON, by=cast.martin, now=at)
    remind(at)
    assert told(cast.alice) == []
    plans.approve(plan, story.REASON, by=cast.hana, now=at)
    remind(at)
    remind(at)
    assert told(cast.alice) == ["Something about you was decided"]
    plans.appeal(plan, "The reasons are not those of the talk.", by=cast.alice, now=at)
    plans.hear(plan, "stands", story.REASON, by=second, now=at)
    remind(at)
    assert told(cast.alice) == ["Something about you was decided", "Your appeal was answered"]
    assert "met" not in " ".join(one.text for one in Notice.objects.filter(to=cast.alice))
