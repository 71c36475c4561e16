"""Adding to the ledger."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from andon.evidence import chain, ledger
from andon.evidence.models import Content, Entry, Pseudonym, Seal


def add(cast, about=None, what="coaching.spoken", **body):
    return ledger.append(what, about=about or cast.alice, body=body, by=cast.martin, now=cast.now)


def test_entries_are_numbered_from_one_without_gaps(cast):
    assert [add(cast).seq for _ in range(3)] == [1, 2, 3]


def test_an_entry_names_the_hash_of_the_one_before(cast):
    first, second = add(cast), add(cast, cast.bob)
    assert (first.previous, second.previous) == (chain.NOTHING, first.hash)


def test_an_entry_names_the_one_before_about_the_same_person_and_counts(cast):
    first, _, third = add(cast), add(cast, cast.bob), add(cast)
    assert (third.previous_about, third.nth) == (first.hash, 2)


def test_people_are_in_the_chain_by_pseudonym_only(cast):
    entry = add(cast, words="said")
    assert entry.about == Pseudonym.objects.get(person=cast.alice).name
    assert cast.alice.name not in str(Entry.objects.values())


def test_a_pseudonym_says_whose_it_is_to_who_knows_the_salt_and_cannot_be_swapped(cast):
    add(cast)
    for one in Pseudonym.objects.all():
        assert one.name == chain.pseudonym(one.salt, one.person_id)


def test_the_same_words_twice_have_different_digests(cast):
    assert add(cast, words="late").content_digest != add(cast, words="late").content_digest


def test_the_content_is_kept_as_canonical_text(cast):
    entry = add(cast, b="2", a=[1, None, 0.5])
    assert Content.objects.get(entry=entry).body == '{"a":[1,null,0.5],"b":"2"}'


def test_an_entry_goes_with_the_transaction_it_is_part_of(cast):
    with transaction.atomic():
        add(cast)
        transaction.set_rollback(True)
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "what", ["", "coaching", "Coaching.noted", "coaching noted", "a.b\n", "a." + "b" * 90]
)
def test_what_happened_is_dotted_words(cast, what):
    with pytest.raises(ValidationError):
        add(cast, what=what)


@pytest.mark.parametrize(
    "value", [datetime(2026, 1, 1), {1: "one"}, float("nan"), {1, 2}, "\ud800", "x" * 1_000_001]
)
def test_what_cannot_be_kept_alike_everywhere_is_refused(cast, value):
    with pytest.raises(ValidationError):
        add(cast, value=value)
    assert not Entry.objects.exists()


def test_a_moment_without_zone_is_refused(cast):
    with pytest.raises(ValueError, match="zone"):
        ledger.append("a.b", about=None, body={}, by=None, now=datetime(2026, 1, 1))


def test_a_seal_is_set_when_it_is_time_and_on_demand_but_not_twice_for_the_same(cast, monkeypatch):
    monkeypatch.setattr(ledger, "EVERY", 2)
    for _ in range(5):
        add(cast)
    assert list(Seal.objects.values_list("seq", flat=True)) == [2, 4]
    later = cast.now + timedelta(days=1)
    assert ledger.seal(later).seq == 5
    assert ledger.seal(later).number == 3


def test_an_empty_ledger_needs_no_seal(cast):
    assert ledger.seal(cast.now) is None
