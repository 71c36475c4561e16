"""Mail that comes in is kept first, and understood once."""

import pytest
from django.db import OperationalError

from andon.signals import letters, mailing, receiving
from andon.signals.models import Arrival, Signal
from andon.signals.receiving import Incoming
from tests.cast import NOW
from tests.mail.letters import mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.LETTERS = tmp_path / "letters"


@pytest.fixture
def mailbox(db):
    return mailing.add_mailbox({"name": "cord", "trusted": ["mx.example.com"]}, by=None, now=NOW)


def nothing(accepted, now):
    pass


def writes(accepted, now):
    from andon.signals import spoken

    spoken.write_down_all(accepted, now)


def take(mailbox, *raws, then=writes):
    kept = receiving.keep_all([Incoming(raw) for raw in raws], mailbox=mailbox, now=NOW, transport="pipe")
    return receiving.understand_all(kept, NOW, then)


def test_bytes_are_kept_as_they_came(mailbox):
    raw = b"\x00\xff no mail at all"
    arrival = receiving.keep(raw, mailbox=mailbox, now=NOW, transport="pipe")
    assert (arrival.raw, arrival.status, arrival.size) == (raw, "waiting", len(raw))


def test_a_message_is_read_and_accepted(mailbox):
    [arrival] = take(mailbox, mail())
    arrival.refresh_from_db()
    assert (arrival.status, arrival.sender, arrival.subject) == (
        "accepted",
        "carla@shop.example",
        "Where is it?",
    )
    assert arrival.signal.text.strip() == "My parcel is late."


def test_a_redelivery_is_recognised_though_servers_added_to_it(mailbox):
    first, second = take(mailbox, mail(), b"Received: from a.example\r\n" + mail().replace(b"\n", b"\r\n"))
    assert (first.status, second.status, second.signal) == ("accepted", "duplicate", first.signal)


def test_a_redelivery_later_is_recognised_too(mailbox):
    [first] = take(mailbox, mail())
    [second] = take(mailbox, mail())
    assert (second.status, second.signal) == ("duplicate", first.signal)


def test_a_reused_message_id_with_other_content_is_another_signal(mailbox):
    first, second = take(mailbox, mail("It is late."), mail("It came, and it is broken."))
    assert first.signal != second.signal
    assert Signal.objects.count() == 2


@pytest.mark.parametrize("id", ["", "<>", "<@>"])
def test_messages_without_a_sound_message_id_are_told_apart_by_content(mailbox, id):
    raws = [mail(text).replace(b"<1@shop.example>", id.encode()) for text in ("One.", "Two.", "One.")]
    assert [one.status for one in take(mailbox, *raws)] == ["accepted", "accepted", "duplicate"]


def test_one_message_that_cannot_be_handled_harms_no_other(mailbox):
    def breaks(accepted, now):
        if any("poison" in letter.text for _arrival, letter in accepted):
            raise RuntimeError("poison")
        writes(accepted, now)

    done = take(mailbox, mail("One."), mail("poison", id="<2@x.example>"), mail("Two."), then=breaks)
    assert [one.status for one in done] == ["accepted", "failed", "accepted"]
    assert Signal.objects.count() == 2


def test_what_failed_is_accepted_when_it_is_tried_again(mailbox):
    def breaks(accepted, now):
        raise RuntimeError

    [arrival] = take(mailbox, mail(), then=breaks)
    assert arrival.status == "failed"
    [again] = receiving.understand_all([Arrival.objects.get()], NOW, writes)
    assert (again.status, again.attempts) == ("accepted", 2)


def test_a_database_that_is_away_leaves_messages_waiting(mailbox):
    def away(accepted, now):
        raise OperationalError("disk full")

    with pytest.raises(OperationalError):
        take(mailbox, mail(), then=away)
    assert Arrival.objects.get().status == "waiting"
    assert receiving.left_over(mailbox) == list(Arrival.objects.all())


def test_what_is_settled_is_not_settled_again(mailbox):
    take(mailbox, mail())
    stale = Arrival.objects.get()
    stale.status = "waiting"
    receiving.understand_all([stale], NOW, writes)
    assert (Signal.objects.count(), Arrival.objects.get().attempts) == (1, 1)


def test_a_file_that_is_gone_fails_in_words(mailbox):
    arrival = receiving.keep(mail(), mailbox=mailbox, now=NOW, transport="pipe")
    arrival.path.unlink()
    [done] = receiving.understand_all([arrival], NOW, writes)
    assert (done.status, "cannot be read" in done.problem) == ("failed", True)


FAILS = "mx.example.com; spf=fail smtp.mailfrom=shop.example; dkim=none; dmarc=fail header.from=shop.example"


def test_a_forged_sender_is_kept_in_quarantine(mailbox):
    [arrival] = take(mailbox, mail(Authentication_Results=FAILS))
    assert (arrival.status, arrival.signal) == ("quarantined", None)


def test_what_a_stranger_says_of_authentication_does_not_count(mailbox):
    [arrival] = take(mailbox, mail(Authentication_Results=FAILS.replace("mx.example.com", "mx.evil.example")))
    assert arrival.status == "accepted"


def test_without_trusted_servers_nothing_is_quarantined(mailbox):
    mailbox.trusted = []
    mailbox.save()
    [arrival] = take(mailbox, mail(Authentication_Results=FAILS))
    assert arrival.status == "accepted"


def test_the_same_bytes_lie_once_on_the_disk(mailbox, settings):
    take(mailbox, mail(), mail())
    assert len(list(settings.LETTERS.rglob("*.eml"))) == 1


def test_what_was_fetched_before_is_the_same_row(mailbox):
    place = Incoming(mail(), uid_validity=1, uid=7)
    first = receiving.keep_all([place], mailbox=mailbox, now=NOW, transport="imap")
    again = receiving.keep_all([place], mailbox=mailbox, now=NOW, transport="imap")
    assert first == again


def test_something_else_at_the_same_place_is_not_lost(mailbox):
    one, other = (Incoming(mail(text), uid_validity=1, uid=7) for text in ("One.", "Other."))
    receiving.keep_all([one], mailbox=mailbox, now=NOW, transport="imap")
    receiving.keep_all([other], mailbox=mailbox, now=NOW, transport="imap")
    assert Arrival.objects.count() == 2


@pytest.mark.parametrize("head", [b"", b"From: x", b":", b"\n\n", b"\r\n\r\nbody", b"\xff\xfe\n\nx"])
def test_any_bytes_have_an_identity(head):
    assert len(letters.identity(head)) == 64


def test_who_a_message_is_for_is_part_of_it():
    assert letters.identity(mail(to="a@x.example")) != letters.identity(mail(to="b@x.example"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (b"My lamp is broken", b"My chair is broken"),
        (b"From: a@b.example\nMy lamp is broken", b"From: a@b.example\nMy chair is broken"),
        (b"X-Nothing: lamp\n\n", b"X-Nothing: chair\n\n"),
        (b"\x1f\x8bone", b"\x1f\x8bother"),
    ],
)
def test_what_has_no_head_or_no_end_of_it_is_not_taken_for_another(one, other):
    assert letters.identity(one) != letters.identity(other)


def test_how_an_envelope_line_and_line_ends_travel_changes_nothing():
    raw = b"From: a@b.example\nSubject: x\n\nHello\n"
    travelled = b"From a@b.example Mon Mar  2 09:00:00 2026\r\n" + raw.replace(b"\n", b"\r\n")
    assert letters.identity(travelled) == letters.identity(raw)


@pytest.mark.parametrize("raw", [b"", b"\n", b" \r\n\r\n"])
def test_an_empty_message_is_kept_and_is_no_signal(mailbox, raw):
    [arrival] = take(mailbox, raw)
    assert (arrival.status, arrival.signal, arrival.problem) == ("failed", None, "This message is empty.")
