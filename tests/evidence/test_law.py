"""Retention, legal hold and erasure."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from andon.evidence import actions, extracts, ledger, reading
from andon.evidence.access_log import note
from andon.evidence.law import erasing, holds, retention
from andon.evidence.models import Content, Entry, Erasure, Hold, Item, Reading, Reply
from andon.evidence.verifying import verify_bytes
from andon.people.models import Deed, Person
from andon.people.trail import record
from tests.evidence.test_items import add

NOBODY_ELSE = ["alice", "martin", "lena", "bob", "ana", "adam"]


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def gone(cast):
    """Bob had an item that he replied to, was coached, and left."""
    item = add(cast, cast.bob, text="He hung up on Mr Finch.")
    actions.reply(item, "The line broke.", by=cast.bob, now=cast.now)
    ledger.append(
        "coaching.spoken", about=cast.bob, body={"agreed": "to ring back"}, by=cast.martin, now=cast.now
    )
    add(cast, cast.alice)
    cast.bob.left, cast.bob.is_active = date(2026, 3, 31), False
    cast.bob.save()
    cast.later = cast.now + timedelta(days=60)
    return cast


def hold(cast, *people, **more):
    return holds.place("Case 12", "A letter from a lawyer.", people, by=cast.hana, now=cast.now, **more)


def erase(cast, **more):
    return erasing.erase_person(cast.bob, **{"why": "leaver", "by": cast.hana, "now": cast.later} | more)


# Erasure


def test_somebody_erased_is_a_pseudonym(gone):
    erase(gone)
    bob = Person.objects.get(pk=gone.bob.pk)
    assert "Bob" not in bob.name
    assert (bob.email, bob.title, bob.number[:7], bob.has_usable_password()) == (None, "", "erased-", False)


def test_what_was_said_of_them_is_gone_everywhere(gone):
    erase(gone)
    said = str(
        list(Content.objects.filter(entry__in=Entry.objects.about(gone.bob)).values_list("body", flat=True))
    )
    said += str(list(Item.objects.of(gone.bob).values())) + str(list(Reply.objects.values()))
    for words in ("hung up", "line broke", "ring back", "Call 7"):
        assert words not in said


def test_what_was_said_of_others_stays(gone):
    erase(gone)
    assert Item.objects.of(gone.alice).get().text == "She rang the depot herself."


def test_the_chain_still_holds_and_says_what_was_erased(gone):
    ledger.seal(gone.now)
    erase(gone)
    report = reading.check()
    assert (report.problems, report.erased) == ([], 4)


def test_an_extract_of_somebody_erased_still_proves_that_none_was_left_out(gone):
    erase(gone)
    assert verify_bytes(extracts.extract(gone.bob, now=gone.later)).problems == []


def test_the_audit_trail_names_them_no_more(gone):
    record(gone.martin, "moved", gone.bob, gone.now)
    number = gone.bob.number
    erase(gone)
    assert not Deed.objects.filter(thing=f"person {number}").exists()


def test_who_works_here_is_not_erased(cast):
    with pytest.raises(ValidationError, match="work here"):
        erasing.erase_person(cast.alice, why="request", by=cast.hana, now=cast.now)


def test_nobody_is_erased_twice(gone):
    erase(gone)
    with pytest.raises(ValidationError, match="already"):
        erase(gone)


@pytest.mark.parametrize("who", NOBODY_ELSE)
def test_only_hr_partners_erase(gone, who):
    with pytest.raises(PermissionDenied):
        erase(gone, by=getattr(gone, who))


def test_a_hold_refuses_erasure_without_saying_which_it_is(gone):
    hold(gone, gone.bob)
    with pytest.raises(erasing.OnHoldError) as refused:
        erase(gone)
    assert "Case 12" not in str(refused.value)
    assert Person.objects.get(pk=gone.bob.pk).name == "Bob Agent"
    assert not Erasure.objects.exists()


def test_a_hold_covers_those_whose_cases_are_compared(gone):
    hold(gone, gone.alice, comparators=[gone.bob])
    with pytest.raises(erasing.OnHoldError):
        erase(gone)


def test_a_hold_that_was_lifted_or_ended_covers_nobody(gone):
    holds.lift(hold(gone, gone.bob), "It is settled.", by=gone.hana, now=gone.now)
    hold(gone, gone.bob, ends=gone.now + timedelta(days=30))
    assert erase(gone)


# Holds


@pytest.mark.parametrize("who", NOBODY_ELSE)
def test_only_hr_partners_place_and_lift_holds(cast, who):
    placed = hold(cast, cast.bob)
    with pytest.raises(PermissionDenied):
        holds.place("Mine", "Because.", [cast.charlie], by=getattr(cast, who), now=cast.now)
    with pytest.raises(PermissionDenied):
        holds.lift(placed, "Because.", by=getattr(cast, who), now=cast.now)


def test_an_hr_partner_does_not_decide_about_themselves(cast):
    with pytest.raises(PermissionDenied, match="themselves"):
        hold(cast, cast.hana)


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"reason": " "}, {"people": []}, {"name": "x" * 121}, {"ends": "before"}]
)
def test_a_hold_says_whom_and_why(cast, wrong):
    given = {"name": "Case", "reason": "A letter.", "people": [cast.bob]} | wrong
    if "ends" in wrong:
        given["ends"] = cast.now - timedelta(days=1)
    with pytest.raises(ValidationError):
        holds.place(**given, by=cast.hana, now=cast.now)


def test_a_hold_is_lifted_with_a_reason(cast):
    with pytest.raises(ValidationError):
        holds.lift(hold(cast, cast.bob), " ", by=cast.hana, now=cast.now)
    assert Hold.objects.in_force(cast.now).count() == 1


def test_the_ledger_says_that_there_is_a_hold_and_not_of_whom(cast):
    hold(cast, cast.bob)
    entry = Entry.objects.get(what="hold.placed")
    assert entry.about == ""
    assert "Bob" not in entry.content.body


# Retention


def later(cast, days):
    return cast.now + timedelta(days=days)


def due(slug, now):
    return next((one.due, one.waiting) for one in retention.schedule(now) if one.slug == slug)


def test_items_are_due_when_their_time_is_over(cast):
    add(cast)
    assert due("record", later(cast, 1095)) == (0, 0)
    assert due("record", later(cast, 1096)) == (1, 0)


def test_letting_go_erases_the_words_and_keeps_the_chain(cast):
    add(cast)
    assert retention.run("record", by=cast.hana, now=later(cast, 1096)) == 1
    assert Item.objects.get().text == ""
    assert reading.check().problems == []
    assert retention.run("record", by=cast.hana, now=later(cast, 1096)) == 0


def test_what_is_held_waits(cast):
    add(cast)
    add(cast, cast.bob)
    hold(cast, cast.bob)
    assert due("record", later(cast, 1096)) == (1, 1)
    retention.run("record", by=cast.hana, now=later(cast, 1096))
    assert set(Item.objects.exclude(text="").values_list("person", flat=True)) == {cast.bob.pk}


def test_how_long_a_class_is_kept_can_be_chosen_with_a_reason(cast):
    add(cast)
    retention.keep_for("record", 100, "As agreed with the works council.", by=cast.hana, now=cast.now)
    assert due("record", later(cast, 101)) == (1, 0)


@pytest.mark.parametrize(
    ("slug", "days", "why"),
    [("record", 29, "x"), ("record", 99_999, "x"), ("record", 90, ""), ("moon", 90, "x")],
)
def test_a_choice_without_sense_is_refused(cast, slug, days, why):
    with pytest.raises(ValidationError):
        retention.keep_for(slug, days, why, by=cast.hana, now=cast.now)


@pytest.mark.parametrize("who", NOBODY_ELSE)
def test_only_hr_partners_choose_and_let_go(cast, who):
    with pytest.raises(PermissionDenied):
        retention.keep_for("record", 90, "x", by=getattr(cast, who), now=cast.now)
    with pytest.raises(PermissionDenied):
        retention.run("record", by=getattr(cast, who), now=cast.now)


def test_readings_go_and_those_of_somebody_held_stay(cast):
    note(cast.martin, cast.alice, "Record", cast.now)
    note(cast.martin, cast.bob, "Record", cast.now)
    hold(cast, cast.bob)
    assert retention.run("readings", by=None, now=later(cast, 1096)) == 1
    assert Reading.objects.get().person == cast.bob


def test_who_left_long_ago_is_erased_by_the_schedule(gone):
    assert retention.run("leavers", by=None, now=gone.now + timedelta(days=1200)) == 2  # Lea left too
    assert "Bob" not in Person.objects.get(pk=gone.bob.pk).name


def test_the_nightly_job_goes_through_every_class(gone):
    done = retention.run_all(gone.now + timedelta(days=2200))
    assert set(done) == set(retention.KINDS)
    assert reading.check().problems == []
    assert retention.run_all(gone.now + timedelta(days=2200)) == dict.fromkeys(done, 0)
