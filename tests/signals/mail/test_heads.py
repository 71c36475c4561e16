"""Who, to whom, when and about what: read as such fields are really written."""

import pytest

from andon.signals.mail import Address, read
from tests.signals.mail.samples import mail


@pytest.mark.parametrize(
    ("field", "name", "address"),
    [
        ("Ada Byron <Ada@Home.example>", "Ada Byron", "ada@home.example"),
        ('"Byron, Ada" <ada@home.example>', "Byron, Ada", "ada@home.example"),
        ("ada@home.example (Ada Byron)", "Ada Byron", "ada@home.example"),
        ("ada@home.example", "", "ada@home.example"),
        ("<ada@home.example>", "", "ada@home.example"),
        ("=?utf-8?Q?Ad=C3=A0?= <ada@home.example>", "Adà", "ada@home.example"),
        ('"=?utf-8?B?QWTDoA==?=" <ada@home.example>', "Adà", "ada@home.example"),
        ("Adà <ada@home.example>", "Adà", "ada@home.example"),
        ("\"'ada@home.example'\" <ada@home.example>", "", "ada@home.example"),
        ("=?utf-8?Q?Byron=2C_Ada?= <ada@home.example>", "Byron, Ada", "ada@home.example"),
        ("Ada <ada@home.example>, Carl <carl@home.example>", "Ada", "ada@home.example"),
        ("shop: Ada <ada@home.example>;", "Ada", "ada@home.example"),
        ("undisclosed-recipients:;", "", ""),
        ("Ada <ada@home.example", "Ada", "ada@home.example"),
        ("Ada Byron", "Ada Byron", ""),
        ("", "", ""),
        ("(((((((((", "", ""),
    ],
)
def test_a_sender_however_written(field, name, address):
    sender = read(mail(**{"from": field})).sender
    assert (sender.name, sender.address) in ((name, address), ("ada@home.example", address))


def test_without_a_from_the_next_best_field_is_asked():
    assert read(mail(**{"from": None}, reply_to="ada@home.example")).sender.address == "ada@home.example"


def test_recipients_are_all_there():
    letter = read(mail(to="a@x.example, B <b@x.example>; c@x.example", cc="d@x.example"))
    assert [one.address for one in letter.to] == ["a@x.example", "b@x.example", "c@x.example"]
    assert letter.cc == (Address("", "d@x.example"),)


def test_where_it_was_delivered_is_kept():
    letter = read(mail(x_original_to="questions+7@shop.example", delivered_to="box@shop.example"))
    assert letter.delivered_to == ("questions+7@shop.example", "box@shop.example")


@pytest.mark.parametrize(
    ("field", "subject"),
    [
        ("=?utf-8?Q?Frage_=C3=BC?= =?utf-8?Q?ber?=", "Frage über"),
        ("=?utf-8?B?w7w=?=\r\n =?utf-8?B?YmVy?=", "über"),
        ("=?utf-8?B?4oI=?= =?utf-8?B?rA==?=", "€"),
        ("=?iso-2022-jp?B?GyRCJF4kXyRgJGEkYhsoQg==?=", "まみむめも"),
        ("=?gb2312?B?xOO6ww==?=", "你好"),
        ("=?x-nobody-knows?Q?=FC?=", "ü"),
        ("=?utf-8*en?Q?hello?=", "hello"),
        ("=?utf-8?Q?open", "=?utf-8?Q?open"),
        ("=?utf-8?B?not base64!?=", None),
        ("Grüße", "Grüße"),
        ("a\r\n b\r\n\tc", "a b c"),
        ("=?windows-1252?Q?=93a=94?=", "“a”"),
    ],
)
def test_a_subject_however_encoded(field, subject):
    found = read(mail("x", field)).subject
    assert found == subject or (subject is None and found)


def test_a_raw_head_is_read_in_the_charset_of_the_body():
    raw = (
        b"Subject: \xc1\xd1\xbe\xc8\r\nFrom: a@b.example\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\nx"
    )
    assert read(raw).subject == "\xc1\xd1\xbe\xc8".encode("latin-1").decode("koi8-r")


@pytest.mark.parametrize(
    ("field", "at"),
    [
        ("Wed, 3 Nov 2021 15:51:30 +0100", "2021-11-03T14:51:30+00:00"),
        ("3 Nov 2021 15:51", "2021-11-03T15:51:00+00:00"),
        ("yesterday", None),
        ("Wed, 99 Nov 2021 15:51:30 +9999", None),
        ("Fri, 31 Dec 9999 23:59:59 -1200", None),
        ("", None),
    ],
)
def test_a_date_is_a_moment_or_nothing(field, at):
    sent = read(mail(date=field)).sent_at
    assert (sent and sent.isoformat()) == at


def test_ids_are_bare():
    letter = read(mail(message_id="<1@x>", in_reply_to="<2@x> <3@x>", references="<4@x>\r\n <2@x>"))
    assert (letter.message_id, letter.in_reply_to, letter.references) == (
        "1@x",
        ("2@x", "3@x"),
        ("4@x", "2@x"),
    )


@pytest.mark.parametrize("field", [None, "", "<>"])
def test_no_id_is_empty(field):
    assert read(mail(message_id=field)).message_id == ""


class TestTornHeads:
    def test_a_forgotten_empty_line_does_not_lose_the_text(self):
        assert read(b"From: a@b.example\r\nSubject: x\r\nIt is late.\r\nVery.").text == "It is late.\nVery."

    def test_a_torn_field_does_not_end_the_head(self):
        letter = read(
            b"To: Mary\r\n__\r\n <m@x.example>\r\nSubject: x\r\nFrom: a@b.example\r\n\r\nIt is late."
        )
        assert (letter.subject, letter.text) == ("x", "It is late.")

    def test_a_line_of_an_mbox_is_passed_over(self):
        letter = read(b"From ada@home.example Mon Aug 22 09:45:15 2011\n" + mail("It is late.", "x"))
        assert (letter.subject, letter.text) == ("x", "It is late.")

    @pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
    def test_lines_end_as_they_like(self, end):
        letter = read(mail("It is late.\nVery.", "x").replace(b"\r\n", b"\n").replace(b"\n", end))
        assert (letter.subject, letter.text) == ("x", "It is late.\nVery.")

    def test_a_text_without_any_head_is_all_text(self):
        assert read(b"It is late.\n\nVery.").text == "It is late.\n\nVery."

    @pytest.mark.parametrize("raw", [b"", b"\n", b"\r\n\r\n", b"\0"])
    def test_nothing_is_an_empty_letter(self, raw):
        letter = read(raw)
        assert (letter.text, letter.broken) == ("", "")

    def test_a_field_twice_counts_once_and_the_topmost_wins(self):
        assert read(b"Subject: a\r\nSubject: b\r\n\r\n").subject == "a"
