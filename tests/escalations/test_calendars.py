"""Working time, against a counter that knows nothing but the clock on the wall."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from andon.escalations.calendars import TooLittleTimeError, WorkingTime

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OFFICE = (((540, 1020),),) * 5 + ((), ())
ROUND_THE_CLOCK = (((0, 1440),),) * 7
BERLIN, LONDON = "Europe/Berlin", "Europe/London"
ZONES = (
    "UTC", BERLIN, LONDON, "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia",
    "Pacific/Kiritimati", "Pacific/Niue", "Africa/Casablanca", "America/St_Johns", "Asia/Kathmandu",
)  # fmt: skip


def local(zone: str, *when: int, fold: int = 0) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def office(zone: str = BERLIN, **more) -> WorkingTime:
    return WorkingTime(zone, OFFICE, **more)


def test_an_hour_within_office_hours_is_an_hour():
    assert office().due(local(BERLIN, 2026, 3, 2, 10), HOUR) == local(BERLIN, 2026, 3, 2, 11)


def test_what_is_asked_on_friday_evening_is_due_on_monday_morning():
    assert office().due(local(BERLIN, 2026, 3, 6, 18), HOUR) == local(BERLIN, 2026, 3, 9, 10)


def test_what_is_asked_just_before_closing_goes_on_the_next_morning():
    assert office().due(local(BERLIN, 2026, 3, 2, 16, 45), HOUR) == local(BERLIN, 2026, 3, 3, 9, 45)


def test_a_promise_that_ends_at_closing_is_due_then_and_not_the_next_morning():
    assert office().due(local(BERLIN, 2026, 3, 2, 16), HOUR) == local(BERLIN, 2026, 3, 2, 17)


def test_a_clock_that_starts_at_midnight_waits_for_the_morning():
    assert office().due(local(BERLIN, 2026, 3, 2), HOUR) == local(BERLIN, 2026, 3, 2, 10)


def test_a_day_that_starts_at_midnight_counts_from_midnight():
    night = WorkingTime(BERLIN, (((0, 360),),) * 7)
    assert night.due(local(BERLIN, 2026, 3, 2), HOUR) == local(BERLIN, 2026, 3, 2, 1)


def test_hours_to_midnight_go_on_without_a_seam_on_the_next_day():
    night = WorkingTime(BERLIN, (((0, 360), (1320, 1440)),) * 7)
    assert night.due(local(BERLIN, 2026, 3, 2, 23), 3 * HOUR) == local(BERLIN, 2026, 3, 3, 2)


def test_a_lunch_break_does_not_count():
    with_lunch = WorkingTime(BERLIN, (((540, 720), (780, 1020)),) * 7)
    assert with_lunch.worked(local(BERLIN, 2026, 3, 2, 9), local(BERLIN, 2026, 3, 2, 17)) == 7 * HOUR


def test_a_public_holiday_is_no_working_day():
    assert office(country="DE").due(local(BERLIN, 2026, 5, 1, 8), HOUR) == local(BERLIN, 2026, 5, 4, 10)


def test_a_holiday_of_a_part_of_the_country_holds_there_only():
    epiphany = local(BERLIN, 2026, 1, 6, 10)
    assert office(country="DE", subdivision="BY").due(epiphany, HOUR) == local(BERLIN, 2026, 1, 7, 10)
    assert office(country="DE", subdivision="BE").due(epiphany, HOUR) == epiphany + HOUR


def test_a_holiday_is_a_day_of_the_teams_zone_and_not_of_utc():
    auckland = WorkingTime("Pacific/Auckland", (((480, 1020),),) * 7, country="NZ")
    waitangi_at_nine = local("Pacific/Auckland", 2026, 2, 6, 9)
    assert waitangi_at_nine.date() == date(2026, 2, 5)
    assert auckland.due(waitangi_at_nine, HOUR) == local("Pacific/Auckland", 2026, 2, 7, 9)


def test_own_days_off_do_not_count():
    outing = office(days_off=frozenset({date(2026, 3, 3)}))
    assert outing.due(local(BERLIN, 2026, 3, 2, 16, 30), HOUR) == local(BERLIN, 2026, 3, 4, 9, 30)


def test_a_day_of_23_hours_has_23_and_one_of_25_has_25():
    always = WorkingTime(BERLIN, ROUND_THE_CLOCK)
    spring = always.worked(local(BERLIN, 2026, 3, 29), local(BERLIN, 2026, 3, 30))
    autumn = always.worked(local(BERLIN, 2026, 10, 25), local(BERLIN, 2026, 10, 26))
    assert (spring, autumn) == (23 * HOUR, 25 * HOUR)


def test_an_hour_that_does_not_exist_is_not_worked():
    night = WorkingTime(BERLIN, (((60, 240),),) * 7)
    assert night.worked(local(BERLIN, 2026, 3, 29), local(BERLIN, 2026, 3, 30)) == 2 * HOUR


def test_an_hour_that_occurs_twice_is_worked_twice():
    night = WorkingTime(BERLIN, (((60, 240),),) * 7)
    assert night.worked(local(BERLIN, 2026, 10, 25), local(BERLIN, 2026, 10, 26)) == 4 * HOUR


def test_the_second_half_past_two_is_an_hour_after_the_first():
    night = WorkingTime(BERLIN, (((60, 240),),) * 7)
    first = local(BERLIN, 2026, 10, 25, 2, 30)
    assert night.due(first, HOUR) == local(BERLIN, 2026, 10, 25, 2, 30, fold=1)


def test_office_hours_stay_on_the_wall_when_summer_time_begins():
    friday = local(LONDON, 2026, 3, 27, 16)
    assert office(LONDON).due(friday, 9 * HOUR) == local(LONDON, 2026, 3, 30, 17)


def test_a_day_that_a_country_skipped_was_not_worked():
    apia = WorkingTime("Pacific/Apia", ROUND_THE_CLOCK)
    before, after = local("Pacific/Apia", 2011, 12, 29, 12), local("Pacific/Apia", 2011, 12, 31, 12)
    assert apia.worked(before, after) == 24 * HOUR
    assert apia.on(date(2011, 12, 30)) == ()


def test_a_calendar_without_work_says_so_and_does_not_search_for_ever():
    with pytest.raises(TooLittleTimeError):
        WorkingTime("UTC", ((),) * 7).due(datetime(2026, 1, 1, tzinfo=UTC), HOUR)


def spans():
    bounds = st.lists(st.integers(0, 96), min_size=2, max_size=4, unique=True).map(sorted)
    return bounds.map(lambda b: tuple((15 * b[i], 15 * b[i + 1]) for i in range(0, len(b) - 1, 2)))


days = st.one_of(st.just(()), st.just(((0, 1440),)), spans())
calendars = st.builds(
    WorkingTime,
    zone=st.sampled_from(ZONES),
    week=st.lists(days, min_size=7, max_size=7).map(tuple).filter(any),
    country=st.sampled_from(["", "DE", "US", "JP"]),
    days_off=st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=5),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 20)).map(
    lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC)
)
AROUND_CHANGES = st.sampled_from(
    [datetime(2026, 3, 8, 5, tzinfo=UTC), datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 4, 4, 12, tzinfo=UTC),
     datetime(2026, 10, 3, 12, tzinfo=UTC), datetime(2026, 10, 24, 22, tzinfo=UTC),
     datetime(2026, 11, 1, 3, tzinfo=UTC)]
)  # fmt: skip
instants = st.one_of(moments, st.builds(lambda at, m: at + m * MINUTE, AROUND_CHANGES, st.integers(0, 360)))
lengths = st.integers(0, 36 * 60).map(lambda minutes: minutes * MINUTE)


def wall_says_work(calendar: WorkingTime, at: datetime) -> bool:
    here = at.astimezone(ZoneInfo(calendar.zone))
    minute = here.hour * 60 + here.minute
    opened = any(opens <= minute < closes for opens, closes in calendar.week[here.weekday()])
    return opened and not calendar.is_off(here.date())


def minute_by_minute(calendar: WorkingTime, start: datetime, end: datetime) -> timedelta:
    count, at = 0, start
    while at < end:
        count, at = count + wall_says_work(calendar, at), at + MINUTE
    return count * MINUTE


@settings(max_examples=60)
@given(calendars, instants, lengths)
def test_what_was_worked_is_what_the_wall_shows_minute_by_minute(calendar, start, length):
    assert calendar.worked(start, start + length) == minute_by_minute(calendar, start, start + length)


@given(calendars, instants, lengths, lengths)
def test_working_time_adds_up(calendar, start, first, second):
    middle, end = start + first, start + first + second
    assert calendar.worked(start, middle) + calendar.worked(middle, end) == calendar.worked(start, end)


@given(calendars, instants, lengths)
def test_by_the_due_instant_exactly_the_promise_was_worked(calendar, start, within):
    due = _due(calendar, start, within)
    assert calendar.worked(start, due) == within


@given(calendars, instants, lengths)
def test_a_due_instant_ends_a_minute_of_work(calendar, start, within):
    assume(within)
    due = _due(calendar, start, within)
    assert wall_says_work(calendar, due - MINUTE)
    assert calendar.is_working(due - MINUTE)


@given(calendars, instants)
def test_nothing_to_do_is_due_at_the_next_working_instant(calendar, start):
    assert calendar.is_working(_due(calendar, start, timedelta()))


@given(calendars, instants, lengths, lengths)
def test_more_to_do_and_a_later_start_are_never_due_earlier(calendar, start, within, later):
    due = _due(calendar, start, within)
    assert due <= _due(calendar, start, within + later)
    assert due <= _due(calendar, start + later, within)


@given(st.sampled_from(ZONES), instants, lengths)
def test_round_the_clock_is_the_wall_clock(zone, start, within):
    assert WorkingTime(zone, ROUND_THE_CLOCK).due(start, within) == start + within


def _due(calendar: WorkingTime, start: datetime, within: timedelta) -> datetime:
    try:
        return calendar.due(start, within)
    except TooLittleTimeError:
        assume(False)
        raise
