"""A form that is sent twice does once what it does."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from andon.growth.models import Coaching, Promise
from andon.web import once
from andon.web.models import Sent


@pytest.fixture
def martin(cast, client):
    client.force_login(cast.martin)
    return client


def send(client, page, written):
    """As a browser sends a form without files."""
    return client.post(page, urlencode(written), content_type=once.FORM)


def promise(client, cast, what="Two mornings at the printer"):
    due = (timezone.localdate() + timedelta(days=20)).isoformat()
    written = {"what": what, "kind": "training", "due": due}
    return send(client, f"/team/{cast.alice.pk}/promise/", written)


def test_a_promise_sent_twice_is_one_promise(martin, cast):
    first, second = promise(martin, cast), promise(martin, cast)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Promise.objects.count() == 1


def test_other_words_are_another_promise(martin, cast):
    promise(martin, cast)
    promise(martin, cast, "A headset")
    assert Promise.objects.count() == 2


def test_who_does_something_else_in_between_means_it_again(martin, cast):
    for what in ("A headset", "A chair", "A headset"):
        promise(martin, cast, what)
    assert Promise.objects.count() == 3


def test_a_minute_later_it_is_meant_again(martin, cast):
    promise(martin, cast)
    Sent.objects.update(at=Sent.objects.get().at - once.AGAIN)
    promise(martin, cast)
    assert Promise.objects.count() == 2


def test_what_was_refused_may_be_sent_again(martin, cast):
    wrong = {"what": "", "kind": "training"}
    page = f"/team/{cast.alice.pk}/promise/"
    assert [send(martin, page, wrong).status_code for _ in range(2)] == [422, 422]


def test_two_people_who_say_the_same_are_two(cast, client):
    for who in (cast.martin, cast.lena):
        client.force_login(who)
        promise(client, cast)
    assert Promise.objects.count() == 2


def test_a_second_that_comes_while_the_first_is_at_work_waits_for_its_answer(cast, rf, monkeypatch):
    """The first has claimed it and is answered while the second waits."""
    request = rf.post("/anywhere/", {"words": "x"}, content_type=once.FORM)
    request.user, request.session = cast.martin, Client().session
    assert once._first(cast.martin.pk, once._digest(request))
    monkeypatch.setattr(once.time, "sleep", lambda _: Sent.objects.update(led_to="/there/"))
    answer = once.only_once(lambda _: pytest.fail("done twice"))(request)
    assert answer["Location"] == "/there/"


def test_a_page_that_is_only_looked_at_is_never_kept_back(martin, cast):
    assert [martin.get("/team/").status_code for _ in range(2)] == [200, 200]
    assert not Sent.objects.exists()


def test_coaching_that_is_noted_twice_is_one_note(martin, cast):
    written = {
        "situation": "On Friday, in the chat about order 4711.",
        "behaviour": "The chat was closed before the customer had answered.",
        "impact": "The customer wrote again.",
        "agreed_action": "Wait two minutes.",
        "follow_up_on": (timezone.localdate() + timedelta(days=14)).isoformat(),
    }
    for _ in range(2):
        assert send(martin, f"/team/{cast.alice.pk}/coaching/", written).status_code == 302
    assert Coaching.objects.count() == 1


def test_signing_out_of_two_browsers_ends_both(cast):
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(cast.alice)
    for browser in browsers:
        send(browser, "/accounts/logout/", {})
    assert ["_auth_user_id" in browser.session for browser in browsers] == [False, False]
