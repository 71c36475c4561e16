"""Mail on its way out, through a server that speaks SMTP."""

from datetime import timedelta

import pytest

from andon.escalations.actions import raise_escalation
from andon.mail.sending import send_waiting
from andon.people import notices
from andon.people.notices import Kind, outbox, preferences
from andon.people.notices.kinds import Way
from andon.people.notices.models import Notice
from tests.cast import NOW

pytestmark = pytest.mark.django_db
State = Notice.State


def told(person, key="escalation:1:raised", kind=Kind.QUESTION, **more):
    words = {"subject": "Escalation 1: Address labels", "text": "A question is put to you."}
    return notices.tell(person, key=key, kind=kind, **({"now": NOW} | words | more))


def send(after=timedelta(0)):
    return send_waiting(lambda: NOW + after)


def state(notice):
    notice.refresh_from_db()
    return notice.state


def test_what_waits_goes_out_once(cast, goes_out):
    notice = told(cast.olga)
    assert send().sent == 1
    assert not send()
    assert goes_out.to == [["olga@example.com"]]
    assert goes_out.mails[0]["Message-ID"] == notice.message_id
    assert state(notice) == State.SENT


def test_a_server_that_says_later_is_asked_again_with_the_same_mail(cast, goes_out):
    goes_out.at_data = lambda n: "451 4.7.1 Greylisted, try again" if goes_out.tries < 2 else None
    notice = told(cast.olga)
    assert send().later == 1
    assert state(notice) == State.WAITING
    assert "451 4.7.1 Greylisted" in notice.problem
    assert not send()
    assert send(timedelta(minutes=2)).sent == 1
    assert goes_out.mails[0]["Message-ID"] == notice.message_id


def test_an_address_that_does_not_exist_is_given_up_with_the_reason(cast, goes_out):
    goes_out.at_rcpt = lambda n: "550 5.1.1 No such user"
    notice = told(cast.olga)
    assert send().failed == 1
    assert state(notice) == State.FAILED
    assert notice.problem == "550 5.1.1 No such user"
    assert not send(timedelta(days=1))


def test_a_customer_who_cannot_be_reached_is_told_to_whoever_has_the_question(cast, goes_out):
    question = raise_escalation(by=cast.lena, now=NOW, signal=cast.torn, mechanism=cast.labels)
    send()
    notice = told("carla@shop.example", "a", Kind.ACKNOWLEDGEMENT, thread=f"signal:{cast.torn.key}")
    goes_out.at_rcpt = lambda n: "550 5.1.1 No such user"
    send()
    assert state(notice) == State.FAILED
    assert "did not arrive" in question.entries.get().text
    assert Notice.objects.filter(to=cast.olga, text__contains="did not arrive").count() == 1


def test_after_three_days_of_later_it_is_given_up(cast, goes_out):
    goes_out.at_rcpt = lambda n: "450 later"
    notice = told(cast.olga)
    for hours in range(24 * 5):
        send(timedelta(hours=hours))
    assert state(notice) == State.FAILED
    assert 20 < goes_out.tries <= outbox.MOST_TRIES


def test_one_that_is_refused_does_not_hold_up_the_others(cast, goes_out):
    goes_out.at_rcpt = lambda n: "550 no" if n == 0 else None
    told(cast.olga)
    told(cast.mona, key="other")
    done = send()
    assert (done.failed, done.sent) == (1, 1)


def test_a_server_that_is_not_there_costs_no_try(cast, goes_out, settings):
    from andon.config import env

    settings.MAILERS = {"default": env.mailer("smtp+plain://127.0.0.1:1")}
    notice = told(cast.olga)
    assert "cannot be used" in send().problem
    assert (state(notice), notice.tries) == (State.WAITING, 0)
    settings.MAILERS = {"default": env.mailer(f"smtp+plain://127.0.0.1:{goes_out.port}")}
    assert send().sent == 1


def test_a_connection_that_breaks_is_made_anew_for_the_next(cast, goes_out):
    goes_out.at_data = lambda n: "421 closing" if goes_out.tries == 1 else None
    told(cast.olga)
    told(cast.mona, key="other")
    done = send()
    assert (done.later, done.sent) == (1, 1)


def test_without_a_server_nothing_is_tried_and_nothing_is_wrong(cast, settings):
    settings.MAIL_GOES_OUT = False
    notice = told(cast.olga)
    assert not send()
    assert state(notice) == State.HELD


def test_whoever_left_since_is_not_written_to(cast, goes_out):
    notice = told(cast.olga)
    cast.olga.is_active = False
    cast.olga.save()
    send()
    assert state(notice) == State.HELD
    assert not goes_out.taken


def test_andon_never_writes_to_an_address_it_reads_itself(cast, goes_out):
    notice = told("andon+abc@example.com", kind=Kind.ACKNOWLEDGEMENT)
    send()
    assert state(notice) == State.HELD


def test_a_sender_that_was_thought_dead_changes_nothing_any_more(cast, goes_out):
    told(cast.olga)
    slow = outbox.take("elsewhere|x|1|a", NOW)
    assert outbox.recover(NOW + timedelta(minutes=20)) == 1
    assert send(timedelta(minutes=20)).sent == 1
    outbox.fail(slow, "too late")
    assert state(slow) == State.SENT


def test_a_sender_elsewhere_is_waited_for(cast, goes_out):
    told(cast.olga)
    outbox.take("elsewhere|x|1|a", NOW)
    assert not send(timedelta(minutes=14))


def test_the_digest_is_one_mail_at_the_hour_of_the_reader(cast, goes_out):
    preferences.deliver(cast.olga, hour=7, zone="Europe/Berlin", by=cast.olga, now=NOW)
    preferences.choose(cast.olga, {Kind.QUESTION: Way.DIGEST}, by=cast.olga, now=NOW)
    first, second = told(cast.olga, key="a"), told(cast.olga, key="b", subject="Escalation 2: Refunds")
    assert not send(timedelta(hours=20))
    assert send(timedelta(hours=21)).sent == 1  # 06:00 UTC
    assert not send(timedelta(hours=22))
    (mail,) = goes_out.mails
    assert "Refunds" in mail.get_body(("plain",)).get_content()
    assert {state(first), state(second)} == {State.SENT}


def test_what_is_told_after_todays_digest_comes_tomorrow(cast, goes_out):
    preferences.choose(cast.olga, {Kind.QUESTION: Way.DIGEST}, by=cast.olga, now=NOW)
    told(cast.olga, key="a")
    send(timedelta(days=1))
    told(cast.olga, key="b", now=NOW + timedelta(days=1))
    preferences.deliver(cast.olga, hour=12, by=cast.olga, now=NOW + timedelta(days=1))
    assert not send(timedelta(days=1, hours=5))
    assert send(timedelta(days=2, hours=5)).sent == 1
    assert len(goes_out.taken) == 2
