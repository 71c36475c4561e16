"""The ways of customers, as everybody reads them."""

import re

import pytest
from tests.culture.following import content, followed
from tests.web.reading import text

from andon.culture.journeys.models import JourneyReport, JourneySlice
from andon.mechanisms.models import Mechanism

pytestmark = pytest.mark.django_db
WHERE = "/journeys/"


def test_the_page_says_how_many_need_more_than_one_contact_and_where_a_fix_would_save_most(as_alice, cast):
    followed(cast.now)
    page = text(as_alice.get(WHERE))
    assert "30 % of journeys need more than one contact" in page
    assert (
        "A fix at “Address labels” would save customers most: up to 40 contacts a month (30 to 50)." in page
    )


def test_a_step_where_nothing_can_be_told_promises_no_saving(as_alice, cast):
    followed(cast.now)
    refunds = re.search(r"Refunds</a></th>.*?</tr>", text(as_alice.get(WHERE)), re.DOTALL)[0]
    assert "cannot tell" in refunds


def test_the_picture_names_steps_and_has_its_table(as_alice, cast):
    followed(cast.now)
    page = text(as_alice.get(WHERE))
    assert 'role="img" aria-label="The ways of customers, contact by contact.' in page
    assert "Address labels, then Refunds: 180 journeys" in page
    assert "The numbers behind it" in page
    assert "style=" not in page.partition("<main")[2]


def test_what_few_customers_did_reads_few(as_alice, cast):
    followed(cast.now)
    assert "Few: fewer than five customers." in text(as_alice.get(WHERE))


@pytest.mark.parametrize("key", ["from:2025-11-24", "at:labels"])
def test_one_may_narrow_down_to_a_quarter_or_to_where_journeys_begin(as_alice, cast, key):
    report = followed(cast.now)
    JourneySlice.objects.filter(report=report, key=key).update(
        content=content("labels", "refunds") | {"single": 500}
    )
    page = text(as_alice.get(WHERE, {"show": key}))
    assert "50 % of journeys need more than one contact" in page
    assert "Show all" in page


@pytest.mark.parametrize("key", ["nonsense", "at:", "from:1", "\x00", "all,at:labels"])
def test_what_is_not_there_to_narrow_down_to_shows_all(as_alice, cast, key):
    followed(cast.now)
    page = text(as_alice.get(WHERE, {"show": key}))
    assert "30 % of journeys" in page
    assert "Show all" not in page


def test_a_step_has_a_page_with_its_quarters_ways_and_its_mechanism(as_alice, cast):
    followed(cast.now)
    page = text(as_alice.get("/journeys/steps/labels/"))
    assert "A fix that settles all of it would save them up to 40 contacts a month (30 to 50)." in page
    assert "Journeys that began" in page
    assert 'href="/mechanisms/labels/"' in page
    assert 'href="/journeys/steps/refunds/"' in page


def test_a_mechanism_leads_to_the_journeys_through_it_if_there_are_any(as_alice, cast):
    assert "/journeys/steps/" not in text(as_alice.get("/mechanisms/labels/"))
    Mechanism.objects.create(slug="letters", name="Letters", kind="procedure")
    followed(cast.now)
    assert 'href="/journeys/steps/labels/"' in text(as_alice.get("/mechanisms/labels/"))
    assert "/journeys/steps/" not in text(as_alice.get("/mechanisms/letters/"))


@pytest.mark.parametrize("slug", ["nothing", "chat"])
def test_a_step_that_no_journey_passes_has_no_page(as_alice, cast, slug):
    followed(cast.now)
    assert as_alice.get(f"/journeys/steps/{slug}/").status_code == 404


def test_before_any_data_the_page_says_how_to_start(as_alice, cast, client):
    assert "No journeys yet" in text(as_alice.get(WHERE))
    assert "/data/+bring" not in text(as_alice.get(WHERE))
    JourneyReport.objects.create(computed_at=cast.now, problem="The data do not say to whom it happened.")
    client.force_login(cast.ana)
    page = text(client.get(WHERE))
    assert "The data do not say to whom it happened." in page
    assert "Bring what happened to customers" in page


def test_the_page_asks_the_database_as_often_for_many_steps_as_for_few(
    as_alice, cast, django_assert_max_num_queries
):
    report = followed(cast.now)
    many = content("labels", "refunds")
    many["steps"] = [one | {"name": f"step-{i}"} for i in range(24) for one in many["steps"]]
    JourneySlice.objects.filter(report=report, key="all").update(content=many)
    with django_assert_max_num_queries(14):
        as_alice.get(WHERE)


def test_who_has_left_reads_nothing(cast):
    followed(cast.now)
    assert not JourneyReport.objects.visible_to(cast.lea).exists()
    assert JourneyReport.objects.visible_to(cast.alice).exists()


def test_names_stay_as_an_organisation_wrote_them_in_every_language(as_alice, cast):
    cast.refunds.name = "Product advice & <b>more</b>"
    cast.refunds.save()
    followed(cast.now)
    page = text(as_alice.get(WHERE, headers={"Accept-Language": "de"}))
    picture = page.partition("<svg")[2].partition("</section>")[0]
    assert "Product advice &amp; &lt;b&gt;more&lt;/b&gt;" in picture
    assert not re.search("[\ue000-\uf8ff]", page)
