"""Somebody who is erased is in no staff list any more, and an old list brings them back neither whole nor in part."""

import pytest

from andon.evidence.law import erasing
from andon.people.models import Person, StaffImport
from andon.people.notices.models import Notice
from andon.people.notices.telling import tell
from andon.people.reversing import take_back
from andon.signals.models import Dataset
from tests.evidence.test_law import gone, home  # noqa: F401  fixtures
from tests.people.test_importing_a_staff_list import bring

LIST = "number,name,email,left\n12,Bob Agent,bob@example.com,2026-03-31\n11,Alice Agent,alice@example.com,\n"


@pytest.fixture
def listed(gone, settings, tmp_path):  # noqa: F811
    """Bob's name was changed by one list; another holds him as he was."""
    settings.UPLOADS = tmp_path / "uploads"
    bring(
        gone, {"number": "12", "name": "Robert Agent"}, {"number": "11", "name": "Alice Q"}, source="changed"
    )
    bring(gone, {"number": "12", "name": "Bob Agent"}, source="back")
    gone.bob.refresh_from_db()
    return gone


def file(cast, text: str = LIST, state: str = "done") -> Dataset:
    made = Dataset.objects.create(
        name="staff.csv", key=f"list-{state}", file=f"list-{state}/staff.csv", holds="people",
        state=state, at=cast.now,
        preview={"rows": [["12", "Bob Agent"]]}, notes=["Bob Agent (12) has left.", "1 person is new."],
    )  # fmt: skip
    made.path.parent.mkdir(parents=True)
    made.path.write_text(text)
    made.refused_path.write_text("row,column,value,reason\n2,email,bob@example.com,no\n")
    made.refusals.create(row=2, value="bob@example.com", reason="no")
    return made


def erase(cast):
    return erasing.erase_person(cast.bob, why="leaver", by=cast.hana, now=cast.later)


def test_what_lists_changed_of_them_goes_and_of_others_stays(listed):
    erase(listed)
    kept = str(list(StaffImport.objects.values_list("changed", flat=True)))
    assert "Bob" not in kept
    assert "Robert" not in kept
    assert "Alice Q" in kept


def test_taking_a_list_back_does_not_bring_them_back(listed):
    bring(listed, {"number": "12", "name": "Bob Agent", "left": "2026-03-01"}, source="left")
    listed.bob.refresh_from_db()
    erase(listed)
    take_back("left", by=listed.hana, now=listed.later)
    again = Person.objects.get(pk=listed.bob.pk)
    assert not again.is_active
    assert again.left


@pytest.mark.parametrize(
    "text", [LIST, "number,name\nX9,BOB AGENT\n", "number,name,manager\n7,Ed,bob@example.com\n"]
)
def test_a_file_that_names_them_goes_with_what_was_shown_of_it(listed, text):
    made = file(listed, text)
    erase(listed)
    made.refresh_from_db()
    assert not made.path.exists()
    assert not made.refused_path.exists()
    assert (made.preview, made.notes, made.refusals.count()) == ({}, ["1 person is new."], 0)


def test_a_file_that_names_others_only_stays(listed):
    made = file(listed, "number,name\n11,Alice Agent\n")
    erase(listed)
    made.refresh_from_db()
    assert made.path.exists()
    assert made.preview


def test_a_list_that_waits_is_not_read_any_more(listed):
    made = file(listed, state="mapping")
    erase(listed)
    made.refresh_from_db()
    assert made.state == "removed"
    assert "erased" in made.notes[0]


def test_an_old_list_does_not_bring_them_back(listed):
    erase(listed)
    changes = bring(
        listed, {"number": "12", "name": "Bob Agent", "left": "2026-02-28"}, {"number": "11", "name": "A"}
    )
    assert [one.reason for one in changes.refused] == [
        "They left and were erased here, so they are not brought back."
    ]
    assert not Person.objects.filter(name="Bob Agent").exists()
    assert not any("Bob" in str(one) or one.value for one in changes.refused)


def test_who_works_here_again_is_somebody_new(listed):
    erase(listed)
    assert bring(listed, {"number": "12", "name": "Bob Agent"}).added == (("12", "Bob Agent"),)


def test_what_others_were_told_names_them_no_more(listed):
    tell(
        listed.martin,
        key="k",
        kind="plan",
        subject="Bob Agent replied",
        text="Bob Agent wrote.",
        now=listed.now,
    )
    erase(listed)
    told = Notice.objects.get(to=listed.martin)
    assert (told.subject, told.text) == ("somebody who left replied", "somebody who left wrote.")


def test_a_name_that_two_have_stays_where_others_were_told(listed):
    Person.objects.create_person(number="99", name="Bob Agent")
    tell(listed.martin, key="k", kind="plan", subject="Bob Agent replied", text="Words.", now=listed.now)
    erase(listed)
    assert Notice.objects.get(to=listed.martin).subject == "Bob Agent replied"
