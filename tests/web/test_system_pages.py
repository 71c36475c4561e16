"""Is it the system? What everybody reads of it."""

import pytest
from tests.attribution.separated import SENTENCE, level, separation, through_time
from tests.house.permissions import EVERYBODY
from tests.web.reading import text

from andon.web.system.shares import bar
from andon.web.system.telling import ranking
from andon.web.system.watching import sentence

pytestmark = pytest.mark.django_db
MEASURE = "/mechanisms/labels/late/system/"


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


def test_teams_outside_the_funnel_are_counted_in_a_sentence(as_alice):
    separation()
    assert "Of five teams, one lies outside" in text(as_alice.get(MEASURE))


@pytest.mark.parametrize(
    ("alarms", "words"),
    [
        ("...", "stays below its limit."),
        (".!.", "It was beyond it last in February 2025."),
        ("!!", "beyond its limit since January 2025"),
        ("!.!!", "beyond its limit since March 2025"),
    ],
)
def test_a_mechanism_through_time_says_since_when(alarms, words):
    assert words in sentence(through_time(alarms))


def test_another_mechanism_of_the_outcome_does_not_show_this_one(as_alice, cast):
    separation(watched={"refunds": through_time("!!")})
    assert "through time" not in text(as_alice.get(MEASURE))


def test_one_mechanism_alone_is_not_told_apart_from_its_people(as_alice):
    separation(mechanisms=[level("Address labels", slug="labels")])
    page = text(as_alice.get(MEASURE))
    assert "cannot be told apart" in page
    assert "is the system." not in page


@pytest.mark.parametrize(
    ("people", "chance", "words"),
    [
        (0.03, 0.37, "Most of it is the system."),
        (0.0, 0.4, "All that can be told apart from chance is the system."),
        (0.6, 0.1, "People differ more than the system does here."),
        (0.005, 0.99, "Nearly all of it is chance."),
    ],
)
def test_the_heading_is_the_answer(as_alice, people, chance, words):
    system = {"name": "mechanism", "group": "process", "share": 1 - people - chance}
    rest = [
        {"name": "worker", "group": "people", "share": people},
        {"name": "chance", "group": "chance", "share": chance},
    ]
    separation(shares=[system, *rest])
    assert f"<h1>{words}</h1>" in text(as_alice.get(MEASURE))


def test_parts_that_mean_the_same_are_one_with_a_wide_interval():
    parts = [
        {"name": name, "group": "people", "share": 0.1, "low": 0.05, "high": 0.2}
        for name in ("worker", "worker × period")
    ]
    people = bar(parts).parts[0]
    assert (people.name, people.share, people.low, people.high) == ("people", 0.2, 0.1, 0.4)


def test_a_list_of_raw_numbers_is_set_beside_what_is_known():
    told = ranking([{"rule": "x", "named": 21, "cleared": 14}])
    assert told.startswith("A list of the lowest tenth by raw numbers would name 21 people")
    assert "14 of them are more likely than not on the right side" in told


def test_without_counts_nothing_is_said_of_a_list():
    assert ranking([]) == ""


def test_where_most_people_work_in_one_mechanism_the_list_says_so_too(as_alice):
    separation(counts={"cannot be separated": 6, "cannot tell": 3})
    assert "cannot be told apart" in text(as_alice.get("/system/"))


def test_an_interval_that_begins_at_next_to_nothing_begins_at_nothing():
    told = bar([{"name": "mechanism", "group": "process", "share": 0.1, "low": 5e-9, "high": 0.2}])
    assert told.keys == [("c-process-1", "mechanism 10 % (0 to 20 %)")]
