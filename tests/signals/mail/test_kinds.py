"""A person, a machine, a returned mail or a list: told by the head, and no person lost to a mark."""

import pytest

from andon.signals.mail import read
from tests.signals.mail.samples import mail, parts

FAILED = b"Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; ada@home.example\r\nAction: failed\r\n"
QUOTE = "\n\nOn 3 May 2021, Lena <lena@shop.example> wrote:\n> We have put your question to those who can mend it.\n"


def kind(*mail_, **headers) -> str:
    return read(mail(*mail_, **headers)).kind


def test_a_person_is_a_person():
    letter = read(mail("It is late."))
    assert (letter.kind, letter.why_kind, letter.answerable) == ("human", "", True)


@pytest.mark.parametrize(
    "headers",
    [
        {"auto_submitted": "auto-replied"},
        {"auto_submitted": "auto-generated (alert)"},
        {"auto_submitted": "auto-notified; owner=x"},
        {"precedence": "auto_reply"},
        {"x_autoreply": "yes"},
        {"return_path": "<>"},
    ],
)
def test_what_says_that_it_is_automatic_is(headers):
    letter = read(mail("I am away.", **headers))
    assert (letter.kind, letter.answerable) == ("auto", False)
    assert letter.why_kind


def test_auto_submitted_no_is_a_person_s():
    assert kind("It is late.", auto_submitted="no") == "human"


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Your order",
        "Out of office",
        "I am out of the office until Monday",
        "Abwesenheitsnotiz: Ihre Bestellung",
        "Automatische Antwort: x",
        "Réponse automatique : x",
        "Respuesta automática: x",
        "Risposta automatica: x",
        "Automatisch antwoord: x",
        "Autosvar: x",
        "Automaattinen vastaus: x",
        "Autoodpowiedź: x",
        "Автоответ: x",
        "自動返信: x",
        "[Auto-Reply] x",
    ],
)
def test_nobody_there_is_known_by_the_subject(subject):
    assert kind("I am back on Monday.", subject) == "auto"


@pytest.mark.parametrize(
    "subject",
    ["A complaint about your automatic reply", "Re: Automatic reply: x", "Why was Lena out of the office?"],
)
def test_a_person_who_speaks_of_one_is_a_person(subject):
    assert kind("It said nothing.", subject) == "human"


@pytest.mark.parametrize("mark", ["auto-generated", "auto-replied"])
def test_a_person_s_answer_is_a_person_s_though_its_desk_marks_everything(mark):
    letter = read(
        mail(f"It still has not come!{QUOTE}", "Re: x", auto_submitted=mark, in_reply_to="<1@shop.example>")
    )
    assert (letter.kind, letter.new_text) == ("human", "It still has not come!")
    assert "Auto-Submitted" in letter.why_kind
    assert not letter.answerable


@pytest.mark.parametrize(
    "text",
    [
        "I am out of the office until Monday.",
        "We have received your message. Your ticket was received under 7.",
        "Bitte antworten Sie nicht auf diese Nachricht.",
    ],
)
def test_an_automatic_answer_that_quotes_stays_automatic(text):
    marks = {"auto_submitted": "auto-replied", "in_reply_to": "<1@shop.example>"}
    assert kind(f"{text}{QUOTE}", "Re: x", **marks) == "auto"


def test_asking_for_no_automatic_answer_does_not_make_a_person_a_machine():
    letter = read(mail("It is late.", x_auto_response_suppress="All"))
    assert (letter.kind, letter.answerable) == ("human", False)


@pytest.mark.parametrize(
    "headers", [{"list_id": "<shop.lists.example>"}, {"precedence": "bulk"}, {"precedence": "list"}]
)
def test_a_list_is_a_list(headers):
    letter = read(mail("News", **headers))
    assert (letter.kind, letter.answerable) == ("list", False)


@pytest.mark.parametrize(
    "headers",
    [
        {"list_id": "Help <help.shop.example>", "precedence": "list"},
        {
            "list_id": "<1234.groups.example>",
            "list_post": "<https://groups.example/x>, <mailto:help@shop.example>",
        },
    ],
)
def test_a_list_that_is_our_own_address_hands_on_what_people_write(headers):
    letter = read(mail("It is late.", **headers), ours=frozenset({"help@shop.example"}))
    assert (letter.kind, letter.answerable) == ("human", True)


def test_a_delivery_report_is_a_bounce():
    report = parts(b"\r\nIt could not be delivered.", FAILED, kind="report; report-type=delivery-status")
    assert read(report).kind == "bounce"


def test_a_receipt_is_automatic_and_no_bounce():
    receipt = (
        b"Content-Type: message/disposition-notification\r\n\r\nDisposition: manual-action; displayed\r\n"
    )
    assert (
        read(parts(b"\r\nRead.", receipt, kind="report; report-type=disposition-notification")).kind == "auto"
    )


def test_a_bounce_in_a_mail_server_s_own_words_is_one():
    text = (
        "Hi. This is the qmail-send program at shop.example.\nI'm afraid I wasn't able to deliver your message to "
        "the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        "<ada@home.example>:\n5.1.1 no such user\n\n--- Below this line is a copy of the message.\n"
    )
    assert (
        kind(text, "failure notice", return_path="<>", **{"from": "MAILER-DAEMON@shop.example"}) == "bounce"
    )


def test_a_bounce_with_an_empty_return_path_is_known_by_its_subject():
    assert kind("x", "Undeliverable: parcel", return_path="<>") == "bounce"


@pytest.mark.parametrize(
    "subject", ["UNDELIVERED MAIL", "Undeliverable: Hello", "Delivery failed", "Onbestelbaar: x", "退信"]
)
def test_a_mail_server_that_says_in_its_subject_what_came_back_writes_a_bounce(subject):
    said = "It has not reached:\n  bob@home.example\n"
    assert kind(said, subject, **{"from": "System <postmaster@home.example>"}) == "bounce"
    assert kind(said, subject, **{"from": "Ada <ada@home.example>"}) == "human"


def test_a_customer_who_passes_a_bounce_on_is_a_person():
    assert (
        kind("Why did this come back?\n\n<ada@home.example>: no such user", "Fwd: Undeliverable: x")
        == "human"
    )


def test_nothing_of_an_attached_message_is_taken_from_a_bounce():
    ours = b"Content-Type: message/rfc822\r\n\r\n" + mail("We have your message.")
    letter = read(parts(b"\r\nIt failed.", FAILED, ours, kind="report; report-type=delivery-status"))
    assert (letter.is_forward, letter.original) == (False, None)


class TestCameBack:
    def test_the_mail_that_a_report_holds_is_named(self):
        inner = b"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <ours@shop.example>\r\n"
        letter = read(parts(b"\r\nSorry.", FAILED, inner, kind="report; report-type=delivery-status"))
        assert letter.came_back == ("ours@shop.example",)

    def test_the_mail_that_a_report_answers_is_named(self):
        kind_ = "report; report-type=delivery-status"
        letter = read(parts(b"\r\nSorry.", FAILED, kind=kind_, in_reply_to="<ours@shop.example>"))
        assert letter.came_back == ("ours@shop.example",)

    def test_a_server_that_goes_on_trying_brings_nothing_back(self):
        late = FAILED.replace(b"failed", b"delayed")
        kind_ = "report; report-type=delivery-status"
        assert read(parts(b"\r\nLate.", late, kind=kind_, in_reply_to="<ours@shop.example>")).came_back == ()

    def test_what_a_person_quotes_did_not_come_back(self):
        assert read(mail("Look:\nMessage-ID: <ours@shop.example>\n", "Undelivered again")).came_back == ()
