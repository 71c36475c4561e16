"""Is it the system? What everybody reads of it."""

import pytest
from tests.attribution.separated import SENTENCE, level, separation
from tests.house.permissions import EVERYBODY

pytestmark = pytest.mark.django_db
MEASURE = "/mechanisms/labels/late/system/"


@pytest.fixture
def as_alice(cast, client):
    client.force_login(cast.alice)
    return client


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("where", ["/system/", MEASURE])
def test_the_sentence_and_the_shares_are_told(as_alice, where):
    separation()
    page = text(as_alice.get(where))
    assert SENTENCE in page
    assert "mechanism 50 % (40 to 60 %)" in page


def test_a_measure_reads_what_was_computed_of_its_outcome_kind_and_direction(as_alice):
    separation(good="high", sentence="Of something else.")
    assert "Of something else." not in text(as_alice.get(MEASURE))


def test_an_outcome_that_could_not_be_separated_says_why(as_alice):
    separation(problem="All of them are alike.", shares=[], sentence="")
    for where in ("/system/", MEASURE):
        assert "All of them are alike." in text(as_alice.get(where))


def test_a_measure_that_cannot_be_separated_says_why(as_alice, cast):
    cast.late.kind = "between"
    cast.late.save()
    assert "time between rare events" in text(as_alice.get(MEASURE))


def test_before_any_data_the_pages_say_how_to_start(as_alice):
    for where in ("/system/", MEASURE):
        assert "Bring such a file" in text(as_alice.get(where))


def test_a_measure_that_is_retired_or_unknown_has_no_page(as_alice, cast):
    assert as_alice.get("/mechanisms/labels/nothing/system/").status_code == 404
    assert as_alice.get("/mechanisms/refunds/late/system/").status_code == 404
    cast.late.retired_at = cast.now
    cast.late.save()
    assert as_alice.get(MEASURE).status_code == 404


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_everybody_at_work_reads_the_same_of_the_system(cast, client, who):
    separation()
    client.force_login(getattr(cast, who))
    assert client.get("/api/separations").json()["items"][0]["sentence"] == SENTENCE


@pytest.mark.parametrize("many", [2, 60])
@pytest.mark.parametrize("where", ["/system/", MEASURE, "/api/separations"])
def test_questions_to_the_database_do_not_grow(as_alice, cast, django_assert_max_num_queries, many, where):
    for i in range(many):
        separation(f"outcome_{i}")
    separation(mechanisms=[level(f"Mechanism {i}") for i in range(many)])
    with django_assert_max_num_queries(12):
        as_alice.get(where)
