"""A staff list that was wrong is taken back: values as before, unless changed again since."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from andon.people import access, actions
from andon.people.models import Deed, Line, Person
from tests.people.test_importing_a_staff_list import bring, row

pytestmark = pytest.mark.django_db


def person(number):
    return Person.objects.get(number=number)


def moved(cast, number="11", manager="20", **rest):
    """A list that puts somebody under another manager."""
    return bring(
        cast, {"number": number, "name": person(number).name, "manager": manager}, source="list", **rest
    )


def back(cast, by=None, **rest):
    return actions.take_back("list", by=by or cast.hana, now=cast.now, **rest)


def test_a_change_of_manager_is_taken_back_with_its_line(cast):
    moved(cast)
    assert back(cast).restored == 1
    assert person("11").manager == cast.martin
    assert Line.objects.filter(above=cast.martin, below__number="11").exists()
    assert not Line.objects.filter(above=cast.mona, below__number="11").exists()


def test_somebody_who_left_by_mistake_is_back(cast):
    bring(cast, {"number": "12", "name": "Bob Agent", "left": "2026-01-31"}, source="list")
    back(cast)
    assert access.at_work(person("12"))


def test_who_was_new_counts_as_having_left_and_is_not_deleted(cast):
    bring(cast, row("40", "Nina", "11"), source="list")
    assert back(cast).gone == ("Nina",)
    assert not access.at_work(person("40"))


def test_what_was_changed_again_since_stays_and_is_said(cast):
    moved(cast)
    bring(cast, {"number": "11", "name": "Alice Agent", "manager": "1"}, source="later")
    assert back(cast).stays == ("Alice Agent: manager has been changed since, and stays.",)
    assert person("11").manager == cast.lena


def test_an_address_that_somebody_else_has_now_is_not_taken_from_them(cast):
    bring(cast, {"number": "12", "name": "Bob Agent", "email": "robert@example.com"}, source="list")
    bring(cast, row("40", "Nina", email="bob@example.com"), source="later")
    assert "somebody else has the old address" in back(cast).stays[0]
    assert person("40").email == "bob@example.com"


def test_a_manager_that_would_now_close_a_loop_stays(cast):
    moved(cast, "10", "")
    bring(cast, {"number": "1", "name": "Lena Leader", "manager": "10"}, source="later")
    assert "loop" in back(cast).stays[0]
    assert person("10").manager is None


def test_roles_of_the_list_are_taken_by_an_administrator(cast):
    bring(cast, {"number": "12", "name": "Bob Agent", "roles": "analyst"}, by=cast.adam, source="list")
    back(cast, by=cast.adam)
    assert "analyst" not in access.roles_of(person("12"))


def test_a_preview_changes_nothing(cast):
    moved(cast)
    assert back(cast, dry_run=True).restored == 1
    assert person("11").manager == cast.mona


def test_a_list_is_taken_back_once(cast):
    moved(cast)
    back(cast)
    with pytest.raises(ValidationError, match="taken back already"):
        back(cast)


def test_it_is_on_the_record(cast):
    moved(cast)
    back(cast)
    assert Deed.objects.filter(verb="took back a staff list", by=cast.hana).exists()


@pytest.mark.parametrize("who", ["alice", "martin", "mona", "lena", "ana"])
def test_others_take_nothing_back(cast, who):
    moved(cast)
    with pytest.raises(PermissionDenied):
        back(cast, by=getattr(cast, who))
