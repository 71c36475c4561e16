"""What follows from mail: questions, answers, signals, acknowledgements; and what does not."""

from datetime import timedelta

import pytest

from andon.escalations.actions import merge, own, raise_escalation, write
from andon.escalations.models import Escalation
from andon.flow import mail as story
from andon.people.notices import thread_address
from andon.people.notices.models import Notice
from andon.signals import mailing
from andon.signals.models import Arrival, Signal
from andon.signals.receiving import Incoming
from andon.signals.spoken import customer
from andon.watch.models import Chart
from tests.mail.letters import forward, inline, mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.LETTERS = tmp_path / "letters"
    settings.MAIL_GOES_OUT = True


@pytest.fixture
def cord(cast):
    return mailing.add_mailbox({"name": "cord", "address": "cord@example.com"}, by=None, now=cast.now)


@pytest.fixture
def complaints(cast):
    fields = {"name": "complaints", "purpose": "complaints", "address": "complaints@example.com"}
    return mailing.add_mailbox(fields, by=None, now=cast.now)


def take(mailbox, *raws, now=None):
    now = now or mailbox.made_at
    return story.take([Incoming(raw) for raw in raws], mailbox=mailbox, now=now, transport="pipe")


def acknowledged():
    """Who was sent one; what is held back stands on nobody's page."""
    sent = Notice.objects.filter(kind="acknowledgement").exclude(state="held")
    return list(sent.values_list("address", flat=True))


def new_signals():
    return Signal.objects.filter(channel="mail", raw__has_key="message")


def test_a_forward_with_a_question_mark_asks_about_the_customers_own_words(cast, cord):
    [arrival] = take(cord, forward("?"))
    question = Escalation.objects.get()
    assert arrival.status == "accepted", arrival.problem
    assert (question.raised_by, question.note) == (cast.lena, "")
    assert question.signal.text.strip() == "My parcel is late."
    assert arrival.thread == f"escalation:{question.number}"


def test_the_customer_of_a_forward_is_a_pseudonym_with_the_contact_kept(cast, cord):
    take(cord, forward("?"))
    signal = Escalation.objects.get().signal
    assert (signal.contact, signal.contact_name) == ("carla@shop.example", "Carla Customer")
    assert signal.customer == customer("carla@shop.example")


def test_a_forward_within_the_text_is_understood_too(cast, cord):
    [arrival] = take(cord, inline("?"))
    assert (arrival.original_sender, arrival.basis) == ("carla@shop.example", "parsed")
    assert Escalation.objects.get().signal.text.strip() == "My parcel is late."


def test_what_somebody_writes_above_is_the_note(cast, cord):
    take(cord, forward("How can this happen three times?"))
    assert Escalation.objects.get().note == "How can this happen three times?"


def test_the_customers_clock_runs_since_they_wrote(cast, cord):
    earlier = cast.now - timedelta(days=2)
    take(cord, forward("?", original=mail(at=earlier)))
    assert Escalation.objects.get().customer_since == earlier


def test_anybody_at_work_may_ask_by_mail(cast, cord):
    take(cord, forward("?", sender="alice@example.com"))
    assert Escalation.objects.get().raised_by == cast.alice


def test_who_forwarded_something_may_read_it(cast, cord):
    take(cord, forward("?", sender="Charlie <CHARLIE@example.com>"))
    assert Signal.objects.visible_to(cast.charlie).filter(escalations__isnull=False).exists()


def test_a_note_that_names_a_mechanism_puts_it_to_its_owner(cast, cord):
    take(cord, forward("labels?"))
    question = Escalation.objects.get()
    assert (question.mechanism, question.to_person) == (cast.labels, cast.olga)


def test_an_address_that_names_a_mechanism_does_too(cast, cord):
    take(cord, forward("?", to="cord+labels@example.com"))
    assert Escalation.objects.get().mechanism == cast.labels


def test_who_asks_by_mail_gets_one_mail(cast, cord):
    take(cord, forward("?"))
    assert Notice.objects.filter(to=cast.lena).count() == 1


def test_without_a_mechanism_it_goes_to_triage(cast, cord):
    take(cord, forward("?"))
    assert Escalation.objects.in_triage().count() == 1


def test_who_asked_is_answered_with_the_link_and_the_clocks(cast, cord):
    take(cord, forward("?"))
    receipt = Notice.objects.get(kind="receipt")
    number = Escalation.objects.get().number
    assert (receipt.to, receipt.link) == (cast.lena, f"/escalations/{number}/")
    assert "left to own it" in receipt.text
    assert "attached" in receipt.text


def test_the_receipt_stands_below_the_mail_that_asked_and_so_does_what_follows(cast, cord):
    from andon.mail.composing import compose

    take(cord, forward("labels?"))
    question = Escalation.objects.get()
    receipt = compose(Notice.objects.get(kind="receipt"), cast.now).whole
    assert receipt["Subject"] == "Re: Fwd: Where is it?"
    assert receipt["In-Reply-To"] == "<forward@example.com>"
    assert receipt["References"].split()[-1] == "<forward@example.com>"
    Notice.objects.update(state="sent", sent_at=cast.now)
    own(question, by=cast.olga, now=cast.now)
    write(question, "answer", "The ribbon is worn.", by=cast.olga, now=cast.now)
    later = compose(Notice.objects.filter(to=cast.lena, kind="story").latest("pk"), cast.now).whole
    assert later["Subject"] == receipt["Subject"]
    assert receipt["Message-ID"] in later["References"]


def test_a_mail_that_could_not_be_asked_is_answered_below_itself(cast, cord):
    take(cord, mail("", sender="alice@example.com", subject="?"))
    assert Notice.objects.get(kind="receipt").subject == "Re: ?"


def test_its_mails_show_the_chart_of_the_mechanism(cast, cord):
    calm, worse = (cast.labels.measures.create(slug=name, name=name) for name in ("calm", "worse"))
    for measure, out in ((calm, False), (worse, True)):
        Chart.objects.create(measure=measure, computed_at=cast.now, latest=0.5, out=out)
    take(cord, forward("labels?"))
    pictures = set(Notice.objects.values_list("kind", "picture"))
    assert pictures == {("receipt", f"measure:{worse.pk}"), ("question", f"measure:{worse.pk}")}


def test_who_forwards_many_is_answered_about_each(cast, cord):
    parcels = [mail(f"Parcel {n} is late.", id=f"<{n}@shop.example>") for n in range(30)]
    take(cord, *(forward(original=one, id=f"<f{n}@example.com>") for n, one in enumerate(parcels)))
    assert Notice.objects.filter(kind="receipt").exclude(state="held").count() == 30


def test_two_who_forward_the_same_ask_the_same(cast, cord):
    take(cord, forward("?"), forward("?", sender="alice@example.com", id="<other@example.com>"))
    assert Escalation.objects.count() == new_signals().count() == 1


def test_a_forward_to_both_addresses_asks_once_whichever_comes_first(cast, cord, complaints):
    raw = forward("?", to="complaints@example.com, cord@example.com")
    for mailbox in (complaints, cord, cord, complaints):
        take(mailbox, raw)
    assert (Escalation.objects.count(), new_signals().count()) == (1, 1)
    assert Notice.objects.filter(kind="receipt").count() == 1


def test_a_customer_who_writes_to_both_addresses_is_heard_once(cast, cord, complaints):
    for mailbox in (complaints, cord):
        take(mailbox, mail(to="complaints@example.com, cord@example.com"))
    assert (new_signals().count(), acknowledged()) == (1, ["carla@shop.example"])


def test_a_colleague_may_ask_without_a_customer(cast, cord):
    take(cord, mail("The printer eats labels.", sender="alice@example.com", subject="Labels"))
    question = Escalation.objects.get()
    assert (question.title, question.note, question.signal) == ("Labels", "The printer eats labels.", None)


def test_a_forward_by_a_stranger_is_an_ordinary_signal(cast, cord):
    [arrival] = take(cord, forward("?", sender="friend@shop.example"))
    assert (Escalation.objects.count(), arrival.original_sender) == (0, "carla@shop.example")
    assert arrival.signal.contact == "carla@shop.example"


def test_somebody_who_left_is_a_stranger(cast, cord):
    take(cord, forward("?", sender="lea@example.com"))
    assert Escalation.objects.count() == 0


def test_a_customer_who_writes_to_the_cord_makes_a_signal(cast, cord):
    take(cord, mail())
    assert (Escalation.objects.count(), new_signals().count()) == (0, 1)


def test_a_customer_is_told_that_it_is_here_and_what_happens_next(cast, complaints):
    [arrival] = take(complaints, mail())
    told = Notice.objects.get(kind="acknowledgement")
    assert (told.address, told.answers) == ("carla@shop.example", "1@shop.example")
    assert arrival.signal.key in told.text
    assert "What happens next" in told.text


def test_a_redelivery_is_not_acknowledged_again(cast, complaints):
    take(complaints, mail())
    take(complaints, mail())
    assert acknowledged() == ["carla@shop.example"]


def test_a_colleague_forwarding_to_complaints_makes_a_signal_and_tells_nobody(cast, complaints):
    take(complaints, forward("fyi"))
    assert (Escalation.objects.count(), new_signals().count(), acknowledged()) == (0, 1, [])


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"sender": "MAILER-DAEMON@shop.example", "subject": "Undelivered Mail Returned to Sender"},
        {"List_Id": "<news.shop.example>", "Precedence": "list"},
    ],
)
def test_machines_and_lists_are_never_answered(cast, complaints, headers):
    [arrival] = take(complaints, mail(**headers))
    assert arrival.status == "accepted"
    assert acknowledged() == []


def test_automatic_mail_is_kept_and_is_no_signal(cast, complaints):
    [arrival] = take(complaints, mail(Auto_Submitted="auto-replied"))
    assert (arrival.kind, arrival.signal) == ("auto", None)


def came_back(notice, action="failed", subject="Undelivered Mail Returned to Sender"):
    head = "From: MAILER-DAEMON@mx.shop.example\nTo: complaints@example.com\nContent-Type: multipart/report;"
    return (
        f"{head} report-type=delivery-status; boundary=b\nSubject: {subject}\n\n--b\n\nSorry.\n--b\n"
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.shop.example\n\n"
        f"Final-Recipient: rfc822; {notice.address}\nAction: {action}\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 No such user\n\n--b\nContent-Type: message/rfc822\n\n"
        f"From: andon@example.com\nMessage-ID: {notice.message_id}\nSubject: x\n\nx\n--b--\n"
    ).encode()


@pytest.fixture
def sent(cast, complaints):
    take(complaints, mail("My parcel is late."))
    Notice.objects.update(state="sent")
    return Notice.objects.get()


def test_a_mail_that_came_back_did_not_arrive(complaints, sent):
    [arrival] = take(complaints, came_back(sent))
    sent.refresh_from_db()
    assert (arrival.kind, arrival.signal) == ("bounce", None)
    assert (sent.state, sent.problem) == ("failed", "It came back: smtp; 550 5.1.1 No such user")


def about(sent, cast, **whom):
    """A question about what was acknowledged."""
    signal = Signal.objects.get(key=sent.thread.removeprefix("signal:"))
    return raise_escalation(by=cast.lena, now=cast.now, signal=signal, mechanism=cast.labels, **whom)


def test_who_has_the_question_hears_that_the_customer_was_not_reached(cast, complaints, sent):
    question = about(sent, cast)
    take(complaints, came_back(sent), came_back(sent))
    [entry] = question.entries.all()
    assert "did not arrive" in entry.text
    assert sent.address not in entry.text
    [told] = Notice.objects.filter(to=cast.olga, text__contains="did not arrive")
    assert (told.link, told.way) == (f"/escalations/{question.number}/", "at_once")


def test_a_question_asked_after_the_mail_came_back_says_so_too(cast, complaints, sent):
    take(complaints, came_back(sent))
    assert "did not arrive" in about(sent, cast).entries.get().text


def test_who_has_a_question_hears_that_its_customer_wrote_again(cast, complaints, sent):
    question = about(sent, cast)
    Notice.objects.filter(to=cast.olga).delete()
    raw = mail("Still nothing!", subject="Re: Where is it?", answers=[sent.message_id], id="<2@shop.example>")
    take(complaints, raw)
    told = Notice.objects.get(to=cast.olga)
    assert "Still nothing!" in told.text
    assert "Still nothing!" not in told.subject
    assert "Still nothing!" in question.entries.get().text


def test_the_customer_of_a_merged_question_is_heard_where_it_goes_on(cast, complaints, sent):
    earlier = raise_escalation(by=cast.lena, now=cast.now, mechanism=cast.labels, note="Why so late?")
    question = about(sent, cast, to_person=cast.mona)
    merge(question, into=earlier, why="The same.", by=cast.lena, now=cast.now)
    Notice.objects.filter(to=cast.olga).delete()
    raw = mail("Still nothing!", subject="Re: Where is it?", answers=[sent.message_id], id="<2@shop.example>")
    take(complaints, raw)
    assert "Still nothing!" in Notice.objects.get(to=cast.olga).text


def test_a_mail_that_is_only_late_is_under_way(complaints, sent):
    take(complaints, came_back(sent, action="delayed"))
    sent.refresh_from_db()
    assert sent.state == "sent"


def test_a_bounce_of_somebody_elses_mail_changes_nothing_of_ours(complaints, sent):
    before, sent.message_id = sent.message_id, "<another@example.com>"
    take(complaints, came_back(sent))
    assert Notice.objects.get(message_id=before).state == "sent"


def test_a_person_may_say_that_automatic_mail_is_a_customers_word(cast, complaints):
    [arrival] = take(complaints, mail(Auto_Submitted="auto-generated"))
    assert story.hear(arrival, by=cast.adam, now=cast.now).signal.text.strip() == "My parcel is late."


def test_two_desks_that_answer_each_other_come_to_an_end(cast, complaints):
    for number in range(30):
        now = cast.now + timedelta(minutes=number)
        take(
            complaints,
            mail(f"Ticket {number}", sender="desk@other.example", id=f"<{number}@o.example>"),
            now=now,
        )
    assert Notice.objects.filter(kind="acknowledgement").exclude(state="held").count() == 10
    assert new_signals().count() == 30


def test_our_own_mail_that_comes_back_begins_nothing(cast, complaints, settings):
    settings.DEFAULT_FROM_EMAIL = "Andon <andon@example.com>"
    take(
        complaints, mail(sender="andon+abc@example.com"), mail(sender="cord@example.com", id="<2@x.example>")
    )
    assert new_signals().count() == 1  # the cord's address is nobody's here


def ask(cast, cord):
    take(cord, forward("?"))
    return Escalation.objects.get()


def answer(question, text="It was the printer.", **more):
    more = {"sender": "olga@example.com", "subject": "Re: Fwd: Where is it?", **more}
    to = thread_address(f"escalation:{question.number}")
    return mail(text, to=to, id="<answer@example.com>", **more)


def test_an_answer_by_somebody_who_is_asked_is_added(cast, cord):
    question = ask(cast, cord)
    take(cord, answer(question, sender="lena@example.com"))
    assert [entry.text for entry in question.entries.all()] == ["It was the printer."]
    assert Escalation.objects.count() == 1


def test_an_answer_without_the_address_is_found_by_what_it_answers(cast, cord):
    question = ask(cast, cord)
    notice = Notice.objects.get(kind="receipt")
    raw = mail(
        "Thanks.", sender="lena@example.com", answers=[notice.message_id], subject=f"Re: {notice.subject}"
    )
    take(cord, raw.replace(b"<1@shop.example>", b"<9@example.com>"))
    assert question.entries.get().text == "Thanks."


def test_a_stranger_who_knows_the_address_does_not_get_into_the_thread(cast, cord):
    question = ask(cast, cord)
    [arrival] = take(cord, answer(question, sender="mallory@evil.example"))
    assert question.entries.count() == 0
    assert (arrival.status, arrival.thread, arrival.signal.contact) == (
        "accepted",
        "",
        "mallory@evil.example",
    )


def test_a_colleague_who_may_not_read_it_asks_anew_instead(cast, cord):
    question = ask(cast, cord)
    take(cord, answer(question, sender="bob@example.com"))
    assert question.entries.count() == 0
    assert Escalation.objects.count() == 2


def test_the_customer_of_a_question_who_writes_again_is_heard(cast, cord):
    question = ask(cast, cord)
    [arrival] = take(cord, answer(question, "Still nothing!", sender="carla@shop.example"))
    assert "Still nothing!" in question.entries.get().text
    assert (arrival.signal.customer, arrival.signal.pk) != ("", question.signal_id)


def test_a_customer_who_answers_an_acknowledgement_continues_their_signal(cast, complaints):
    [first] = take(complaints, mail())
    first.signal.mechanism = cast.labels
    first.signal.save()
    told = Notice.objects.get(kind="acknowledgement")
    raw = mail("It came!", subject="Re: Where is it?", answers=[told.message_id], id="<2@shop.example>")
    [second] = take(complaints, raw)
    assert (second.thread, second.signal.mechanism) == (f"signal:{first.signal.key}", cast.labels)
    assert acknowledged() == ["carla@shop.example"]


def test_an_old_mail_answered_with_a_new_subject_begins_anew(cast, complaints):
    take(complaints, mail())
    told = Notice.objects.get(kind="acknowledgement")
    raw = mail(
        "I want a refund.", subject="Refund for order 99", answers=[told.message_id], id="<2@shop.example>"
    )
    [second] = take(complaints, raw)
    assert (second.thread, len(acknowledged())) == ("", 2)


def test_a_number_in_the_subject_opens_nothing(cast, cord):
    question = ask(cast, cord)
    take(
        cord, mail("Hello", sender="mallory@evil.example", subject=f"Re: Question {question.number} is asked")
    )
    assert question.entries.count() == 0


def test_a_released_message_goes_on(cast, cord):
    cord.trusted = ["mx.example.com"]
    cord.save()
    fails = "mx.example.com; dmarc=fail header.from=example.com; spf=fail smtp.mailfrom=example.com"
    [arrival] = take(cord, forward("?", Authentication_Results=fails))
    assert (arrival.status, Escalation.objects.count()) == ("quarantined", 0)
    story.release(arrival, by=cast.adam, now=cast.now)
    assert Escalation.objects.get().raised_by == cast.lena
    assert Arrival.objects.get().ruled_by == cast.adam


def test_a_dismissed_message_is_kept(cast, cord):
    cord.trusted = ["mx.example.com"]
    cord.save()
    fails = "mx.example.com; dmarc=fail header.from=example.com; spf=fail smtp.mailfrom=example.com"
    [arrival] = take(cord, mail(Authentication_Results=fails))
    story.dismiss(arrival, by=cast.lena, now=cast.now)
    assert (Arrival.objects.in_quarantine().count(), Arrival.objects.get().raw) == (0, arrival.raw)


def test_what_was_not_understood_can_be_replayed(cast, cord, monkeypatch):
    monkeypatch.setattr(story.spoken, "write_down_all", lambda *_: 1 / 0)
    [arrival] = take(cord, mail())
    assert arrival.status == "failed"
    monkeypatch.undo()
    [again] = story.replay(cast.now)
    assert (again.status, new_signals().count()) == ("accepted", 1)


def test_a_note_that_is_too_long_still_asks(cast, cord):
    take(cord, forward("word " * 10_000))
    assert len(Escalation.objects.get().note) <= 20_000


def test_a_colleagues_empty_mail_is_answered_and_kept(cast, cord):
    [arrival] = take(cord, mail("", sender="alice@example.com", subject=""))
    assert (arrival.status, Escalation.objects.count()) == ("failed", 0)
    assert Notice.objects.get(kind="receipt").to == cast.alice


def test_a_thousand_messages_ask_the_database_little(cast, complaints, django_assert_max_num_queries):
    raws = [mail(f"Parcel {n}", sender=f"c{n}@shop.example", id=f"<{n}@shop.example>") for n in range(100)]
    with django_assert_max_num_queries(60):
        take(complaints, *raws)


def test_a_hundred_that_colleagues_pass_on_ask_the_database_little(
    cast, complaints, django_assert_max_num_queries
):
    raws = [
        forward(original=mail(f"Parcel {n}", sender=f"c{n}@shop.example"), id=f"<f{n}@example.com>")
        for n in range(100)
    ]
    with django_assert_max_num_queries(60):
        take(complaints, *raws)
    assert new_signals().count() == 100


def test_the_same_passed_on_by_two_in_one_batch_is_one_signal(cast, complaints):
    twice = [forward(sender=f"{who}@example.com", id=f"<{who}@example.com>") for who in ("lena", "alice")]
    arrivals = take(complaints, *twice, mail())
    assert new_signals().count() == 1
    assert len({arrival.signal_id for arrival in arrivals}) == 1


def test_what_was_said_a_month_apart_is_said_twice(cast, complaints):
    take(complaints, mail(at=cast.now - timedelta(days=30)), now=cast.now - timedelta(days=30))
    take(complaints, forward())
    assert new_signals().count() == 2
