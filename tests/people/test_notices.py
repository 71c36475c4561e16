"""Somebody is told something once, the way they chose."""

import pytest

from andon.people import notices
from andon.people.notices import Kind, Way, preferences
from andon.people.notices.models import Notice
from tests.cast import NOW

pytestmark = pytest.mark.django_db
State = Notice.State


@pytest.fixture(autouse=True)
def _a_server(settings):
    settings.MAIL_GOES_OUT = True


def told(person, key="escalation:1:raised", kind=Kind.QUESTION, **more):
    words = {"subject": "Escalation 1", "text": "A question is put to you."}
    return notices.tell(person, key=key, kind=kind, now=NOW, **(words | more))


def test_the_same_is_never_told_twice(cast):
    assert told(cast.olga)
    assert told(cast.olga) is None
    assert Notice.objects.count() == 1


def test_who_left_is_told_nothing(cast):
    assert told(cast.lea) is None


def test_without_a_server_everything_stands_on_the_page_only(cast, settings):
    settings.MAIL_GOES_OUT = False
    notice = told(cast.olga)
    assert (notice.state, notice.problem) == (State.HELD, "")


def test_words_are_made_in_the_language_of_the_reader(cast):
    from django.utils.translation import get_language

    preferences.deliver(cast.olga, hour=8, language="de", by=cast.olga, now=NOW)
    assert told(cast.olga, subject=get_language).subject == "de"


def test_a_subject_is_one_line_whatever_it_is_made_of(cast):
    notice = told(cast.olga, subject="Escalation 1\r\nBcc: everybody@example.com\x00\u2028x")
    assert notice.subject == "Escalation 1 Bcc: everybody@example.com x"


def test_an_answer_comes_back_to_its_thread(cast):
    address = notices.thread_address("escalation:1")
    assert notices.thread_of(["Andon <" + address.upper() + ">"]) == "escalation:1"
    assert notices.thread_address("escalation:1") == address
    assert notices.thread_address("escalation:2") != address


def test_an_answer_to_a_message_id_comes_back_to_its_thread(cast):
    notice = told(cast.olga, thread="escalation:1")
    assert notices.thread_of(["andon@localhost"], ["<other@x>", notice.message_id]) == "escalation:1"


def test_a_number_alone_leads_to_no_thread(cast):
    told(cast.olga, thread="escalation:1")
    notices.thread_address("escalation:1")
    assert notices.thread_of(["andon+escalation-1@localhost", "andon+1@localhost"], ["<1@localhost>"]) is None


def test_none_means_the_page_only(cast):
    preferences.choose(cast.olga, {Kind.QUESTION: Way.NONE}, by=cast.olga, now=NOW)
    assert told(cast.olga).state == State.HELD


def test_only_what_is_mine_goes_out_when_it_is(cast):
    preferences.choose(cast.olga, {Kind.QUESTION: Way.ONLY_MINE}, by=cast.olga, now=NOW)
    assert told(cast.olga, key="a", about_own=True).state == State.WAITING
    assert told(cast.olga, key="b").state == State.HELD
