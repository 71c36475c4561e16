"""Was a standard in force, measurable and known on every day of a period?"""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from andon.standards.rules.knowing import Stretch, Version, first_gap, in_force, known_on, known_through

JAN, FEB, MARCH, APRIL, JULY = (date(2026, month, 1) for month in (1, 2, 3, 4, 7))
ALWAYS = [Stretch(date(2020, 1, 1))]
DAY = timedelta(days=1)

days = st.integers(0, 60).map(lambda n: JAN + n * DAY)


@st.composite
def versions(draw):
    """Versions that follow each other without a gap; each perhaps acknowledged, some day."""
    starts = sorted(draw(st.sets(days, min_size=1, max_size=4)))
    ends = [*starts[1:], draw(st.none() | st.just(starts[-1] + 30 * DAY))]
    return [
        Version(begin, end, number, draw(st.booleans()), draw(st.none() | days))
        for number, (begin, end) in enumerate(zip(starts, ends, strict=True), start=1)
    ]


def test_a_version_read_before_the_period_is_known_through_it():
    known = known_through([Version(JAN, known_on=FEB)], ALWAYS, MARCH, APRIL)
    assert known.met
    assert known.since == FEB


def test_reading_it_on_the_first_day_of_the_period_is_in_time():
    assert known_through([Version(JAN, known_on=MARCH)], ALWAYS, MARCH, APRIL).known


def test_reading_it_a_day_late_is_said_with_the_day_from_which_it_holds():
    known = known_through([Version(JAN, known_on=MARCH + DAY)], ALWAYS, MARCH, APRIL)
    assert not known.known
    assert "only on 2026-03-02" in known.why
    assert "All of it holds since 2026-03-02." in known.why


def test_what_nobody_acknowledged_is_not_known():
    known = known_through([Version(JAN)], ALWAYS, MARCH, APRIL)
    assert (known.in_force, known.measurable, known.known) == (True, True, False)
    assert known.why == "Version 1 has not been acknowledged."


def test_a_question_without_an_answer_leaves_it_unknown():
    why = known_through([Version(JAN, asked=True)], ALWAYS, MARCH, APRIL).why
    assert why == "A question about version 1 is still without an answer."


def test_a_new_version_within_the_period_must_be_known_when_it_begins():
    old, new = Version(JAN, MARCH, 1, known_on=JAN), Version(MARCH, None, 2, known_on=MARCH + 5 * DAY)
    known = known_through([old, new], ALWAYS, FEB, APRIL)
    assert not known.known
    assert known.since == MARCH + 5 * DAY


def test_a_new_version_read_before_it_began_breaks_nothing():
    old, new = Version(JAN, MARCH, 1, known_on=JAN), Version(MARCH, None, 2, known_on=FEB)
    assert known_through([old, new], ALWAYS, FEB, APRIL).met


def test_a_gap_between_versions_is_not_in_force():
    apart = [Version(JAN, FEB, 1, known_on=JAN), Version(MARCH, None, 2, known_on=JAN)]
    known = known_through(apart, ALWAYS, JAN, APRIL)
    assert not known.in_force
    assert "on 2026-02-01" in known.why


def test_before_the_role_was_held_nothing_was_expected():
    known = known_through([Version(JAN, known_on=JAN)], [Stretch(MARCH)], FEB, APRIL)
    assert not known.in_force
    assert known.since == MARCH


def test_a_role_given_up_and_taken_again_the_same_day_was_held_throughout():
    held = [Stretch(JAN, MARCH), Stretch(MARCH)]
    assert known_through([Version(JAN, known_on=JAN)], held, FEB, APRIL).met


def test_a_version_without_a_measure_cannot_be_measured():
    known = known_through([Version(JAN, measurable=False, known_on=JAN)], ALWAYS, FEB, APRIL)
    assert (known.in_force, known.measurable, known.known) == (True, False, True)


def test_without_any_version_nothing_holds():
    known = known_through([], ALWAYS, FEB, APRIL)
    assert (known.in_force, known.measurable, known.known) == (False, False, False)


def test_a_period_that_ends_before_it_starts_is_met_by_nothing():
    assert not known_through([Version(JAN, known_on=JAN)], ALWAYS, APRIL, MARCH).met


def test_the_last_day_of_a_version_is_the_day_before_its_end():
    assert in_force([Version(JAN, MARCH)], MARCH - DAY)
    assert in_force([Version(JAN, MARCH)], MARCH) is None


def test_an_objection_does_not_undo_that_it_was_read():
    assert known_on([(FEB, False, None)]) == FEB


def test_a_question_counts_from_its_answer():
    assert known_on([(FEB, True, MARCH)]) == MARCH
    assert known_on([(FEB, True, None)]) is None
    assert known_on([(FEB, True, APRIL), (MARCH, False, None)]) == MARCH


@given(versions(), days, days)
def test_in_force_means_on_every_single_day(versions, starts, ends):
    known = known_through(versions, ALWAYS, starts, ends)
    every = [starts + n * DAY for n in range((ends - starts).days + 1)]
    assert known.in_force == (bool(every) and all(in_force(versions, day) for day in every))


@given(versions(), days, days)
def test_known_means_known_on_every_single_day_on_which_something_was_in_force(versions, starts, ends):
    known = known_through(versions, ALWAYS, starts, ends)
    for day in (starts + n * DAY for n in range((ends - starts).days + 1)):
        version = in_force(versions, day)
        if known.known and version:
            assert version.known_on is not None
            assert version.known_on <= day


@given(versions(), days, days)
def test_since_is_the_earliest_day_from_which_all_holds(versions, starts, ends):
    since = known_through(versions, ALWAYS, starts, ends).since
    if since is not None and starts <= ends:
        assert known_through(versions, ALWAYS, since, ends).met
        assert not known_through(versions, ALWAYS, since - DAY, ends).met


@given(versions(), days, days)
def test_a_shorter_period_is_known_wherever_a_longer_one_is(versions, starts, ends):
    if known_through(versions, ALWAYS, starts, ends).met and starts < ends:
        assert known_through(versions, ALWAYS, starts + DAY, ends).met
        assert known_through(versions, ALWAYS, starts, ends - DAY).met


@given(st.lists(st.tuples(days, st.integers(1, 20)), max_size=5), days, days)
def test_the_first_gap_is_the_first_day_that_nothing_covers(pairs, starts, ends):
    stretches = [Stretch(begin, begin + n * DAY) for begin, n in pairs]
    every = (starts + n * DAY for n in range((ends - starts).days + 1))
    gap = next((day for day in every if not any(one.covers(day) for one in stretches)), None)
    assert first_gap(stretches, starts, ends) == gap
