"""Providers of mail: what they hand over is kept, once, and only from who knows the secret."""

import json

import pytest
from django.db import OperationalError
from django.urls import reverse

from andon.mail import webhooks
from andon.signals import mailing
from andon.signals.models import Arrival, Signal
from tests.cast import NOW
from tests.mail.letters import mail

pytestmark = pytest.mark.django_db

POSTMARK = {
    "From": "carla@shop.example",
    "FromFull": {"Email": "carla@shop.example", "Name": "Carla Customer"},
    "ToFull": [{"Email": "cord@example.com", "Name": ""}],
    "OriginalRecipient": "cord@example.com",
    "Subject": "Where is it?",
    "MessageID": "73e6d360-66eb-11e1-8e72-a8904824019b",
    "Date": "Mon, 2 Mar 2026 09:00:00 +0000",
    "TextBody": "My parcel is late. Größe 5.",
    "HtmlBody": "<p>My parcel is late.</p>",
    "Headers": [{"Name": "Message-ID", "Value": "<1@shop.example>"}],
    "Attachments": [
        {"Name": "a.png", "Content": "iVBORw0KGgo=", "ContentType": "image/png", "ContentLength": 8}
    ],
}
MAILGUN = {
    "sender": "carla@shop.example",
    "recipient": "cord@example.com",
    "timestamp": "1772442000",
    "token": "t",
    "signature": "s",
    "attachment-count": "0",
    "message-headers": json.dumps(
        [
            ["From", "Carla Customer <carla@shop.example>"],
            ["To", "cord@example.com"],
            ["Subject", "Where is it?"],
            ["Message-Id", "<1@shop.example>"],
            ["Date", "Mon, 2 Mar 2026 09:00:00 +0000"],
        ]
    ),
    "body-plain": "My parcel is late.",
}
SENDGRID = {
    "headers": "From: Carla Customer <carla@shop.example>\nTo: cord@example.com\nSubject: Where is it?\n"
    "Message-ID: <1@shop.example>\nDate: Mon, 2 Mar 2026 09:00:00 +0000\n",
    "text": "My parcel is late.",
    "charsets": '{"text": "utf-8"}',
    "envelope": '{"to": ["cord@example.com"], "from": "carla@shop.example"}',
}
MAILJET = {
    "Sender": "carla@shop.example",
    "Recipient": "cord@example.com",
    "Headers": {
        "From": "Carla Customer <carla@shop.example>",
        "To": "cord@example.com",
        "Subject": "Where is it?",
        "Message-ID": "<1@shop.example>",
        "Date": "Mon, 2 Mar 2026 09:00:00 +0000",
    },
    "Text-part": "My parcel is late.",
    "Parts": [],
}
BREVO = {"items": [{"Headers": MAILJET["Headers"], "RawTextBody": "My parcel is late.", "Attachments": []}]}
CALLS = {
    "postmark": {"data": POSTMARK, "content_type": "application/json"},
    "mailjet": {"data": MAILJET, "content_type": "application/json"},
    "brevo": {"data": BREVO, "content_type": "application/json"},
    "mailgun": {"data": MAILGUN},
    "sendgrid": {"data": SENDGRID},
    "raw": {"data": mail(), "content_type": "message/rfc822"},
}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.LETTERS = tmp_path / "letters"


@pytest.fixture
def mailbox():
    return mailing.add_mailbox({"name": "cord", "address": "cord@example.com"}, by=None, now=NOW)


@pytest.fixture
def call(client, mailbox):
    return lambda provider, **how: client.post(
        reverse("mail_webhook", args=[how.pop("secret", mailbox.secret), provider]),
        **(how or CALLS[provider]),
    )


@pytest.mark.parametrize("provider", CALLS)
def test_what_a_provider_hands_over_is_a_signal(call, provider):
    assert call(provider).status_code == 200
    signal, arrival = Signal.objects.get(), Arrival.objects.get()
    assert (signal.contact, arrival.subject) == ("carla@shop.example", "Where is it?")
    assert "My parcel is late." in signal.text
    assert (arrival.message_id, arrival.transport) == ("1@shop.example", "webhook")


@pytest.mark.parametrize("provider", CALLS)
def test_a_call_that_is_repeated_brings_nothing_twice(call, provider):
    assert [call(provider).status_code for _ in range(3)] == [200, 200, 200]
    assert Signal.objects.count() == 1
    assert Arrival.objects.filter(status="duplicate").count() == 2


def test_an_attachment_arrives_whole(call):
    call("postmark")
    [attachment] = Arrival.objects.get().letter().attachments
    assert (attachment.name, attachment.read()) == ("a.png", b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize("secret", ["guessed", "x"])
def test_who_does_not_know_the_secret_finds_nothing(call, secret):
    assert call("raw", secret=secret, **CALLS["raw"]).status_code == 404
    assert Arrival.objects.count() == 0


def test_a_provider_that_nobody_knows_is_not_found(call):
    assert call("unknown", data=b"x", content_type="text/plain").status_code == 404


def test_a_retired_mailbox_takes_nothing_in(call, mailbox):
    mailing.retire_mailbox(mailbox, by=None, now=NOW)
    assert call("raw").status_code == 404


def test_a_provider_may_ask_whether_the_address_is_right(client, mailbox):
    assert client.head(reverse("mail_webhook", args=[mailbox.secret, "mailjet"])).status_code == 200
    assert client.get(reverse("mail_webhook", args=[mailbox.secret, "mailjet"])).status_code == 405


@pytest.mark.parametrize("body", [b"", b"not json", b"[1]", b'{"Headers": 5}', b"\xff\xfe"])
@pytest.mark.parametrize("provider", ["postmark", "mailjet", "brevo", "sparkpost", "mailgun", "sendgrid"])
def test_a_call_that_cannot_be_read_is_kept_all_the_same(call, provider, body):
    assert call(provider, data=body, content_type="application/json").status_code == 200
    assert Arrival.objects.count() == 1


def test_when_it_cannot_be_kept_the_provider_is_asked_to_come_again(call, monkeypatch):
    def full(*_, **__):
        raise OperationalError("disk is full")

    monkeypatch.setattr(webhooks.mail, "take", full)
    assert call("raw").status_code == 503


def test_a_key_of_the_provider_is_checked_where_it_is_set(call, monkeypatch):
    monkeypatch.setenv("ANDON_MAILGUN_SIGNING_KEY", "key")
    assert call("mailgun").status_code == 404
    assert Arrival.objects.count() == 0


def test_a_message_of_twenty_megabytes_is_taken(call):
    raw = mail() + b"x" * (20 * 1024 * 1024)
    assert call("raw", data=raw, content_type="message/rfc822").status_code == 200
    assert Arrival.objects.get().size == len(raw)


@pytest.mark.parametrize(("provider", "field"), [("mailgun", "body-mime"), ("sendgrid", "email")])
def test_a_message_of_thirty_megabytes_may_stand_in_a_field_of_a_form(call, provider, field):
    raw = mail() + b"x" * (30 * 1024 * 1024)
    assert call(provider, data=CALLS[provider]["data"] | {field: raw.decode()}).status_code == 200
    arrival = Arrival.objects.get()
    assert (arrival.status, arrival.subject) == ("accepted", "Where is it?")
    assert arrival.raw == b"Delivered-To: cord@example.com\r\n" + raw


@pytest.mark.parametrize(("provider", "field"), [("mailgun", "body-plain"), ("sendgrid", "text")])
def test_a_long_text_in_a_form_is_read_too(call, provider, field):
    text = "My parcel is late. " * 500_000
    assert call(provider, data=CALLS[provider]["data"] | {field: text}).status_code == 200
    assert Signal.objects.get().text.count("My parcel is late.") > 1000


def test_a_message_in_a_form_keeps_the_bytes_that_its_charset_has(client, mailbox):
    letter = mail().replace(b"utf-8", b"iso-8859-1") + "Grüße aus Köln".encode("latin-1")
    body = (
        b'--b\r\nContent-Disposition: form-data; name="envelope"\r\n\r\n{}\r\n'
        b'--b\r\nContent-Disposition: form-data; name="email"\r\n\r\n' + letter + b"\r\n--b--\r\n"
    )
    address = reverse("mail_webhook", args=[mailbox.secret, "sendgrid"])
    form = "multipart/form-data; boundary=b"
    assert client.generic("POST", address, body, content_type=form).status_code == 200
    assert "Grüße aus Köln" in Signal.objects.get().text
