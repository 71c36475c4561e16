"""Whatever arrives, a letter comes of it, soon, and no word is lost."""

import base64
import os
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.signals.mail import Letter, read
from andon.signals.mail import reading as room
from tests.signals.mail.samples import BY_HAND, OURS, mail, parts
from tests.signals.mail.tnef_samples import whole

SAMPLES = [
    *(mail(f"?\n\n{text}", "Fwd: x") for text in BY_HAND.values()),
    parts(b"\r\n?", b"Content-Type: message/rfc822\r\n\r\n" + mail("It is late.", message_id="<1@x>")),
    parts(
        b"Content-Type: text/html\r\n\r\n<p>a<b>c", b"Content-Transfer-Encoding: base64\r\n\r\nR3LDvMOfZQ=="
    ),
    mail(whole(), content_type="application/ms-tnef"),
    mail(
        "x",
        "=?utf-8?Q?=C3=BC?=",
        authentication_results="mx; dmarc=pass (x)",
        date="Wed, 3 Nov 2021 15:51:30 +0100",
    ),
]
TRUSTED = frozenset({"mx"})


def sound(letter: Letter) -> bool:
    """Nothing failed, and every text can be stored."""
    texts = [
        letter.text,
        letter.new_text,
        letter.note,
        letter.subject,
        letter.html,
        str(letter.sender),
        *letter.notes,
    ]
    texts += [file.name for file in letter.attachments]
    if letter.original:
        texts += [
            letter.original.text,
            letter.original.subject,
            letter.original.date,
            str(letter.original.sender),
        ]
    "".join(texts).encode()
    return letter.broken == "" and not any("\0" in text for text in texts)


@given(st.binary(max_size=600))
def test_any_bytes(raw):
    assert sound(read(raw, trusted=TRUSTED, ours=OURS))


@given(
    st.binary(max_size=300),
    st.sampled_from(["utf-7", "utf-16", "hz", "gb18030", "iso-2022-kr", "idna", "rot13"]),
)
def test_any_bytes_in_any_charset(body, charset):
    assert sound(read(mail(body, content_type=f"text/plain; charset={charset}")))


@given(st.sampled_from(SAMPLES), st.data())
def test_mails_with_bytes_changed_cut_and_put_in(raw, data):
    for _change in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw)))
        gone = data.draw(st.integers(0, 20))
        raw = raw[:at] + data.draw(st.binary(max_size=12)) + raw[at + gone :]
    letter = read(raw, trusted=TRUSTED, ours=OURS)
    assert sound(letter)
    assert all(len(file.read()) >= 0 for file in letter.attachments)


@given(
    st.lists(
        st.sampled_from([*"\n>:-_<@ ?", "From: ", "a@b.c", "wrote:", "Fwd", "----- x -----", "Date: 1"]),
        max_size=60,
    )
)
def test_any_text_made_of_what_forwards_are_made_of(pieces):
    assert sound(read(mail("".join(pieces), "Fwd: x"), ours=OURS))


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff"), min_size=1))
def test_no_letter_of_a_plain_text_is_lost(text):
    assert "".join(read(mail(text)).text.split()) == "".join(text.split())


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff>"), min_size=1, max_size=200))
def test_no_letter_above_a_forward_is_lost(text):
    letter = read(mail(f"{text}\n\n{BY_HAND['thunderbird, Polish']}", "Fwd: x"))
    assert "".join(text.split()) in "".join(letter.text.split())


def test_a_mistake_of_ours_loses_no_mail(monkeypatch):
    def mistaken(*_given):
        raise RuntimeError("a mistake")

    monkeypatch.setattr(room, "contents_of", mistaken)
    letter = read(mail("It is late.", "x"))
    assert ("It is late." in letter.text, letter.subject, "mistake" in letter.broken) == (True, "x", True)


def test_a_file_of_30_mb_is_neither_copied_nor_decoded():
    head = b"Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    raw = parts(b"\r\nSee the file.", head + base64.encodebytes(bytes(30_000_000)))
    tracemalloc.start()
    try:
        letter, (_now, most) = read(raw), tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (letter.text, letter.attachments[0].size) == ("See the file.", 30_000_000)
    assert most < 1_000_000


BOMBS = {
    "lines of spaces": mail(b" \n" * 300_000),
    "long lines of spaces": mail((b"a" + b" " * 2900 + b"\n") * 700),
    "labels": mail(b"From: x\n\n" * 100_000),
    "labels with spaces": mail((b"From:" + b" " * 2900 + b"\n") * 700),
    "dashes": mail(b"---- a ----\n" * 100_000),
    "rules": mail(b"_________\n" * 100_000),
    "quotations": mail(b">" * 1_000_000),
    "nested forwards": mail(BY_HAND["gmail"].encode() * 5_000, "Fwd: x"),
    "introductions": mail(b"On 1 May x <a@b.c>\n" * 50_000),
    "fields": b"X-A: b\r\n" * 100_000 + b"\r\nx",
    "one long field": b"To: " + b"a@b.c, " * 300_000 + b"\r\n\r\nx",
    "folds": b"Subject: a\r\n" + b" b\r\n" * 200_000 + b"\r\nx",
    "open encoded words": b"Subject: " + b"=?utf-8?Q?a" * 100_000 + b"\r\n\r\nx",
    "comments": b"From: " + b"(" * 200_000 + b"\r\nAuthentication-Results: " + b"(" * 200_000 + b"\r\n\r\nx",
    "parameters": b"Content-Type: text/plain" + b'; a="b' * 100_000 + b"\r\n\r\nx",
    "a page of brackets": mail(b"<" * 300_000, content_type="text/html"),
    "messages in messages": b"Content-Type: message/rfc822\r\n\r\n" * 20_000,
    "noise": os.urandom(2_000_000),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_mail_takes_long_by_its_making(bomb):
    begun = time.process_time()
    assert sound(read(BOMBS[bomb], trusted=TRUSTED, ours=OURS))
    assert time.process_time() - begun < 3
