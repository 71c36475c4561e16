"""Outlook's winmail.dat is opened; one that cannot be is kept as it came."""

import base64

from hypothesis import given
from hypothesis import strategies as st

from andon.signals.mail import Letter, read
from tests.signals.mail.samples import mail, parts
from tests.signals.mail.tnef_samples import whole

HEAD = b'Content-Type: application/ms-tnef; name="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n\r\n'


def letter_with(data: bytes, *others: bytes) -> Letter:
    return read(parts(*others, HEAD + base64.encodebytes(data)))


def test_its_text_page_and_file_are_found():
    letter = letter_with(whole())
    assert (letter.text, letter.html) == ("Grüße", "<p>Grüße</p>")
    assert [(file.name, file.read()) for file in letter.attachments] == [("Report of May.pdf", b"%PDF-1.4")]


def test_a_text_beside_it_is_the_text():
    assert letter_with(whole(), b"\r\nIt is late.").text == "It is late."


def test_that_it_was_opened_is_said():
    assert any("winmail.dat" in note for note in letter_with(whole()).notes)


def test_one_that_makes_no_sense_is_kept_as_a_file():
    letter = letter_with(b"not what it says")
    assert [(file.name, file.read()) for file in letter.attachments] == [("winmail.dat", b"not what it says")]


def test_a_mail_that_is_nothing_else():
    raw = mail(
        base64.encodebytes(whole()), content_type="application/ms-tnef", content_transfer_encoding="base64"
    )
    assert read(raw).text == "Grüße"


@given(st.integers(0, len(whole())), st.binary(max_size=40))
def test_a_torn_one_never_fails(at, rubbish):
    data = whole()
    assert letter_with(data[:at] + rubbish + data[at + len(rubbish) :]).broken == ""
