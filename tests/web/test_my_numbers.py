"""How my numbers read: for whom they are about, and for nobody else."""

import pytest
from django.urls import reverse
from tests.attribution.separated import estimate, separation
from tests.house.permissions import EVERYBODY

from andon.attribution.models import Estimate

pytestmark = pytest.mark.django_db
PLACES = ("/me/estimates/", "/api/me/estimates")
WHY = "Alice alone may read this."


@pytest.fixture
def of_alice(cast):
    return estimate(cast.alice, separation(), why=WHY)


def read(client, person, where: str) -> str:
    client.force_login(person)
    return client.get(where).content.decode()


@pytest.mark.parametrize("where", PLACES)
def test_a_person_reads_their_own(cast, client, of_alice, where):
    assert WHY in read(client, cast.alice, where)


@pytest.mark.parametrize("who", sorted(EVERYBODY - {"alice"}))
@pytest.mark.parametrize(
    "where",
    [
        *PLACES,
        "/system/",
        "/mechanisms/labels/late/system/",
        "/api/separations",
        "/mechanisms/labels/late/",
        "/",
    ],
)
def test_nobody_else_reads_it_anywhere(cast, client, of_alice, who, where):
    assert WHY not in read(client, getattr(cast, who), where)


@pytest.mark.parametrize("who", ["martin", "lena", "hana", "adam"])
def test_the_page_of_a_person_shows_no_estimate_to_line_or_house(cast, client, of_alice, who):
    page = read(client, getattr(cast, who), reverse("people:show", args=[cast.alice.pk]))
    assert WHY not in page
    assert "cannot tell" not in page.lower()


def test_no_address_names_another_person(client, cast, of_alice):
    client.force_login(cast.martin)
    for where in (f"/me/estimates/?person={cast.alice.pk}", f"/api/me/estimates?person={cast.alice.pk}"):
        assert WHY not in client.get(where).content.decode()


def test_a_page_without_numbers_says_so(cast, client):
    assert "no numbers about you" in read(client, cast.alice, PLACES[0])


def test_the_page_is_kept_by_no_browser(cast, client, of_alice):
    client.force_login(cast.alice)
    assert "no-store" in client.get(PLACES[0])["Cache-Control"]


@pytest.mark.parametrize("verdict", Estimate.Verdict.values)
def test_every_verdict_is_told_in_words(cast, client, verdict):
    estimate(cast.alice, separation(), verdict=verdict)
    assert "Late" in read(client, cast.alice, PLACES[0])


def test_what_is_unknown_is_told_as_unknown(cast, client):
    nothing = dict.fromkeys(("raw", "adjusted", "low", "high", "p_below", "reliability"))
    estimate(cast.alice, separation(standard=None, usual=None), verdict="cannot be separated", **nothing)
    assert "Late" in read(client, cast.alice, PLACES[0])


@pytest.mark.parametrize("outcomes", [2, 40])
@pytest.mark.parametrize("where", PLACES)
def test_questions_to_the_database_do_not_grow(cast, client, django_assert_max_num_queries, outcomes, where):
    for i in range(outcomes):
        estimate(cast.alice, separation(f"outcome_{i}"))
    client.force_login(cast.alice)
    with django_assert_max_num_queries(10):
        client.get(where)
