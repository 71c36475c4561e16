"""The contact centre: each number with its chart, its definition, and whether customers feel it."""

import pytest
from tests.culture.audited import audit, figure
from tests.house.permissions import EVERYBODY
from tests.web.reading import flowing

from andon.culture.centre.definitions import INDICATORS

pytestmark = pytest.mark.django_db
PAGE = "/contact-centre/"


def test_before_any_data_the_page_says_how_to_start(as_alice):
    assert "Nothing has been counted yet." in flowing(as_alice.get(PAGE))


def test_a_number_stands_with_its_chart_in_words_its_definition_and_its_weeks(as_alice):
    figure()
    page = flowing(as_alice.get(PAGE))
    told = "Average handling time", "5.7 min", "Varies as usual around 5.5 min.", "Talk time, time on hold"
    for words in (
        *told,
        "Read from “handling_time”.",
        "In all: 5.5 min, from 900 contacts.",
        "week of 1 January 2026",
    ):
        assert words in page


def test_what_the_data_do_not_hold_is_said_with_what_to_bring_and_not_invented(as_alice):
    figure()
    page = flowing(as_alice.get(PAGE))
    assert "What the data do not hold here" in page
    assert "A column “idle_time”" in page
    assert "The data do not hold this here." in flowing(as_alice.get(PAGE + "occupancy/"))


def test_its_place_in_the_audit_stands_beside_it(as_alice):
    figure()
    audit()
    page = flowing(as_alice.get(PAGE))
    assert "Customers do not feel it" in page
    assert "It makes no difference to Repeat contact." in page
    assert 'href="/metrics/?of=repeat_contact"' in page


def test_what_customers_feel_is_no_metric(as_alice):
    figure("nps", unit="", good="high", basis={"columns": ["nps"]})
    audit()
    assert "All other numbers are held against it." in flowing(as_alice.get(PAGE))


def test_occupancy_is_of_no_single_case(as_alice):
    figure("occupancy", unit="share", latest=0.8, basis={"columns": ["handling_time", "idle_time"]})
    assert "nobody can tell from cases whether customers feel it" in flowing(as_alice.get(PAGE))


def test_the_limit_of_the_service_level_is_the_registers_or_the_usual_one(as_alice):
    told = {"unit": "share", "latest": 0.8, "good": "high"}
    figure("service", basis={"columns": ["wait_time"], "limits": {"labels": 120.0}}, **told)
    figure("service", "labels", basis={"columns": ["wait_time"], "limits": {}}, **told)
    assert "Within what the register says: Address labels 2 min; elsewhere 20 s." in flowing(
        as_alice.get(PAGE)
    )
    assert "Within 20 s, as is usual" in flowing(as_alice.get(PAGE, {"in": "labels"}))


def test_one_mechanism_is_shown_by_itself(as_alice):
    figure()
    figure(mechanism="labels", latest=100.0)
    figure(mechanism="refunds", latest=200.0)
    page = flowing(as_alice.get(PAGE, {"in": "labels"}))
    assert "100 s" in page
    assert "200 s" not in page


def test_the_whole_chart_has_a_page_with_every_week_behind_it(as_alice):
    figure()
    page = flowing(as_alice.get(PAGE + "handling/"))
    assert "The numbers behind it" in page
    assert "<svg" in page


@pytest.mark.parametrize("where", [PAGE + "nothing/", PAGE + "hold-time/"])
def test_a_number_that_nobody_defined_has_no_page(as_alice, where):
    assert as_alice.get(where).status_code == 404


@pytest.mark.parametrize("asked", [{"in": "\x00"}, {"in": "no such"}])
def test_a_mechanism_that_was_not_counted_shows_all_contacts(as_alice, asked):
    figure()
    assert "5.7 min" in flowing(as_alice.get(PAGE, asked))


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_everybody_at_work_reads_it(cast, client, who):
    figure()
    client.force_login(getattr(cast, who))
    assert "Average handling time" in flowing(client.get(PAGE))


@pytest.mark.parametrize("many", [2, 40])
@pytest.mark.parametrize("where", [PAGE, PAGE + "handling/"])
def test_questions_to_the_database_do_not_grow(as_alice, django_assert_max_num_queries, many, where):
    for one in INDICATORS:
        figure(one.key, basis={"columns": ["wait_time"], "limits": {f"way-{i}": 60.0 for i in range(many)}})
    for i in range(many):
        figure(mechanism=f"way-{i}")
        audit(mechanism=f"way-{i}")
    with django_assert_max_num_queries(12):
        as_alice.get(where)
