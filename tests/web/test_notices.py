"""The page on which somebody reads what they were told and chooses how, and the address that ends a kind of mail."""

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from tests.cast import NOW

from andon.people import notices
from andon.people.notices import Kind, Way, preferences, unsubscribing
from andon.people.notices.models import Notice

pytestmark = pytest.mark.django_db
PAGE = "/me/notices/"


def told(person, key="k", **more):
    words = {"subject": "Escalation 1: Address labels", "text": "A question is put to you."}
    return notices.tell(person, key=key, kind=Kind.QUESTION, now=NOW, **(words | more))


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(person) -> str:
    return signed_in(person).get(PAGE).content.decode()


def test_everybody_reads_what_they_were_told_and_nobody_else_does(cast):
    told(cast.olga, link="/escalations/1/")
    assert '<a href="/escalations/1/">Escalation 1: Address labels</a>' in page_of(cast.olga)
    assert "Escalation 1" not in page_of(cast.lena)


def test_an_empty_page_says_what_belongs_there(cast):
    assert "When a question is put to you" in page_of(cast.olga)


def test_without_a_mail_server_the_page_says_so(cast, settings):
    settings.MAIL_GOES_OUT = False
    assert "No mail goes out" in page_of(cast.olga)
    settings.MAIL_GOES_OUT = True
    assert "reaches you by mail at olga@example.com" in page_of(cast.olga)


def test_why_a_mail_did_not_arrive_stands_beside_it(cast):
    notice = told(cast.olga)
    Notice.objects.filter(pk=notice.pk).update(state="failed", problem="550 5.1.1 No such user")
    page = page_of(cast.olga)
    assert "Could not be sent by mail" in page
    assert "550 5.1.1 No such user" in page


def test_choosing_keeps_what_was_chosen(cast):
    client = signed_in(cast.olga)
    client.post(reverse("notices:choose"), {"question": "digest", "story": "none"})
    ways = preferences.ways_of(cast.olga)
    assert (ways[Kind.QUESTION], ways[Kind.STORY], ways[Kind.LATE]) == (Way.DIGEST, Way.NONE, Way.AT_ONCE)


@pytest.mark.parametrize(
    "sent", [{"question": "loudly"}, {"acknowledgement": "none"}, {}, {"question": "x" * 5000}]
)
def test_a_choice_that_is_none_changes_nothing(cast, sent):
    before = preferences.ways_of(cast.olga)
    assert signed_in(cast.olga).post(reverse("notices:choose"), sent).status_code == 302
    assert preferences.ways_of(cast.olga) == before


def test_the_hour_and_the_zone_are_kept(cast):
    sent = {"hour": "17", "zone": "Asia/Kolkata", "language": "de"}
    signed_in(cast.olga).post(reverse("notices:deliver"), sent)
    kept = preferences.delivery_of(cast.olga)
    assert (kept.hour, kept.zone, kept.language) == (17, "Asia/Kolkata", "de")


@pytest.mark.parametrize("wrong", [{"hour": "24"}, {"hour": "x"}, {"hour": "8", "zone": "Mars/Olympus"}, {}])
def test_a_wrong_hour_or_zone_is_refused_with_a_sentence(cast, wrong):
    answer = signed_in(cast.olga).post(reverse("notices:deliver"), wrong, follow=True)
    assert 'class="message' in answer.content.decode()
    assert preferences.delivery_of(cast.olga).pk is None


@pytest.mark.parametrize("n", [3, 300])
def test_the_page_asks_few_questions_of_the_database(cast, n, django_assert_max_num_queries):
    for i in range(n):
        told(cast.olga, key=f"k{i}")
    client = signed_in(cast.olga)
    with django_assert_max_num_queries(15):
        client.get(PAGE)


def stop_address(person, kind=Kind.QUESTION) -> str:
    return reverse("notices:stop", args=[unsubscribing.token(person, kind)])


def test_looking_at_the_address_in_a_mail_changes_nothing(cast):
    answer = Client().get(stop_address(cast.olga))
    assert answer.status_code == 200
    assert b'<form method="post"' in answer.content
    assert preferences.ways_of(cast.olga)[Kind.QUESTION] == Way.AT_ONCE


def test_a_mail_program_ends_it_with_one_click_and_without_signing_in(cast):
    client = Client(enforce_csrf_checks=True)
    assert client.post(stop_address(cast.olga), {"List-Unsubscribe": "One-Click"}).status_code == 200
    ways = preferences.ways_of(cast.olga)
    assert ways[Kind.QUESTION] == Way.NONE
    assert ways[Kind.LATE] == Way.AT_ONCE


def test_ending_the_digest_ends_what_comes_with_it_only(cast):
    Client().post(stop_address(cast.olga, Kind.DIGEST))
    ways = preferences.ways_of(cast.olga)
    assert ways[Kind.PROMISE] == Way.NONE
    assert ways[Kind.QUESTION] == Way.AT_ONCE


def test_ending_twice_is_harmless(cast):
    address = stop_address(cast.olga)
    assert [Client().post(address).status_code for _ in range(2)] == [200, 200]


@pytest.mark.parametrize(
    "forge",
    [
        lambda cast: "x",
        lambda cast: unsubscribing.token(cast.olga, Kind.QUESTION)[:-1] + "_",
        lambda cast: signing.dumps([cast.olga.pk, "question"], salt="another"),
        lambda cast: unsubscribing.token(cast.olga, "receipt"),
        lambda cast: unsubscribing.token(cast.lea, Kind.QUESTION),
        lambda cast: signing.dumps("question", salt=unsubscribing.SALT),
    ],
)
def test_an_address_that_was_not_signed_here_does_not_exist(cast, forge):
    address = f"/notices/stop/{forge(cast)}/"
    assert {Client().get(address).status_code, Client().post(address).status_code} == {404}
    assert preferences.ways_of(cast.olga)[Kind.QUESTION] == Way.AT_ONCE


def test_the_page_does_not_name_whose_mail_it_was(cast):
    assert "Olga" not in Client().get(stop_address(cast.olga)).content.decode()
