"""Reading, asking, objecting, answering and reminding."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from andon.standards import access, actions, queries
from andon.standards.models import Acknowledgement, Reminder
from tests.standards.made import a_role, a_standard

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def version(cast):
    return a_standard(cast)


def known(cast, version, starts=None):
    today = cast.now.date()
    return queries.known_through(cast.alice, version.standard, starts or today, today)


def test_reading_it_makes_it_known(cast, version):
    assert not known(cast, version).known
    actions.acknowledge(version, cast.alice, cast.now, "I check the label.")
    assert known(cast, version).met


def test_it_is_not_known_before_it_was_read(cast, version):
    actions.acknowledge(version, cast.alice, cast.now)
    assert known(cast, version, cast.now.date() - DAY).since == cast.now.date()


@pytest.mark.parametrize("who", ["martin", "hana", "charlie", "lena"])
def test_nobody_acknowledges_what_is_not_for_them(cast, version, who):
    with pytest.raises(PermissionDenied):
        actions.acknowledge(version, getattr(cast, who), cast.now)


def test_a_draft_cannot_be_acknowledged(cast, version):
    draft = actions.draft_version(version.standard, by=cast.hana, now=cast.now)
    with pytest.raises(PermissionDenied):
        actions.acknowledge(draft, cast.alice, cast.now)


def test_saying_the_same_twice_is_once(cast, version):
    actions.acknowledge(version, cast.alice, cast.now)
    actions.acknowledge(version, cast.alice, cast.now + DAY)
    assert Acknowledgement.objects.get().at == cast.now


def test_what_is_coming_can_be_read_before_it_begins(cast, version):
    later = cast.now.date() + 30 * DAY
    coming = actions.revise_standard(
        version.standard, level=0.04, why_changed="New.", starts=later, by=cast.hana, now=cast.now
    )
    actions.acknowledge(version, cast.alice, cast.now)
    actions.acknowledge(coming, cast.alice, cast.now)
    assert queries.known_through(cast.alice, version.standard, cast.now.date(), later + DAY).met


def test_a_question_leaves_it_open_until_it_is_answered(cast, version):
    asked = actions.acknowledge(version, cast.alice, cast.now, "Also on Sundays?", "question")
    assert "without an answer" in known(cast, version).why
    actions.answer(asked, "Sundays are left out.", by=cast.martin, now=cast.now)
    assert known(cast, version).met


def test_an_objection_is_kept_and_the_standard_known(cast, version):
    actions.acknowledge(version, cast.alice, cast.now, "The belt decides that.", "objection")
    assert known(cast, version).met


def test_a_question_without_words_is_refused(cast, version):
    with pytest.raises(ValidationError):
        actions.acknowledge(version, cast.alice, cast.now, " ", "question")


@pytest.mark.parametrize("who", ["alice", "bob", "mona", "frank", "adam", "ana", "olga"])
def test_only_the_line_and_hr_answer(cast, version, who):
    asked = actions.acknowledge(version, cast.alice, cast.now, "When?", "question")
    with pytest.raises(PermissionDenied):
        actions.answer(asked, "Now.", by=getattr(cast, who), now=cast.now)


def test_an_hr_partner_does_not_answer_their_own_question(cast):
    version = a_standard(cast, a_role(cast, cast.hana))
    asked = actions.acknowledge(version, cast.hana, cast.now, "When?", "question")
    with pytest.raises(PermissionDenied):
        actions.answer(asked, "Now.", by=cast.hana, now=cast.now)


@pytest.mark.parametrize(
    ("who", "sees"),
    [("alice", True), ("martin", True), ("lena", True), ("hana", True)]
    + [(who, False) for who in ("bob", "mona", "charlie", "frank", "olga", "ana", "adam", "lea")],
)
def test_who_reads_what_alice_said(cast, version, who, sees):
    said = actions.acknowledge(version, cast.alice, cast.now, "I check.")
    assert access.visible_acknowledgements(getattr(cast, who)).filter(pk=said.pk).exists() == sees


def test_a_reminder_is_kept_and_not_repeated_within_a_week(cast, version):
    people = [cast.alice, cast.bob]
    assert actions.remind(version, people, by=cast.martin, now=cast.now) == people
    assert actions.remind(version, people, by=cast.hana, now=cast.now + 6 * DAY) == []
    assert actions.remind(version, people, by=cast.martin, now=cast.now + 8 * DAY) == people
    assert Reminder.objects.count() == 4


def test_who_has_read_it_is_not_reminded(cast, version):
    actions.acknowledge(version, cast.alice, cast.now)
    assert actions.remind(version, [cast.alice, cast.bob], by=cast.martin, now=cast.now) == [cast.bob]


def test_nobody_reminds_people_of_another_line(cast, version):
    with pytest.raises(PermissionDenied):
        actions.remind(version, [cast.alice], by=cast.mona, now=cast.now)


def test_a_person_of_another_team_is_not_bound_by_a_bar_of_this_one(cast):
    role = a_role(cast, cast.alice, cast.charlie)
    phones = a_standard(cast, role, team=cast.phones)
    today = cast.now.date()
    assert not queries.known_through(cast.charlie, phones.standard, today, today).in_force
    assert queries.known_through(cast.alice, phones.standard, today, today).in_force


def test_what_a_team_has_a_bar_of_its_own_for_is_not_in_force_there_from_everywhere(cast, version):
    a_standard(cast, version.standard.job_role, team=cast.phones, level=0.08)
    today = cast.now.date()
    assert not queries.known_through(cast.alice, version.standard, today, today).in_force


def test_a_measure_that_is_no_longer_watched_measures_nothing(cast, version):
    actions.acknowledge(version, cast.alice, cast.now)
    cast.late.retired_at = cast.now - DAY
    cast.late.save()
    version.standard.refresh_from_db()
    assert not known(cast, version).measurable


def test_knowing_takes_a_fixed_number_of_queries(cast, version, django_assert_max_num_queries):
    actions.acknowledge(version, cast.alice, cast.now)
    today = cast.now.date()
    with django_assert_max_num_queries(8):
        queries.known_through(cast.alice, version.standard, today, today)
    with django_assert_max_num_queries(1):
        queries.in_force_for(cast.alice, today)
