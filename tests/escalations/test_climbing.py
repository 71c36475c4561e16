"""Promises that were not kept are recorded once, and climb the line on their own."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from andon.escalations import actions, story
from andon.escalations.climbing import climb, told_words
from andon.escalations.models import Breach, Preliminary
from andon.people import lines
from andon.people.models import Person, Team
from andon.people.notices.models import Notice
from tests.escalations.test_calendaring import keep

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def question(cast):
    """About labels, so to Olga; above her is Lena, who is a leader too."""
    return actions.raise_escalation(by=cast.alice, now=cast.now, mechanism=cast.labels, note="?")


@pytest.fixture
def deep(cast):
    """To Paul, under Petra, under Lena."""
    team = Team.objects.create(slug="packing", name="Packing")
    petra = Person.objects.create_person(
        number="40", name="Petra Above", email="petra@example.com", team=team, manager=cast.lena
    )
    paul = Person.objects.create_person(
        number="41", name="Paul Packer", email="paul@example.com", team=team, manager=petra
    )
    lines.rebuild()
    cast.paul, cast.petra, cast.packing = paul, petra, team
    return cast


def late(kind: str = "own"):
    return Breach.objects.filter(clock=kind)


def told(clock: str = "own") -> list[list[str]]:
    return [[person.name.split()[0] for person in breach.told.order_by("pk")] for breach in late(clock)]


def test_nothing_is_recorded_while_there_is_time(cast, question):
    assert climb(cast.now + HOUR) == 0
    assert not Breach.objects.exists()


def test_who_is_to_keep_a_promise_hears_of_it_first(cast, question):
    climb(cast.now + HOUR + MINUTE)
    assert told() == [["Olga"]]


def test_then_their_manager_then_the_leaders_an_hour_each(deep):
    actions.raise_escalation(by=deep.alice, now=deep.now, to_person=deep.paul, note="?")
    seen = []
    for hours in (1, 2, 3):
        climb(deep.now + hours * HOUR + MINUTE)
        seen.append(told()[-1])
    assert seen == [["Paul"], ["Petra"], ["Lena"]]


def test_a_question_to_a_team_goes_to_whoever_leads_it(deep):
    actions.raise_escalation(by=deep.alice, now=deep.now, to_team=deep.packing, note="?")
    climb(deep.now + HOUR + MINUTE)
    assert told() == [["Petra"]]


def test_in_triage_those_who_know_the_register_hear_of_it(cast):
    actions.raise_escalation(by=cast.alice, now=cast.now, note="Whose is this?")
    climb(cast.now + HOUR + MINUTE)
    assert told() == [["Ana", "Adam"]]


def test_who_has_left_is_passed_over(deep):
    actions.raise_escalation(by=deep.alice, now=deep.now, to_person=deep.paul, note="?")
    Person.objects.filter(pk=deep.petra.pk).update(is_active=False)
    climb(deep.now + 2 * HOUR + MINUTE)
    assert told() == [["Paul"], ["Lena"]]


def test_asking_every_minute_records_and_tells_each_level_once(cast, question):
    for minutes in range(55, 200, 5):
        climb(cast.now + minutes * MINUTE)
    keys = list(Notice.objects.filter(kind="late").values_list("key", flat=True))
    assert len(keys) == len(set(keys)) == 2
    assert [breach.level for breach in late()] == [0, 1, 2]


def test_twice_at_the_same_moment_is_once(cast, question):
    now = cast.now + HOUR + MINUTE
    assert (climb(now), climb(now)) == (1, 0)


def test_after_a_pause_of_the_worker_nothing_is_missing(cast, question):
    climb(cast.now + 30 * HOUR)
    assert {clock for (clock,) in Breach.objects.values_list("clock")} == {"own", "make right", "explain"}
    assert told("own")[:2] == [["Olga"], ["Lena"]]


def test_a_promise_kept_late_while_nothing_ran_is_recorded_but_nobody_is_told(cast, question):
    actions.own(question, by=cast.olga, now=cast.now + 2 * HOUR)
    climb(cast.now + 3 * HOUR)
    assert [breach.level for breach in late()] == [0]
    assert told() == [[]]


def test_a_promise_kept_in_time_is_no_breach(cast, question):
    actions.own(question, by=cast.olga, now=cast.now + HOUR)
    climb(cast.now + 3 * HOUR)
    assert not late().exists()


def test_what_was_taken_on_does_not_climb_further(cast, question):
    climb(cast.now + HOUR + MINUTE)
    actions.own(question, by=cast.olga, now=cast.now + HOUR + 30 * MINUTE)
    climb(cast.now + 5 * HOUR)
    assert told() == [["Olga"]]


def test_what_was_closed_late_while_nothing_ran_is_recorded(cast, question):
    actions.close(question, "Asked by mistake.", by=cast.alice, now=cast.now + 2 * HOUR)
    climb(cast.now + 3 * HOUR)
    assert late().count() == 1
    assert told() == [[]]


def test_the_customers_clock_climbs_from_receipt(cast):
    actions.raise_escalation(by=cast.alice, now=cast.now, signal=cast.torn)  # told us an hour before
    climb(cast.now + 3 * HOUR + MINUTE)
    assert late("make right").first().due == cast.now + 3 * HOUR


def test_without_a_preliminary_answer_two_days_are_a_breach_of_their_own(cast, question):
    climb(cast.now + 48 * HOUR + MINUTE)
    assert late("preliminary").exists()


def test_a_preliminary_answer_with_a_next_date_moves_the_explanation_to_it(cast, question):
    preliminary(question, cast, at=20 * HOUR, next_at=60 * HOUR)
    climb(cast.now + 59 * HOUR)
    assert not late("explain").exists()
    assert not late("preliminary").exists()


def test_a_next_date_that_passes_is_a_breach_of_its_own(cast, question):
    climb(cast.now + 25 * HOUR)
    preliminary(question, cast, at=26 * HOUR, next_at=60 * HOUR)
    climb(cast.now + 60 * HOUR + MINUTE)
    dues = [breach.due - cast.now for breach in late("explain").filter(level=0)]
    assert dues == [24 * HOUR, 60 * HOUR]
    assert Notice.objects.filter(kind="late", key__contains=":late:explain:", to=cast.olga).count() == 2


def test_a_preliminary_answer_that_came_late_does_not_undo_the_breach(cast, question):
    preliminary(question, cast, at=30 * HOUR, next_at=60 * HOUR)
    climb(cast.now + 31 * HOUR)
    assert late("explain").filter(due=cast.now + 24 * HOUR).exists()


def test_what_broke_a_fortnight_ago_unnoticed_is_recorded_without_mail(cast, question):
    climb(cast.now + 14 * DAY)
    assert late().exists()
    assert not Notice.objects.filter(kind="late").exists()


def test_the_mail_names_no_customer_in_its_subject_and_says_how_to_help(cast):
    actions.raise_escalation(by=cast.alice, now=cast.now, signal=cast.torn)
    climb(cast.now + 2 * HOUR)
    notice = Notice.objects.filter(kind="late", to=cast.olga).first()
    assert "torn" not in notice.subject
    assert "late by 1 h to own it" in notice.text
    assert notice.thread == "escalation:1"


def test_the_story_says_who_was_told_and_how_late_it_was(deep):
    actions.raise_escalation(by=deep.alice, now=deep.now, to_person=deep.paul, note="?")
    climb(deep.now + 2 * HOUR + MINUTE)
    assert [told_words(breach) for breach in late()] == [
        "Nobody has taken it on in time; told Paul Packer",
        "Still late, by 1 h; told Petra Above",
    ]


def test_a_team_with_working_hours_is_late_by_them(cast):
    keep(cast.fulfilment, cast)
    friday = datetime(2026, 3, 6, 17, 30, tzinfo=UTC)
    actions.raise_escalation(by=cast.alice, now=friday, mechanism=cast.labels, note="?")
    climb(friday + 2 * DAY)
    assert not late("own").exists()
    assert late("make right").exists()
    climb(datetime(2026, 3, 9, 9, 1, tzinfo=UTC))
    assert late("own").exists()


def test_many_open_questions_cost_the_same_few_queries(cast, django_assert_max_num_queries):
    for _each in range(12):
        actions.raise_escalation(by=cast.alice, now=cast.now, mechanism=cast.labels, note="?")
    climb(cast.now + 2 * HOUR + MINUTE)
    with django_assert_max_num_queries(3):
        climb(cast.now + 2 * HOUR + 2 * MINUTE)


def test_what_fails_in_between_leaves_nothing_told(cast, question):
    with pytest.raises(ZeroDivisionError):
        _climb_and_fail(cast.now + 2 * HOUR)
    assert not Breach.objects.exists()
    assert not Notice.objects.filter(kind="late").exists()


@transaction.atomic
def _climb_and_fail(now):
    climb(now)
    raise ZeroDivisionError


def preliminary(question, cast, at: timedelta, next_at: timedelta):
    return Preliminary.objects.create(
        escalation=question, text="We look.", at=cast.now + at, next_at=cast.now + next_at, by=cast.olga
    )


def test_the_story_of_a_question_shows_what_was_not_kept_to_everybody(deep):
    question = actions.raise_escalation(by=deep.alice, now=deep.now, to_person=deep.paul, note="?")
    climb(deep.now + 2 * HOUR + MINUTE)
    told = [step.what for step in story.told_to(deep.charlie, question) if step.kind == "late"]
    assert told == [
        "Nobody has taken it on in time; told Paul Packer",
        "Still late, by 1 h; told Petra Above",
    ]
