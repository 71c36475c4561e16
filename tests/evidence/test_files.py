"""A ledger as a file, whole or of one person: whatever is altered in it is found."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.evidence import files
from andon.evidence.keys import public_of
from andon.evidence.merkle import Leaf, prove
from andon.evidence.verifying import Unreadable, verify_bytes
from tests.evidence.made import KEY, SUBJECTS, make

ALICE = SUBJECTS[0]


def whole():
    rows, sealed = make(SUBJECTS * 4)
    return written("full", None, rows, sealed, None)


def extract(rows=None, kind="extract"):
    everything, sealed = make(SUBJECTS * 4)
    ends = {row.link.about: Leaf(row.link.about, row.link.nth, row.hash) for row in everything}
    theirs = [row for row in everything if row.link.about == ALICE]
    return written(
        kind, ALICE, rows(theirs) if rows else theirs, sealed[-1:], prove(sorted(ends.values()), ALICE)
    )


def written(kind, about, rows, sealed, proof):
    out = io.BytesIO()
    made_at = "2026-03-02T10:00:00.000000Z"
    files.write(
        out, {"kind": kind, "about": about, "made_at": made_at, "seals": sealed, "proof": proof}, rows, KEY
    )
    return out.getvalue()


WHOLE, EXTRACT = whole(), extract()
NO_LEDGER = [b"", b"{}", b"[1]", b"\xff", b'{"format":"andon-ledger-1"}', b"at,what\n", b"%PDF-1.7\n"]


def wrong(raw):
    """What is told of a file: its problems, or why it cannot be read."""
    try:
        return verify_bytes(raw).problems
    except Unreadable as reason:
        return [str(reason)]


@pytest.mark.parametrize("raw", [WHOLE, EXTRACT], ids=["whole", "extract"])
def test_a_file_as_it_was_made_is_intact(raw):
    assert verify_bytes(raw).problems == []


@given(st.sampled_from([WHOLE, EXTRACT]), st.integers(0, 10**6), st.integers(1, 255))
def test_any_byte_that_is_altered_is_found(raw, place, by):
    altered = bytearray(raw)
    altered[place % len(raw)] ^= by
    assert wrong(bytes(altered))


@given(st.sampled_from([WHOLE, EXTRACT]), st.integers(0, 10**6))
def test_a_file_that_is_cut_off_cannot_be_read(raw, length):
    with pytest.raises(Unreadable):
        verify_bytes(raw[: length % len(raw)])


@given(st.integers(0, 3))
def test_an_entry_left_out_of_an_extract_is_found_even_when_it_is_signed_anew(place):
    raw = extract(lambda rows: rows[:place] + rows[place + 1 :])
    assert any("missing" in p or "left out" in p for p in verify_bytes(raw).problems)


def test_words_may_be_kept_back_from_an_extract_but_not_the_entry():
    raw = extract(
        lambda rows: [rows[0], *(row._replace(salt=None, body=None, withheld=True) for row in rows[1:])]
    )
    report = verify_bytes(raw)
    assert (report.problems, report.withheld) == ([], 3)


def test_the_entries_of_somebody_else_do_not_pass_for_these():
    raw = json.loads(EXTRACT) | {"about": SUBJECTS[1]}
    assert verify_bytes(json.dumps(raw).encode()).problems


def test_the_key_to_trust_is_asked_for_and_compared():
    assert verify_bytes(WHOLE, frozenset({public_of(KEY)})).notes == []
    assert any("another key" in problem for problem in verify_bytes(WHOLE, frozenset({"0" * 64})).problems)
    assert any("not checked" in note for note in verify_bytes(WHOLE).notes)


@pytest.mark.parametrize(
    "raw", [b"", b"{}", b"[1]", b"\xff", b'{"format":"andon-ledger-1"}', b"at,what\n", b"%PDF-1.7\n"]
)
def test_what_is_no_ledger_is_refused_with_a_sentence(raw):
    with pytest.raises(Unreadable):
        verify_bytes(raw)


def test_a_name_given_twice_is_refused():
    with pytest.raises(Unreadable):
        verify_bytes(EXTRACT[:-1] + b',"about":"x"}')


@pytest.mark.parametrize("name", ["entries", "seals", "proof", "key", "made_at", "about"])
@pytest.mark.parametrize("value", [None, 1, "x", [1], {"a": 1}])
def test_parts_of_another_kind_are_found(name, value):
    raw = json.dumps(json.loads(EXTRACT) | {name: value}).encode()
    assert wrong(raw)
