"""How my numbers read: for whom they are about, and for nobody else."""

import pytest
from django.urls import reverse
from tests.attribution.separated import estimate, separation
from tests.house.permissions import EVERYBODY

from andon.attribution.models import Estimate
from andon.web.me.cards import addressed, card

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


def test_without_an_agreed_standard_there_is_a_line_only(cast, client):
    of = separation(standard_basis="Nobody has agreed a standard for this yet.")
    estimate(cast.alice, of, verdict="below standard", why="This person would miss the standard.")
    page = read(client, cast.alice, PLACES[0])
    assert "Below the line" in page
    assert "below the line" in page
    assert "the standard" not in page.split("<main")[1]


def test_an_agreed_standard_is_called_so(cast, client):
    estimate(cast.alice, separation(standard_basis=""), verdict="meets standard")
    assert "You meet the standard." in read(client, cast.alice, PLACES[0])


def test_sentences_speak_to_the_reader():
    assert addressed("On the mix this person would reach 4; what is theirs cannot be told.") == (
        "On the mix you would reach 4; what is yours cannot be told."
    )


@pytest.mark.parametrize(("good", "left", "right"), [("high", "worse", "better"), ("low", "better", "worse")])
def test_the_picture_says_which_side_is_better(cast, good, left, right):
    ends = card(estimate(cast.alice, separation(good=good))).ends
    assert (ends[0].split()[-1], ends[1].split()[-1]) == (left, right)


def test_the_raw_number_is_told_with_what_else_is_in_it(cast):
    told = card(estimate(cast.alice, separation(), raw=0.11, adjusted=0.06)).raw
    assert told.startswith("Your raw number is 11.0 %.")
    assert "5.0 points higher" in told or "5 points higher" in told


def test_nothing_is_drawn_where_person_and_work_cannot_be_told_apart(cast):
    assert card(estimate(cast.alice, separation(), verdict="cannot be separated")).range is None
