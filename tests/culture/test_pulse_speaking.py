"""Health of speaking up: teams, never askers; leaders together, one's own for oneself."""

from datetime import timedelta

import pytest

from andon.culture.pulse import speaking
from andon.escalations import actions
from andon.mechanisms.models import Mechanism
from andon.people import access
from tests.culture.pulse_waves import NOW, company, who

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def teams():
    return company({"phones": 8, "chat": 8, "store": 8})


def ask(people, hours: int = 10, thanked: bool = False):
    owner = who("boss")
    mechanism, _made = Mechanism.objects.get_or_create(
        slug="labels", defaults={"name": "Labels", "owner": owner}
    )
    for person in people:
        question = actions.raise_escalation(by=person, now=NOW, mechanism=mechanism, note="?")
        actions.own(question, by=owner, now=NOW)
        actions.write(question, "explained", "So it was.", by=owner, now=NOW + hours * HOUR)
        if thanked:
            actions.thank(question, person, "Thank you for asking.", by=owner, now=NOW + hours * HOUR)


def met(person: str = "analyst") -> dict:
    access.forget_roles(who(person))
    return {place.key: place.met for place in speaking.places(who(person), NOW + 100 * HOUR) if place.met}


def test_a_team_of_which_four_asked_is_not_told_nor_one_more_that_would_give_it_away(teams):
    ask(teams["phones"][:6])
    ask(teams["chat"][:5])
    ask(teams["store"][:4])
    assert set(met()) == {"all", "team:phones"}


def test_one_who_asks_often_is_one(teams):
    ask(teams["phones"][:1] * 9)
    assert met() == {}


def test_the_median_counts_what_has_no_answer_as_longest(teams):
    ask(teams["phones"][:5], hours=10)
    ask(teams["phones"][5:8], hours=500)
    assert met()["team:phones"].hours == 10
    assert met()["team:phones"].askers == 5


def test_a_manager_reads_of_their_own_team_only(teams):
    ask(teams["phones"][:5])
    ask(teams["chat"][:5])
    assert set(met("phones-manager")) == {"all", "team:phones"}


def test_clocks_of_few_leaders_are_not_told_and_one_s_own_are(teams):
    ask([who("phones-manager")], hours=7)
    assert speaking.leaders(NOW + 100 * HOUR).asked is None
    assert speaking.own(who("phones-manager"), NOW + 100 * HOUR).asked == 7


def test_thanks_are_a_share_that_ends_at_95(teams):
    ask(teams["phones"][:8], thanked=True)
    assert met()["team:phones"].thanked == 95
