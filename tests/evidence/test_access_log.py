"""Who read what is kept about somebody is noted, and that person may see it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from andon.evidence.access import basis
from andon.evidence.access_log import note, note_many
from andon.evidence.models import Reading

RIGHTS = {"alice": "self", "martin": "line", "lena": "line", "hana": "hr"}


@pytest.mark.parametrize(
    "who",
    ["alice", "martin", "lena", "hana", "bob", "mona", "charlie", "frank", "olga", "ana", "adam", "lea"],
)
def test_the_right_by_which_somebody_reads(cast, who):
    assert basis(getattr(cast, who), cast.alice) == RIGHTS.get(who)


def test_hr_partners_are_employees_of_themselves(cast):
    assert basis(cast.hana, cast.hana) == "self"


def test_the_record_of_somebody_who_left_is_for_hr_alone(cast):
    readers = (cast.martin, cast.lena, cast.hana, cast.lea)
    assert [basis(reader, cast.lea) for reader in readers] == [None, None, "hr", None]


def test_reading_is_noted_with_the_right(cast):
    note(cast.martin, cast.alice, "Record", cast.now)
    reading = Reading.objects.get()
    assert (reading.reader, reading.basis, reading.what) == (cast.martin, "line", "Record")


def test_reading_oneself_is_not_noted(cast):
    assert note(cast.alice, cast.alice, "Record", cast.now) is None


def test_without_a_right_nothing_is_noted_and_it_is_refused(cast):
    with pytest.raises(PermissionDenied):
        note(cast.mona, cast.alice, "Record", cast.now)


def test_the_same_page_within_an_hour_is_one_reading_with_a_count(cast):
    for minutes in (0, 20, 50, 70):
        note(cast.martin, cast.alice, "Record", cast.now + timedelta(minutes=minutes))
    assert list(Reading.objects.order_by("at").values_list("times", flat=True)) == [3, 1]


def test_another_page_or_reader_is_another_reading(cast):
    note(cast.martin, cast.alice, "Record", cast.now)
    note(cast.martin, cast.alice, "Coaching notes", cast.now)
    note(cast.lena, cast.alice, "Record", cast.now)
    assert Reading.objects.count() == 3


def test_a_page_about_several_is_noted_for_each_once_an_hour(cast):
    people = [cast.alice, cast.bob, cast.martin]
    for minutes in (0, 5):
        note_many(cast.martin, people, "Objectives", cast.now + timedelta(minutes=minutes))
    noted = Reading.objects.order_by("person__name").values_list("person__name", "basis", "times")
    assert list(noted) == [("Alice Agent", "line", 2), ("Bob Agent", "line", 2)]


def test_a_page_about_several_is_refused_where_one_may_not_be_read(cast):
    with pytest.raises(PermissionDenied):
        note_many(cast.martin, [cast.alice, cast.charlie], "Objectives", cast.now)
    assert not Reading.objects.exists()
