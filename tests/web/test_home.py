"""Today: is it the system, what changed, what do I do now?"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.web.charts import calm, charted, out_of_spec

from andon.escalations.actions import close, raise_escalation
from andon.mechanisms.models import Measure, Mechanism
from andon.people.models import Team
from andon.signals.models import Signal

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def today(cast, now):
    """Address labels went out of spec an hour ago; refunds are calm."""
    charted(cast.late, out_of_spec(), customers=2140, seen=now - timedelta(hours=1))
    charted(cast.refund_days, calm())
    return cast


def page(client, person) -> str:
    client.force_login(person)
    response = client.get(reverse("home"))
    assert response.status_code == 200
    return response.content.decode()


def test_it_says_first_whether_it_is_the_system(client, today):
    text = page(client, today.alice)
    assert "<h1>One of 2 measures is out of spec. About 2,140 customers touched since it began.</h1>" in text
    assert 'href="/mechanisms/labels/late/"' in text


def test_calm_measures_are_not_shown(client, today):
    assert "Days to refund" not in page(client, today.alice)


def test_it_says_what_changed_since_yesterday(client, today):
    text = page(client, today.alice)
    assert "Since yesterday" in text
    assert "Two weeks marked." in text


def test_what_is_older_than_a_day_stands_under_the_week(client, today, now):
    charted(today.late, out_of_spec(), seen=now - timedelta(days=3))
    text = page(client, today.alice)
    assert "Since yesterday" not in text
    assert "Earlier this week" in text


def test_exceptions_long_ago_in_the_data_are_no_news_when_data_come_in(client, today, now):
    charted(today.late, [*out_of_spec(20), *calm(30)], seen=now)
    assert "Nothing new in the last seven days" in page(client, today.alice)


def test_a_question_put_to_my_team_waits_for_me_with_its_clock(client, today, now):
    raise_escalation(by=today.alice, now=now - timedelta(hours=2), mechanism=today.labels, title="Blue again")
    text = page(client, today.olga)
    assert "put to you or your team" in text
    assert "to own it" in text
    assert "chip cord" in text


def test_my_own_question_stands_apart(client, today, now):
    raise_escalation(by=today.alice, now=now, mechanism=today.labels, title="Blue again")
    assert "you asked" in page(client, today.alice)


def test_the_same_question_stands_there_once(client, today, now):
    raise_escalation(by=today.olga, now=now, mechanism=today.labels, title="Blue again")
    assert page(client, today.olga).count("1 · Blue again") == 1


def test_a_closed_question_no_longer_waits(client, today, now):
    asked = raise_escalation(by=today.alice, now=now, mechanism=today.labels, title="Blue again")
    close(asked, "It was a test.", by=today.olga, now=now)
    assert "put to you" not in page(client, today.olga)
    assert "Question 1 closed" in page(client, today.olga)


def test_signals_wait_for_a_mechanism_with_who_may_sort_them(client, today):
    assert "One signal waits for a mechanism" in page(client, today.ana)
    assert "waits for a mechanism" not in page(client, today.charlie)


def test_with_nothing_to_do_it_says_how_to_ask(client, today):
    assert "a bare “?” is enough" in page(client, today.charlie)


def test_an_empty_installation_shows_the_first_steps(client, cast):
    text = page(client, cast.adam)
    assert "How to start" in text
    assert reverse("mechanisms:new") in text
    assert text.count('<span class="chip good">done</span>') == 2


def test_an_agent_sees_whose_first_steps_they_are(client, cast):
    Mechanism.objects.all().update(retired_at=cast.now)
    text = page(client, cast.alice)
    assert "an administrator does this" in text
    assert reverse("mechanisms:new") not in text


def test_the_steps_go_when_there_is_a_chart(client, today):
    assert "How to start" not in page(client, today.adam)


@pytest.mark.parametrize("many", [2, 60])
def test_queries_do_not_grow(client, today, now, many, django_assert_max_num_queries):
    for i in range(many):
        measure = Measure.objects.create(mechanism=today.labels, slug=f"m{i}", name=f"M{i}", good="low")
        charted(measure, out_of_spec(), seen=now)
        raise_escalation(by=today.alice, now=now, mechanism=today.labels, title=f"Question {i}")
        Signal.objects.create(text="?", received_at=now, digest=f"n{i:063d}")
    for person in (today.lena, today.olga, today.alice):
        client.force_login(person)
        with django_assert_max_num_queries(15):
            client.get(reverse("home"))


@pytest.mark.parametrize(
    ("who", "there", "not_there"),
    [("alice", "/voice/", "/data/"), ("ana", "/data/", "nothing"), ("adam", "/people/", "nothing")],
)
def test_the_rail_offers_what_somebody_may_open(client, today, who, there, not_there):
    text = page(client, getattr(today, who))
    assert f'class="rail-link" href="{there}"' in text
    assert f'class="rail-link" href="{not_there}"' not in text


def test_every_link_of_the_rail_opens_for_everybody(client, today):
    for who in ("alice", "martin", "olga", "lena", "hana", "ana", "adam"):
        client.force_login(getattr(today, who))
        links = client.get(reverse("home")).context["nav"]()
        for link in (link for group in links for link in group):
            assert client.get(link.url).status_code == 200, (who, link.url)


def test_the_rail_says_how_much_is_out_and_open(client, today, now):
    raise_escalation(by=today.alice, now=now, mechanism=today.labels, title="Blue again")
    text = page(client, today.bob)
    assert "1 out" in text
    assert "1 open" in text


def test_the_current_page_is_marked(client, today):
    assert page(client, today.alice).count('aria-current="page"') == 1


def test_the_sign_in_page_asks_no_counts(client, cast, django_assert_max_num_queries):
    Team.objects.count()
    with django_assert_max_num_queries(0):
        client.get("/accounts/login/")
