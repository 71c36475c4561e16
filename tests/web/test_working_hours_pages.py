"""The page of a team's working hours."""

import pytest

from andon.escalations.models import Calendar
from andon.people.models import Team

pytestmark = pytest.mark.django_db
OFFICE = {f"day_{n}": "9:00–17:00" if n < 5 else "" for n in range(7)} | {"zone": "Europe/Berlin"}


@pytest.fixture
def as_(client, cast):
    def sign_in(who: str):
        client.force_login(getattr(cast, who))
        return client

    return sign_in


def test_a_manager_opts_their_team_in(cast, as_):
    assert as_("martin").post("/hours/phones/", OFFICE | {"country": "de"}).status_code == 302
    calendar = Calendar.objects.in_force().get()
    assert (calendar.team, calendar.country, calendar.week[0]) == (cast.phones, "DE", [[540, 1020]])


def test_what_was_kept_stands_in_the_form_again(as_):
    as_("martin").post("/hours/phones/", OFFICE | {"days_off": "2026-12-24, 2026-12-31"})
    form = as_("martin").get("/hours/phones/").context["form"]
    assert form["day_0"].value() == "9:00–17:00"
    assert form["days_off"].value() == "2026-12-24 2026-12-31"


def test_and_out_again(as_):
    as_("martin").post("/hours/phones/", OFFICE)
    as_("martin").post("/hours/phones/end/")
    assert not Calendar.objects.in_force().exists()


@pytest.mark.parametrize("who", ["mona", "alice", "hana", "ana"])
def test_another_team_is_out_of_reach(as_, who):
    client = as_(who)
    assert client.get("/hours/phones/").status_code == 404
    assert client.post("/hours/phones/", OFFICE).status_code == 404
    assert client.post("/hours/phones/end/").status_code == 404


def test_an_administrator_keeps_every_teams(as_):
    assert as_("adam").get("/hours/chat/").status_code == 200
    assert as_("adam").get("/hours/").text.count("/hours/") >= 4


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"day_0": "nine to five"}, "is not hours"),
        ({"day_0": "17:00–9:00"}, "ends before it begins"),
        ({"zone": "Europe/Atlantis"}, "no time zone"),
        ({"country": "XX"}, "not known here"),
        ({"days_off": "Christmas"}, "is no day"),
        ({f"day_{n}": "" for n in range(7)}, "no clock would ever run"),
        ({"zone": ""}, "required"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(as_, fields, said):
    page = as_("martin").post("/hours/phones/", OFFICE | fields)
    assert page.status_code == 422
    assert said in page.text
    assert not Calendar.objects.exists()


def test_a_team_within_another_says_whose_hours_it_has(cast, as_):
    Team.objects.filter(pk=cast.chat.pk).update(parent=cast.phones)
    as_("adam").post("/hours/phones/", OFFICE)
    assert "Chat works by the hours of Phones" in as_("adam").get("/hours/chat/").text
    assert "as Phones" in as_("adam").get("/hours/").text
    as_("adam").post("/hours/chat/", OFFICE)
    assert (
        "The hours of Phones hold for Chat again." in as_("adam").post("/hours/chat/end/", follow=True).text
    )
