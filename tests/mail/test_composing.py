"""What a mail says, and how it stands in a mail program."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from andon.mail.composing import compose
from andon.people import notices
from andon.people.notices import Kind, outbox, preferences
from andon.people.notices.kinds import Way
from tests.cast import NOW
from tests.web.charts import calm, charted

pytestmark = pytest.mark.django_db
THREAD = "escalation:1"


@pytest.fixture(autouse=True)
def _settings(settings):
    settings.MAIL_GOES_OUT = True
    settings.DEFAULT_FROM_EMAIL = "Andon <andon@example.com>"
    settings.ADDRESS = "https://andon.example.com"
    settings.ORGANISATION = "Fine Lamps"


def told(to, key="escalation:1:raised", kind=Kind.QUESTION, **more):
    words = {
        "subject": "Escalation 1: Address labels",
        "text": "A question is put to you.\n\nOwn it by 10:00.",
    }
    return notices.tell(to, key=key, kind=kind, **({"now": NOW, "thread": THREAD} | words | more))


def mail(notice, now=NOW):
    """As it arrives: made to bytes and read again."""
    return message_from_bytes(compose(notice, now).message().as_bytes(), policy=policy.default)


def plain(message):
    return message.get_body(("plain",)).get_content()


def html(message):
    return message.get_body(("html",)).get_content()


def sent(notice):
    taken = outbox.take("here", NOW + timedelta(days=1))
    assert taken == notice
    outbox.sent(taken, NOW)


def test_text_and_html_say_the_same(cast):
    message = mail(told(cast.olga, link="/escalations/1/"))
    for body in (plain(message), html(message)):
        for words in (
            "Escalation 1: Address labels",
            "Own it by 10:00.",
            "https://andon.example.com/escalations/1/",
        ):
            assert words in body


def test_words_of_others_are_text_and_never_markup(cast):
    body = html(mail(told(cast.olga, text='<img src="https://evil.example/x.png"><script>alert(1)</script>')))
    assert "<script>" not in body
    assert "<img" not in body


def test_nothing_is_fetched_from_anywhere(cast):
    charted(cast.late, calm())
    body = html(mail(told(cast.olga, picture=f"measure:{cast.late.pk}")))
    assert re.findall(r'src="(?!cid:)', body) == []
    assert "url(" not in body
    assert "<link" not in body


def test_the_chart_is_within_the_mail_with_its_sentence_beside_it(cast):
    chart = charted(cast.late, calm())
    message = mail(told(cast.olga, picture=f"measure:{cast.late.pk}"))
    (picture,) = (part for part in message.walk() if part.get_content_type() == "image/png")
    assert picture.get_content().startswith(b"\x89PNG")
    assert picture.get_content_disposition() == "inline"
    assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in html(message)
    assert f'alt="{chart.sentence}"' in html(message)
    assert chart.sentence in plain(message)


def test_the_chart_is_named_and_speaks_the_language_of_the_reader(cast):
    chart = charted(cast.late, calm())
    notice = told(cast.olga, picture=f"measure:{cast.late.pk}")
    assert f"{chart.measure.mechanism.name}, {chart.measure.name}" in plain(mail(notice))
    chart.sentence = "This point is outside the control limits."
    chart.save()
    notice.language = "de"
    assert "Eingriffsgrenzen" in plain(mail(notice))
    assert chart.sentence not in plain(mail(notice))


def test_a_picture_that_is_gone_leaves_the_mail_without_one(cast):
    message = mail(told(cast.olga, picture="measure:999999"))
    assert "cid:" not in html(message)


def test_mails_of_a_thread_stand_together(cast):
    first, second = told(cast.olga), told(cast.olga, key="next", subject="It is owned", kind=Kind.LATE)
    one = mail(first)
    sent(first)
    two = mail(second)
    assert one["Subject"] == two["Subject"] == "Escalation 1: Address labels"
    assert "It is owned" in plain(two)
    assert two["References"].split() == [one["References"].split()[0], one["Message-ID"]]
    assert two["In-Reply-To"] == one["Message-ID"]


def test_others_do_not_see_which_mails_somebody_got(cast):
    sent(told(cast.olga))
    assert len(mail(told(cast.mona, key="other"))["References"].split()) == 1


def test_an_answer_to_a_mail_stands_below_it(cast):
    message = mail(told(cast.olga, kind=Kind.RECEIPT, answers="<forwarded@example.com>"))
    assert message["In-Reply-To"] == "<forwarded@example.com>"
    assert message["References"].endswith("<forwarded@example.com>")


def test_an_answer_to_a_mail_keeps_its_subject_also_in_a_thread_that_has_another(cast):
    sent(told(cast.olga))
    answer = told(
        cast.olga, key="r", kind=Kind.RECEIPT, subject="Re: Fwd: Late", text="Thank you.", answers="<a@b.c>"
    )
    message = mail(answer)
    assert message["Subject"] == "Re: Fwd: Late"
    assert "Late" not in plain(message)  # what it says begins with what is new


@pytest.mark.parametrize(
    "written", ["forwarded@example.com", "<forwarded@example.com>", " <forwarded@example.com> "]
)
def test_a_message_id_goes_out_in_its_brackets_however_it_was_kept(cast, written):
    message = mail(told(cast.olga, kind=Kind.RECEIPT, answers=written))
    assert message["In-Reply-To"] == "<forwarded@example.com>"


@pytest.mark.parametrize("written", ["two words@example.com", "<a@b.c> <d@e.f>", "x" * 500, "<>"])
def test_what_can_be_no_message_id_is_left_out(cast, written):
    message = mail(told(cast.olga, kind=Kind.RECEIPT, answers=written))
    assert message["In-Reply-To"] == message["References"]


def test_answers_go_to_the_address_of_the_thread(cast):
    message = mail(told(cast.olga))
    assert notices.thread_of([message["Reply-To"]]) == THREAD


def test_a_notice_says_that_a_machine_wrote_it_and_how_it_ends(cast):
    message = mail(told(cast.olga))
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].startswith("<https://andon.example.com/notices/stop/")


def test_without_https_no_one_click_is_offered(cast, settings):
    settings.ADDRESS = "http://andon.internal"
    message = mail(told(cast.olga))
    assert "List-Unsubscribe-Post" not in message
    assert "List-Unsubscribe" in message


def test_an_acknowledgement_is_a_reply_of_a_machine_without_links_inside(cast):
    message = mail(
        told("fiona@example.org", kind=Kind.ACKNOWLEDGEMENT, link="/escalations/1/", answers="<a@b.c>")
    )
    assert message["Auto-Submitted"] == "auto-replied"
    assert "List-Unsubscribe" not in message
    assert "/escalations/" not in plain(message) + html(message)


def test_an_answer_to_a_customer_is_a_letter_of_people(cast):
    message = mail(told("fiona@example.org", kind=Kind.ANSWER))
    assert "Auto-Submitted" not in message
    assert "List-Unsubscribe" not in message


@pytest.mark.parametrize(
    "name", ["Eve\r\nBcc: all@example.com", 'Eve" <x@y.z>, "', "Ève ☂ Müller", "a" * 160, "=?utf-8?q?x?="]
)
def test_a_name_stays_a_name(cast, name):
    cast.olga.name = name
    cast.olga.save()
    message = mail(told(cast.olga))
    assert [one.addr_spec for one in message["To"].addresses] == ["olga@example.com"]
    assert "Bcc" not in message


@pytest.mark.parametrize(
    "subject", ["x\r\nBcc: all@example.com", "x\n\ny", "Ümläut ☂ " * 30, "\u2028Bcc: x\u2029", ""]
)
def test_a_subject_stays_a_subject(cast, subject):
    message = mail(told(cast.olga, subject=subject))
    assert "Bcc" not in message
    assert "\n" not in message["Subject"]


def test_it_is_written_in_the_language_of_the_reader(cast):
    preferences.deliver(cast.olga, hour=8, language="de", by=cast.olga, now=NOW)
    message = mail(told(cast.olga))
    assert message["Content-Language"] == "de"
    assert '<html lang="de">' in html(message)


def test_a_digest_lists_what_it_holds(cast):
    from andon.people.notices import digests
    from andon.people.notices.models import Notice

    preferences.choose(cast.olga, {Kind.QUESTION: Way.DIGEST}, by=cast.olga, now=NOW)
    (
        told(cast.olga, key="a", link="/escalations/1/"),
        told(cast.olga, key="b", subject="Escalation 2: Refunds"),
    )
    assert digests.gather(NOW + timedelta(days=1)) == 1
    message = mail(Notice.objects.get(kind=Kind.DIGEST))
    assert message["Subject"] == "2 things, 3 March 2026"
    assert "Escalation 1: Address labels" in plain(message)
    assert "Escalation 2: Refunds" in html(message)
    assert message["List-Unsubscribe"]


def test_an_international_domain_is_written_in_ascii(cast):
    cast.olga.email = "olga@bücher.example"
    cast.olga.save()
    assert mail(told(cast.olga))["To"].addresses[0].addr_spec == "olga@xn--bcher-kva.example"


def lines_of(notice) -> str:
    return compose(notice, NOW).message().as_bytes().partition(b"\r\n\r\n")[0].decode("ascii")


def test_addresses_and_message_ids_are_never_encoded_however_long(cast, settings):
    settings.ADDRESS = "https://andon." + "quality." * 12 + "example.com"
    long = "<" + "a1b2c3d4" * 20 + "@mail.example.com>"
    head = lines_of(told(cast.olga, kind=Kind.QUESTION, answers=long))
    assert "=?" not in head
    assert long in head
    assert f"List-Unsubscribe: <{settings.ADDRESS}/notices/stop/" in head


def test_no_line_is_longer_than_mail_servers_take(cast):
    cast.olga.name = "Ü" * 160
    cast.olga.save()
    message = compose(told(cast.olga, text="word " * 3000 + "x" * 3000), NOW).message().as_bytes()
    assert max(len(line) for line in message.split(b"\r\n")) <= 998
    assert b"\n" not in message.replace(b"\r\n", b"")
