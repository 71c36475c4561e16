"""Everything about one person as one file: all of it, and nobody else in it."""

import io
import json
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from andon.evidence import portable
from andon.evidence.law.redacting import Known, Named, Redactor
from andon.evidence.law.subject_access import everything
from andon.evidence.models import Reading
from andon.evidence.verifying import verify_bytes
from tests.evidence.test_items import add


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


def packed(cast, person=None, by=None):
    raw = everything(person or cast.alice, by=by or person or cast.alice, now=cast.now)
    with zipfile.ZipFile(io.BytesIO(raw)) as found:
        return {name: found.read(name).decode() for name in found.namelist()}


def test_it_holds_the_record_for_people_and_for_machines(cast):
    add(cast)
    files = packed(cast)
    assert set(files) == {"everything.json", "everything.html", "ledger.json"}
    record = json.loads(files["everything.json"])["parts"]["Your record"]
    assert record[0]["text"] == "She rang the depot herself."
    assert "She rang the depot herself." in files["everything.html"]


def test_its_part_of_the_ledger_can_be_checked(cast):
    add(cast)
    assert verify_bytes(packed(cast)["ledger.json"].encode()).problems == []


@pytest.mark.parametrize(
    "said", ["Bob Agent", "bob  agent", "Agent, Bob", "bob@example.com", "Bob", "fiona@example.org"]
)
def test_others_are_left_out_of_what_was_said(cast, said):
    add(cast, text=f"She and {said} rang the depot.", title=f"With {said}")
    for content in packed(cast).values():
        assert said not in content
        assert "Bob" not in content


def test_who_wrote_it_is_told(cast):
    add(cast)
    assert (
        json.loads(packed(cast)["everything.json"])["parts"]["Your record"][0]["added by"] == "Martin Manager"
    )


def test_what_other_stages_keep_is_in_it(cast, monkeypatch):
    monkeypatch.setitem(
        portable.PARTS, "Mentoring", lambda person: [{"with": portable.named(cast.lena), "on": "Bob Agent"}]
    )
    told = json.loads(packed(cast)["everything.json"])["parts"]["Mentoring"]
    assert told == [{"with": "Lena Leader", "on": "[person 1]"}]


def test_an_hr_partner_answers_for_somebody_who_left_and_it_is_noted(cast):
    packed(cast, cast.lea, cast.hana)
    assert Reading.objects.get().reader == cast.hana


REFUSED = [
    ("hana", "alice"), ("martin", "alice"), ("martin", "lea"), ("adam", "lea"), ("lea", "lea"), ("mona", "alice"),
]  # fmt: skip


@pytest.mark.parametrize(("who", "whose"), REFUSED)
def test_nobody_else_takes_it_away(cast, who, whose):
    with pytest.raises(PermissionDenied):
        everything(getattr(cast, whose), by=getattr(cast, who), now=cast.now)


BOB = Known(2, "Bob Agent", "bob@example.com", "A-1002", near=True)
FAR = Known(3, "May Long", "may@example.com", "77", near=False)


@pytest.fixture
def redactor():
    return Redactor("Alice Agent", "alice@example.com", [BOB, FAR])


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Bob did it", "[person 1] did it"),
        ("BOB AGENT did it", "[person 1] did it"),
        ("Bobby did it", "Bobby did it"),
        ("a-1002 did it", "[person 1] did it"),
        ("Alice Agent and Bob", "Alice Agent and [person 1]"),
        ("an Agent", "an Agent"),
        ("in May, 77 calls", "in May, 77 calls"),
        ("May Long, then Bob", "[person 1], then [person 2]"),
        ("alice@example.com or x.y@z.example.org", "alice@example.com or [an address]"),
    ],
)
def test_who_else_is_meant_is_replaced_and_nothing_more(redactor, said, told):
    assert redactor.text(said) == told


def test_a_name_told_on_purpose_stays(redactor):
    assert redactor.anything({"by": Named("Bob Agent"), "text": ["Bob"]}) == {
        "by": "Bob Agent",
        "text": ["[person 1]"],
    }


@given(
    st.text(max_size=30),
    st.text(max_size=30),
    st.sampled_from(["Bob Agent", "bob agent", "BOB AGENT", "bob@example.com"]),
)
def test_no_words_around_it_hide_a_name(before, after, name):
    redactor = Redactor("Alice Agent", "alice@example.com", [BOB, FAR])
    assert "bob agent" not in redactor.text(f"{before} {name} {after}").casefold()


FAR_ANNA = Known(4, "Anna Berg", "anna@example.com", "77", near=False)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Anna did it", "[person 1] did it"),
        ("Berg did it", "Berg did it"),
        ("as anna says", "as anna says"),
        ("Ask Mr Finch, or Frau Klein.", "Ask Mr [a name], or Frau [a name]."),
        ("Ms Agent said so", "Ms Agent said so"),
        ("staff number 77", "staff number [person 1]"),
        ("agent 77 and #77", "agent [person 1] and #[person 1]"),
        ("77 calls, order 77", "77 calls, order 77"),
        ("No. 78 is nobody", "No. 78 is nobody"),
    ],
)
def test_people_of_other_teams_are_found_by_first_name_and_short_number(said, told):
    assert Redactor("Alice Agent", "alice@example.com", [FAR_ANNA]).text(said) == told
