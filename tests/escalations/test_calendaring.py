"""A team opts in to working hours; what was promised before stays."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from andon.escalations import actions
from andon.escalations.calendaring import drop_calendar, hours_of, keep_calendar, keepable
from andon.escalations.models import Calendar, Escalation
from andon.escalations.rules.hours import read_hours, write_hours
from andon.people.models import Team

pytestmark = pytest.mark.django_db
OFFICE = (((540, 1020),),) * 5 + ((), ())
HOUR = timedelta(hours=1)
FRIDAY = datetime(2026, 3, 6, 17, 30, tzinfo=UTC)  # half past six in Berlin


def keep(team, cast, by=None, now=None, **fields):
    given = {"zone": "Europe/Berlin", "week": OFFICE} | fields
    return keep_calendar(team, by=by or cast.lena, now=now or cast.now, **given)


def ask(cast, now=FRIDAY):
    asked = actions.raise_escalation(by=cast.alice, now=now, mechanism=cast.labels, note="?")
    return Escalation.objects.board().get(pk=asked.pk)


def due(escalation, now=FRIDAY) -> dict:
    return {clock.name: clock.due for clock in escalation.clocks(now)}


def test_a_team_without_a_calendar_has_the_clock_on_the_wall(cast):
    assert due(ask(cast))["own"] == FRIDAY + HOUR


def test_a_teams_clocks_count_working_time_and_the_customers_does_not_pause(cast):
    keep(cast.fulfilment, cast)
    assert due(ask(cast)) == {
        "own": datetime(2026, 3, 9, 9, tzinfo=UTC),
        "make right": FRIDAY + 4 * HOUR,
        "explain": datetime(2026, 3, 11, 16, tzinfo=UTC),
    }


def test_what_is_left_is_said_in_working_time(cast):
    keep(cast.fulfilment, cast)
    own, _right, _explain = ask(cast).clocks(FRIDAY + HOUR)
    assert own.words == "1 h of working time left to own it"


def test_another_version_does_not_change_what_was_promised(cast):
    keep(cast.fulfilment, cast)
    before = ask(cast)
    keep(cast.fulfilment, cast, week=(((0, 1440),),) * 7)
    again = Escalation.objects.board().get(pk=before.pk)
    assert due(again) == due(before)
    assert again.pin.calendar.version == 1


def test_a_team_has_the_hours_of_the_nearest_team_around_it(cast):
    group = Team.objects.create(name="Operations", slug="operations")
    house = Team.objects.create(name="House", slug="house")
    Team.objects.filter(pk=cast.fulfilment.pk).update(parent=group)
    Team.objects.filter(pk=group.pk).update(parent=house)
    keep(house, cast, by=cast.adam, zone="Asia/Tokyo")
    assert ask(cast).pin.calendar.team == house
    keep(group, cast, by=cast.adam)
    assert ask(cast).pin.calendar.team == group
    keep(cast.fulfilment, cast)
    assert ask(cast).pin.calendar.team == cast.fulfilment


def test_teams_inside_each_other_are_walked_once(cast):
    group = Team.objects.create(name="Operations", slug="operations", parent=cast.fulfilment)
    Team.objects.filter(pk=cast.fulfilment.pk).update(parent=group)
    keep(cast.chat, cast, by=cast.adam)
    assert hours_of([cast.fulfilment.pk]) == {}


def test_opting_out_does_not_change_what_was_promised(cast):
    keep(cast.fulfilment, cast)
    before = due(ask(cast))
    drop_calendar(cast.fulfilment, by=cast.lena, now=cast.now)
    assert due(Escalation.objects.board().get()) == before
    assert not Calendar.objects.in_force().exists()


def test_a_question_goes_on_as_promised_when_it_is_put_to_another_team(cast):
    keep(cast.fulfilment, cast)
    asked = ask(cast)
    actions.name_mechanism(asked, cast.refunds, by=cast.alice, now=FRIDAY)
    assert due(Escalation.objects.board().get()) == due(asked)


def test_overdue_knows_working_time(cast):
    keep(cast.fulfilment, cast)
    ask(cast)
    assert not Escalation.objects.overdue(FRIDAY + 3 * HOUR).exists()
    assert Escalation.objects.overdue(FRIDAY + 5 * HOUR).exists()  # the customer's


def test_the_same_again_is_no_other_version(cast):
    keep(cast.fulfilment, cast)
    keep(cast.fulfilment, cast)
    assert Calendar.objects.count() == 1


def test_after_opting_out_one_may_opt_in_again(cast):
    keep(cast.fulfilment, cast)
    drop_calendar(cast.fulfilment, by=cast.lena, now=cast.now)
    assert keep(cast.fulfilment, cast).version == 2


def test_kept_by_whoever_leads_the_team_and_by_administrators(cast):
    assert cast.phones in keepable(cast.martin)
    assert cast.chat not in keepable(cast.martin)
    assert cast.chat in keepable(cast.adam)
    assert not keepable(cast.alice).exists()
    with pytest.raises(PermissionDenied):
        keep(cast.phones, cast, by=cast.mona)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"zone": "Europe/Atlantis"}, "zone"),
        ({"week": ((),) * 7}, "week"),
        ({"week": (((540, 600),), (), (), (), (), (), ())}, "week"),
        ({"country": "XX"}, "country"),
        ({"country": "DE", "subdivision": "ZZ"}, "country"),
        ({"subdivision": "BY"}, "country"),
        ({"days_off": [date(2026, 1, 1) + timedelta(days=n) for n in range(401)]}, "days_off"),
    ],
)
def test_a_calendar_that_is_not_sound_is_refused_with_a_sentence(cast, fields, name):
    with pytest.raises(ValidationError) as refused:
        keep(cast.fulfilment, cast, **fields)
    [sentence] = refused.value.message_dict[name]
    assert sentence.endswith(".")


def test_an_empty_calendar_says_that_no_clock_would_run(cast):
    with pytest.raises(ValidationError, match="no clock would ever run"):
        keep(cast.fulfilment, cast, week=((),) * 7)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("9:00–17:00", ((540, 1020),)),
        ("9-12:30, 13–17", ((540, 750), (780, 1020))),
        ("22:00–24:00; 0:00–6:00", ((0, 360), (1320, 1440))),
        ("", ()),
    ],
)
def test_hours_as_people_write_them(text, spans):
    assert read_hours(text) == spans
    assert read_hours(write_hours(spans)) == spans


@pytest.mark.parametrize("text", ["nine", "17:00–9:00", "9:60–10", "9–25", "9–12, 11–13", "9:00–9:00", "9"])
def test_hours_that_are_none_are_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match=r"\."):
        read_hours(text)
