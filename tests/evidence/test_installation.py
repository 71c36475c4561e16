"""Checking the ledger of an installation: what somebody alters who gets past the triggers."""

import io
import json

import pikepdf
import pytest
from django.db import connection

from andon.evidence import actions, extracts, ledger, outside, pages, reading, triggers
from andon.evidence.models import Entry, Item, Pseudonym, Seal, Sight
from andon.evidence.verifying import verify_bytes
from andon.people import guarding
from tests.evidence.test_items import add


def page():
    """An empty page of 99 points."""
    out, pdf = io.BytesIO(), pikepdf.new()
    pdf.add_blank_page(page_size=(99, 99))
    pdf.save(out)
    return out.getvalue()


PAGE = page()


@pytest.fixture
def filled(cast, settings, tmp_path):
    settings.HOME = tmp_path
    item = add(cast)
    actions.reply(item, "It was my colleague.", by=cast.alice, now=cast.now)
    add(cast, cast.bob)
    outside_seal(cast)
    return cast


def outside_seal(cast):
    """As after a commit, which tests do not reach."""
    seal = ledger.seal(cast.now)
    one = reading.sealed(Seal.objects.filter(pk=seal.pk))[0]
    outside.keep(ledger.ledger_folder(), one.statement, one.signature)


@pytest.fixture
def unlocked(filled):
    """Somebody took the triggers away, as the owner of the tables may."""
    with connection.cursor() as cursor:
        on = " ON {table}" if connection.vendor == "postgresql" else ""
        for table, name in guarding.names(triggers.GUARDS, connection.vendor):
            cursor.execute(f"DROP TRIGGER {name}{on.format(table=table)}")
    return filled


def problems():
    return [problem for problem in reading.check().problems if "does not refuse changes" not in problem]


def test_an_untouched_installation_is_intact(filled):
    report = reading.check()
    assert (report.problems, report.entries, report.sealed_to) == ([], 4, 4)


def test_an_empty_ledger_is_intact(cast, settings, tmp_path):
    settings.HOME = tmp_path
    assert reading.check().problems == []


def test_missing_triggers_are_told(unlocked):
    assert any("does not refuse changes" in problem for problem in reading.check().problems)


def test_an_item_that_is_altered_is_found(unlocked):
    item = Item.objects.of(unlocked.alice).get()
    Item.objects.filter(pk=item.pk).update(text="She hung up.")
    assert problems() == [f"Item {item.pk} was altered: entry {item.entry_id} says something else."]


def test_an_item_that_is_moved_to_another_person_is_found(unlocked):
    Item.objects.of(unlocked.alice).update(person=unlocked.charlie)
    assert any("moved to another person" in problem for problem in problems())


def test_a_sight_that_nobody_had_is_found(filled):
    item, other = Item.objects.of(filled.bob).get(), Item.objects.of(filled.alice).get()
    Sight.objects.create(item=item, at=filled.now, entry=other.sight.entry)
    assert problems() == [f"That item {item.pk} was seen is said here, and the ledger does not say it."]


def test_an_item_that_is_taken_away_is_found(unlocked):
    item = Item.objects.of(unlocked.bob).get()
    item.delete()
    assert problems() == [f"The item that entry {item.entry_id} speaks of was taken away."]


def test_people_who_are_swapped_are_found(unlocked):
    alice, bob = Pseudonym.objects.get(person=unlocked.alice), Pseudonym.objects.get(person=unlocked.bob)
    Pseudonym.objects.filter(pk=bob.pk).update(person=unlocked.charlie)
    Pseudonym.objects.filter(pk=alice.pk).update(person=unlocked.bob)
    assert any("given to somebody else" in problem for problem in problems())


def test_entries_and_seals_that_are_cut_off_are_found_by_the_seals_kept_outside(unlocked):
    Seal.objects.all().delete()
    Item.objects.of(unlocked.bob).delete()
    last = Entry.objects.last()
    last.content.delete()
    last.delete()
    assert any("cut off" in problem for problem in problems())
    assert any("has it no more" in problem for problem in problems())


def test_a_seal_made_with_another_key_is_found(filled, tmp_path):
    (tmp_path / "keys" / "ledger.pub").write_text("0" * 64)
    assert any("does not have" in problem for problem in problems())


def test_a_head_that_was_written_down_is_found_again(filled):
    assert reading.check([Entry.objects.last().hash]).intact
    assert not reading.check(["0" * 64]).intact


def test_the_private_key_is_for_its_owner_only(filled, tmp_path):
    assert (tmp_path / "keys" / "ledger.pem").stat().st_mode & 0o777 == 0o600


def test_an_extract_holds_all_entries_about_one_person_and_nobody_else(filled):
    raw = extracts.extract(filled.alice, now=filled.now)
    assert verify_bytes(raw).problems == []
    assert {entry["what"] for entry in json.loads(raw)["entries"]} == {
        "item.added",
        "item.seen",
        "item.replied",
    }


def test_of_an_extract_only_the_words_that_are_asked_for_are_told(filled):
    chosen = Item.objects.of(filled.alice).get().entry_id
    raw = extracts.extract(filled.alice, now=filled.now, contents=[chosen])
    told = [entry["seq"] for entry in json.loads(raw)["entries"] if entry["body"]]
    assert told == [chosen]
    assert verify_bytes(raw).withheld == 2


def test_somebody_without_an_entry_has_an_extract_that_proves_it(filled):
    report = verify_bytes(extracts.extract(filled.charlie, now=filled.now))
    assert (report.problems, report.entries) == ([], 1)


def test_a_dossier_is_checked_with_its_pages(filled):
    pdf = extracts.enclose(PAGE, filled.alice, now=filled.now)
    assert verify_bytes(pdf).problems == []
    altered = pdf.replace(b"[ 0 0 99 99 ]", b"[ 0 0 98 99 ]", 1)  # a 99 elsewhere may be one of a seal
    assert altered != pdf
    assert verify_bytes(altered).problems == ["The pages were altered after they were signed."]


def test_a_page_added_to_a_dossier_is_found(filled):
    assert verify_bytes(extracts.enclose(PAGE, filled.alice, now=filled.now) + b"\n% more").problems


def test_pages_around_an_extract_of_somebody_are_no_dossier(filled):
    pdf = pages.attach(PAGE, "ledger.json", extracts.extract(filled.alice, now=filled.now))
    assert len(verify_bytes(pdf).problems) == 2


def test_every_part_of_the_signature_of_a_dossier_counts(filled):
    pdf = extracts.enclose(PAGE, filled.alice, now=filled.now)
    begins = pdf.index(b"/Contents <") + len(b"/Contents <")
    for place in range(begins, begins + 1400, 23):
        altered = bytearray(pdf)
        altered[place] = ord("1") if altered[place] != ord("1") else ord("2")
        assert verify_bytes(bytes(altered)).problems, place
