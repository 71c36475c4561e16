"""Pages of mail: what came, quarantine, mailboxes; and that nothing in a message runs."""

import pytest
from django.urls import reverse
from tests.house.permissions.mail import laid_out
from tests.mail.letters import forward, inline, mail

from andon.escalations.models import Escalation
from andon.flow import mail as story
from andon.signals import mailing
from andon.signals.models import Arrival, Mailbox, Signal
from andon.signals.receiving import Incoming

pytestmark = pytest.mark.django_db
FAILS = "mx.example.com; dmarc=fail header.from=example.com; spf=fail smtp.mailfrom=example.com"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.LETTERS = tmp_path / "letters"


@pytest.fixture
def cord(cast):
    return mailing.add_mailbox({"name": "cord", "trusted": ["mx.example.com"]}, by=None, now=cast.now)


@pytest.fixture
def adam(cast, client):
    client.force_login(cast.adam)
    return client


def take(mailbox, *raws) -> list[Arrival]:
    return story.take([Incoming(raw) for raw in raws], mailbox=mailbox, now=mailbox.made_at, transport="pipe")


def page(client, name, *things):
    return client.get(reverse(f"mail:{name}", args=things))


def test_an_empty_list_says_what_belongs_there_and_how_to_start(adam):
    shown = page(adam, "list").content.decode()
    assert "No mail came in yet" in shown
    assert reverse("mail:add") in shown


def test_what_came_is_listed_with_what_became_of_it(adam, cord):
    take(cord, mail(), mail())
    shown = page(adam, "list").content.decode()
    assert "Where is it?" in shown
    assert "Here already" in shown


def test_quarantine_shows_only_what_waits_there(adam, cord):
    take(cord, mail(subject="Fine"), mail(subject="Forged", id="<2@x.example>", Authentication_Results=FAILS))
    shown = adam.get(reverse("mail:list") + "?show=quarantine").content.decode()
    assert "Forged" in shown
    assert "Fine" not in shown


def test_a_leader_releases_a_message_and_it_asks(cast, client, cord):
    [arrival] = take(cord, forward("?", Authentication_Results=FAILS))
    client.force_login(cast.lena)
    client.post(reverse("mail:release", args=[arrival.key]))
    assert Escalation.objects.count() == 1


def test_a_released_message_cannot_be_released_twice(adam, cord):
    [arrival] = take(cord, forward("?", Authentication_Results=FAILS))
    for _ in range(2):
        adam.post(reverse("mail:release", args=[arrival.key]))
    assert Escalation.objects.count() == 1


def test_looking_changes_nothing(adam, cord):
    [arrival] = take(cord, mail(Authentication_Results=FAILS))
    assert adam.get(reverse("mail:release", args=[arrival.key])).status_code == 405


def test_the_html_of_a_message_is_harmless(adam, cord):
    [arrival] = take(cord, laid_out())
    shown = page(adam, "html", arrival.key)
    text = shown.content.decode()
    assert "Laid out" in text
    for bad in ("<script", "onclick", "evil.example", "<form", "<input", "refresh"):
        assert bad not in text
    assert shown["Content-Security-Policy"].startswith("sandbox")
    assert "default-src 'none'" in shown["Content-Security-Policy"]
    assert (shown["X-Frame-Options"], shown["X-Content-Type-Options"]) == ("SAMEORIGIN", "nosniff")


def test_the_frame_of_a_message_has_no_rights(adam, cord):
    [arrival] = take(cord, laid_out())
    shown = page(adam, "show", arrival.key)
    assert 'sandbox title="' in shown.content.decode()
    assert "frame-src 'self'" in shown["Content-Security-Policy"]
    assert "script-src 'self'" in shown["Content-Security-Policy"]


def test_an_attachment_is_only_ever_downloaded(adam, cord):
    [arrival] = take(cord, laid_out())
    part = page(adam, "attached", arrival.key, 0)
    assert part.content == b"<script>alert(1)</script>"
    assert part["Content-Type"] == "application/octet-stream"
    assert part["Content-Disposition"].startswith("attachment")
    assert "/" not in part["Content-Disposition"]
    assert part["X-Content-Type-Options"] == "nosniff"


def test_an_attachment_that_is_not_there_is_not_found(adam, cord):
    [arrival] = take(cord, mail())
    assert page(adam, "attached", arrival.key, 7).status_code == 404


def test_words_of_a_message_are_text_on_the_page(adam, cord):
    [arrival] = take(cord, mail("<script>alert(1)</script>", subject="<b>Bold</b>"))
    shown = page(adam, "show", arrival.key).content.decode()
    assert "<script>alert" not in shown
    assert "<b>Bold" not in shown


def test_the_message_as_it_came_is_the_very_bytes(adam, cord):
    raw = mail()
    [arrival] = take(cord, raw)
    assert page(adam, "whole", arrival.key).content == raw


def test_the_basis_of_an_original_sender_is_shown(adam, cord):
    [arrival] = take(cord, inline())
    assert "read from the forwarded text" in page(adam, "show", arrival.key).content.decode()


def test_a_person_confirms_whose_words_they_are(adam, cord):
    [arrival] = take(cord, inline())
    form = {"address": "Real@shop.example", "name": "Rea L."}
    adam.post(reverse("mail:sender", args=[arrival.key]), form)
    arrival.refresh_from_db()
    assert (arrival.basis, arrival.original_sender) == ("confirmed", "real@shop.example")
    assert Signal.objects.get(pk=arrival.signal_id).contact_name == "Rea L."


def test_a_message_whose_file_is_gone_still_has_a_page(adam, cord):
    [arrival] = take(cord, mail())
    arrival.path.unlink()
    assert "cannot be read" in page(adam, "show", arrival.key).content.decode()


def test_an_administrator_sets_up_a_mailbox(adam):
    form = {
        "name": "cord", "purpose": "cord", "address": "cord@example.com", "trusted": "MX.example.com, b.example",
        "host": "imap.example.com", "port": "993", "security": "tls", "user": "cord",
        "password_variable": "ANDON_IMAP_CORD", "folder": "INBOX", "done_folder": "",
    }  # fmt: skip
    assert adam.post(reverse("mail:add"), form).status_code == 302
    assert Mailbox.objects.get().trusted == ["mx.example.com", "b.example"]


def test_what_is_wrong_with_a_mailbox_is_said_at_its_field(adam):
    form = {"name": "cord", "purpose": "cord", "host": "imap.example.com", "port": "993", "security": "tls",
            "folder": "INBOX"}  # fmt: skip
    shown = adam.post(reverse("mail:add"), form).content.decode()
    assert "Say as whom to sign in" in shown
    assert Mailbox.objects.count() == 0


def test_a_mailbox_cannot_name_other_secrets_of_the_machine(adam):
    form = {"name": "x", "purpose": "cord", "host": "evil.example", "port": "993", "security": "none", "user": "x",
            "folder": "INBOX", "password_variable": "ANDON_SECRET_KEY"}  # fmt: skip
    assert "begins with ANDON_IMAP_" in adam.post(reverse("mail:add"), form).content.decode()
    assert Mailbox.objects.count() == 0


def test_a_new_secret_closes_the_old_address(adam, client, cord):
    old = reverse("mail_webhook", args=[cord.secret, "raw"])
    adam.post(reverse("mail:renew", args=["cord"]))
    assert client.post(old, mail(), content_type="message/rfc822").status_code == 404


@pytest.mark.parametrize("many", [3, 60])
def test_the_list_asks_the_database_as_much_for_many(adam, cord, django_assert_max_num_queries, many):
    take(cord, *(mail(f"{n}", id=f"<{n}@x.example>") for n in range(many)))
    with django_assert_max_num_queries(12):
        page(adam, "list")
