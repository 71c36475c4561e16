"""Where messages lie: by their ending, as in a Maildir, or by the headers that they begin with."""

import bz2
import gzip
import io

import pytest

from andon.mail.sources import messages

MAIL = b"Return-Path: <a@b.example>\r\nReceived: from x\r\n\tby y\r\nFrom: a@b.example\r\nSubject: x\r\n\r\nHello\r\n"


def names(folder):
    return sorted(source.name.removeprefix(f"{folder}/") for source in messages([str(folder)], []))


@pytest.fixture
def folder(tmp_path):
    for name, content in {
        "one.eml": b"anything at all",
        "deep/er/0001": MAIL,
        "deep/mail.txt": b"From a@b.example Mon Mar  2 09:00:00 2026\n" + MAIL,
        "notes.txt": b"From: our family\nTo: yours\n\nWe like mail.\n",
        "picture.png": bytes(range(256)),
        "empty": b"",
        ".hidden.eml": MAIL,
        "box/cur/1:2,S": b"no headers",
        "box/new/2": MAIL,
        "box/tmp/3": b"not whole yet",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_in_a_folder_messages_are_known_by_ending_by_place_and_by_their_headers(folder):
    assert names(folder) == ["box/cur/1:2,S", "box/new/2", "deep/er/0001", "deep/mail.txt", "one.eml"]


def test_a_file_that_is_named_is_taken_whatever_it_is(folder):
    [source] = messages([str(folder / "notes.txt")], [])
    assert source.raw.startswith(b"From: our family")


def test_a_path_that_is_not_there_is_said_and_the_others_are_read(folder):
    missing = []
    paths = [str(folder / name) for name in ("nowhere", "one.eml")]
    assert [source.raw for source in messages(paths, missing)] == [b"anything at all"]
    assert len(missing) == 1
    assert "cannot be read" in missing[0]


def test_one_file_that_cannot_be_read_keeps_no_other_from_being_read(folder):
    (folder / "one.eml").unlink()
    (folder / "one.eml").symlink_to("/proc/self/mem")  # no rights open its first byte, not even those of root
    missing = []
    assert len(list(messages([str(folder)], missing))) == 4
    assert "one.eml" in missing[0]


@pytest.mark.parametrize("packed", [gzip.compress(MAIL), b"PK\x03\x04...", bz2.compress(MAIL)])
def test_an_archive_is_no_message_and_it_is_said_what_to_do(tmp_path, packed):
    (tmp_path / "mail.eml.gz").write_bytes(packed)
    missing = []
    assert list(messages([str(tmp_path / "mail.eml.gz")], missing)) == []
    assert "Unpack it" in missing[0]


def piped(raw: bytes) -> list[tuple[str, bytes]]:
    return [tuple(source) for source in messages([], [], io.BytesIO(raw))]


def test_an_mbox_may_come_through_a_pipe():
    envelope = b"From a@b.example Mon Mar  2 09:00:00 2026\n"
    one, two = b"From: a@b.example\n\nHello\n", b"Subject: x\n\nHello again\n"
    assert piped(envelope + one + b"\n" + envelope + two) == [("-#1", one), ("-#2", two)]


def test_a_piped_message_that_quotes_an_envelope_line_stays_whole():
    raw = b"From a@b.example Mon Mar  2 09:00:00 2026\nSubject: x\n\nlook:\n\nFrom me Mon Mar  2 09:00:00 2026\nHi\n"
    assert piped(raw) == [("-", raw)]


def test_the_messages_of_an_mbox_are_told_apart(tmp_path):
    letter = b"From a@b.example Mon Mar  2 09:00:00 2026\nSubject: %d\n\n>From here on\n\n"
    (tmp_path / "all.mbox").write_bytes(letter % 1 + letter % 2)
    first, second = messages([str(tmp_path / "all.mbox")], [])
    assert (first.name[-2:], second.name[-2:]) == ("#1", "#2")
    assert b"\nFrom here on" in first.raw
    assert second.raw.startswith(b"Subject: 2")
